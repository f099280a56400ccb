// Launches as an app does them: an authorization request, the pages a person answers, the token.

import { hash, randomBytes } from 'node:crypto';
import { ticked, type Browser, type Shown } from './browser.ts';
import { password, redirectUri, type World } from './world.ts';

export interface Wishes {
  readonly client: string;
  readonly scope: string;
  /** User name of who signs in. */
  readonly user?: string;
  readonly patient?: string;
  /** Of a page that asks for which hospital (`Organization/1`); without it the page is where it ends. */
  readonly organization?: string;
  /** Of a page that asks for which visit; none without it. */
  readonly encounter?: string;
  /** What to tick of what stands ticked; all without it. */
  readonly tick?: (offered: readonly string[]) => readonly string[];
  /** Other or further parameters; undefined leaves one out. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly browser?: Browser;
}

export interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it
  readonly body: any;
  readonly headers: Headers;
}

export const newVerifier = (): string => randomBytes(32).toString('base64url');

export const authorizeUrl = (
  { base, url }: World,
  { client, scope, parameters = {} }: Wishes,
  verifier: string,
): string => {
  const all: Readonly<Record<string, string | undefined>> = {
    ...{ response_type: 'code', client_id: client, redirect_uri: redirectUri, scope, aud: base },
    ...{ state: 'state-1', code_challenge_method: 'S256' },
    code_challenge: hash('sha256', verifier, 'base64url'),
    ...parameters,
  };
  const given = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return `${url}/oauth/auth?${new URLSearchParams(given).toString()}`;
};

/** As far as the app, or the page on which it ended. */
export const authorize = async (world: World, wishes: Wishes, verifier: string): Promise<Shown> => {
  const browser = wishes.browser ?? world.browser();
  let shown = await browser.open(authorizeUrl(world, wishes, verifier));
  for (let page = 0; page < 6 && shown.left === undefined; page += 1) {
    const next = await answer(browser, shown, wishes);
    if (next === undefined) return shown;
    shown = next;
  }
  return shown;
};

export const answer = async (
  browser: Browser,
  shown: Shown,
  {
    user = 'asha',
    patient = 'asha',
    encounter = '',
    organization,
    tick = (offered) => offered,
  }: Wishes,
): Promise<Shown | undefined> => {
  if (shown.text.includes('type="password"'))
    return browser.submit(shown, '/login', { username: user, password });
  if (shown.text.includes('name="organization"') && organization !== undefined)
    return browser.submit(shown, '/workplace', { organization });
  if (shown.text.includes('/consent"'))
    return browser.submit(shown, '/consent', { scope: tick(ticked(shown)) });
  if (shown.text.includes('name="encounter"'))
    return browser.submit(shown, '/encounter', { encounter });
  if (shown.text.includes('name="patient"')) return browser.submit(shown, '/patient', { patient });
  if (shown.text.includes('role="search"')) {
    const address = /<form[^>]*method="get"[^>]*action="([^"]+)"/.exec(shown.text)?.[1] ?? '';
    return browser.open(`${address}?name=&identifier=mrn-${patient}&birthdate=`);
  }
  return undefined;
};

export const codeOf = (shown: Shown): string => {
  const code = shown.left?.searchParams.get('code');
  if (code === null || code === undefined)
    throw new Error(
      `No code: ${String(shown.status)} ${shown.left?.href ?? shown.text.slice(0, 2000)}`,
    );
  return code;
};

export const post = async (
  world: World,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> => {
  const answered = await fetch(`${world.url}/oauth${path}`, {
    ...{ method: 'POST', body: new URLSearchParams(form), headers },
  });
  const text = await answered.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: answered.status, body, headers: answered.headers };
};

export const redeem = (
  world: World,
  {
    client,
    code,
    verifier,
  }: { readonly client: string; readonly code: string; readonly verifier: string },
  changes: Readonly<Record<string, string>> = {},
): Promise<Reply> =>
  post(world, '/token', {
    ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri },
    ...{ code_verifier: verifier, client_id: client },
    ...changes,
  });

/** As far as the token reply. */
export const launch = async (world: World, wishes: Wishes): Promise<Reply> => {
  const verifier = newVerifier();
  const code = codeOf(await authorize(world, wishes, verifier));
  return redeem(world, { client: wishes.client, code, verifier });
};

export const refresh = (
  world: World,
  client: string,
  token: string,
  scope?: string,
): Promise<Reply> =>
  post(world, '/token', {
    ...{ grant_type: 'refresh_token', client_id: client, refresh_token: token },
    ...(scope === undefined ? {} : { scope }),
  });

export const readPatient = async (world: World, id: string, token: string): Promise<number> => {
  const answered = await fetch(`${world.base}/Patient/${id}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await answered.text();
  return answered.status;
};
