// Launch: the one place where an app signs a person in, out of an EHR or alone, with the SMART library.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html

import FHIR from 'fhirclient';
import type Client from 'fhirclient/lib/Client';
import { placeIn, readAddress, withoutOrders } from './address.ts';
import { isOfAnother } from './drafts.ts';
import { proofAskedFor } from './idle.ts';
import { idleLimitMs, sessionLimitMs } from './idle-limits.ts';
import { lastUse } from './last-use.ts';
import { revoke } from './revoke.ts';
import { hasSignedOut, markSignedIn } from './sign-out.ts';
import { isFramed, tabOf } from './tab.ts';

export interface AppSettings {
  /** The name of the app's folder, which is its client id too. */
  readonly name: string;
  /** Namespaces of the texts of its shell and its first page. */
  readonly firstTexts: readonly string[];
  /** Of a launch alone. */
  readonly scope: string;
  /** Of a launch out of an EHR, where the app has one. */
  readonly ehrScope?: string;
  /** The server's page for who has no account yet, where people open one themselves. */
  readonly signUp?: string;
}

/** What came of it: a session; a page that is being left or locked; no server, or a foreign one; or what the server answered instead. */
export type Launched =
  | { readonly state: 'ready'; readonly client: Client }
  | { readonly state: 'leaving' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'locked' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'other-server' }
  | { readonly state: 'refused'; readonly reason: string };

const origin = (): string => globalThis.location.origin;
export const fhirBase = (): string => `${origin()}/fhir`;
export const homeOf = ({ name }: AppSettings): string => `${origin()}/apps/${name}/`;

/** Takes up the session of this tab, completes a sign-in that is under way, or begins one. */
export const launch = async (app: AppSettings): Promise<Launched> => {
  const { href } = globalThis.location;
  const opened = readAddress(href, homeOf(app), hasAsked);
  globalThis.history.replaceState({}, '', withoutOrders(href, opened));
  switch (opened.by) {
    case 'ehr':
      return launchFromEhr(app, opened.iss);
    case 'sign-in':
      return complete(app);
    case 'refusal':
      return { state: 'refused', reason: opened.reason };
    case 'person':
      return hasSignedOut() ? { state: 'signed-out' } : resume(app);
  }
};

/** The library keeps what it has asked under the state, which is made by chance for each sign-in. */
const hasAsked = (state: string): boolean =>
  /^[0-9a-f-]{36}$/.test(state) && sessionStorage.getItem(state) !== null;

export interface SignInExtra {
  /** Of the authorization request, besides SMART's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the person comes back to the page that is open now. */
  readonly keepPlace?: boolean;
}

/** Signs in, for the record of another person when the session of the server is there already. */
export const signIn = async (app: AppSettings, extra: SignInExtra = {}): Promise<Launched> => {
  const { pathname, search } = globalThis.location;
  if (extra.keepPlace !== false) tabOf(app.name).keepPlace(`${pathname}${search}`);
  return authorize(app, app.scope, { ...proof(), ...extra.parameters });
};

/** Takes the session from this tab, and makes it void. What was typed stays, for whoever it was. */
export const lock = (app: AppSettings, client: Client): Launched => {
  tabOf(app.name).dropSession();
  void revoke(app.name, client);
  return { state: 'locked' };
};

/** Whoever it was signs in anew, where nobody has done so in another tab meanwhile, and comes back to the same page. */
export const unlock = async (app: AppSettings): Promise<Launched> => {
  const isAsked = Object.keys(proof()).length > 0;
  if (!isFramed() || !isAsked) return signIn(app);
  // The pages of signing in are not shown in a frame. After them this one opens.
  globalThis.open(globalThis.location.href, '_blank', 'noopener');
  return { state: 'locked' };
};

const proof = (): Readonly<Record<string, string>> =>
  proofAskedFor(lastUse.read(), Date.now(), sessionLimitMs);

const launchFromEhr = async (app: AppSettings, iss: string | null): Promise<Launched> => {
  // Whoever names another server would get this app to show what that server says.
  if (iss !== fhirBase()) return { state: 'other-server' };
  return authorize(app, app.ehrScope ?? app.scope);
};

/** Leaves for the page of signing in, which takes the place of this one: going back then goes to where the person came from. */
const authorize = async (
  app: AppSettings,
  scope: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Launched> => {
  // The library would remove the session it names, which may be that of the app around this frame.
  sessionStorage.removeItem('SMART_KEY');
  const stateKey = crypto.randomUUID();
  try {
    const address = await FHIR.oauth2.authorize({
      ...{ clientId: app.name, scope, iss: fhirBase(), redirectUri: homeOf(app), stateKey },
      ...{ pkceMode: 'required' as const, noRedirect: true, completeInTarget: true },
    });
    const target = new URL(String(address));
    for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
    tabOf(app.name).dropSession();
    markSignedIn();
    globalThis.location.replace(target);
    return { state: 'leaving' };
  } catch {
    // All it does before the page is left is to ask the server where its pages are.
    return { state: 'unreachable' };
  }
};

const complete = async (app: AppSettings): Promise<Launched> => {
  const tab = tabOf(app.name);
  const key = new URL(globalThis.location.href).searchParams.get('state') ?? '';
  try {
    const client = checked(app, await FHIR.oauth2.ready());
    tab.keepSessionKey(key);
    const place = tab.takePlace();
    // Where somebody else was, and what they searched for, is not for everybody.
    const own = isOfAnother(userOf(client)) ? null : place;
    globalThis.history.replaceState({}, '', placeIn(homeOf(app), own));
    return { state: 'ready', client };
  } catch (error) {
    // The code is used up, and does not belong into the history of the browser.
    globalThis.history.replaceState({}, '', homeOf(app));
    if (error instanceof TypeError) return { state: 'unreachable' };
    return { state: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
};

const resume = async (app: AppSettings): Promise<Launched> => {
  const stateKey = tabOf(app.name).sessionKey();
  if (stateKey === undefined) return signIn(app);
  try {
    const client = checked(app, await FHIR.oauth2.ready({ stateKey }));
    // A page that was closed for too long, or slept.
    const idleMs = Date.now() - (lastUse.read() ?? 0);
    if (idleMs >= idleLimitMs(app.name)) return lock(app, client);
    return navigator.onLine ? { state: 'ready', client } : { state: 'unreachable' };
  } catch {
    // What this tab had kept is of no use any more.
    return signIn(app);
  }
};

/** Who has signed in: a reference such as `Practitioner/dr-deshpande`. The claim is a whole address. */
export const userOf = (client: Client): string =>
  (client.getFhirUser() ?? '').split('/').slice(-2).join('/');

/** What is kept in a tab could have been put there by another app of this origin. */
const checked = (app: AppSettings, client: Client): Client => {
  const { serverUrl, clientId, tokenResponse } = client.state;
  if (serverUrl !== fhirBase() || clientId !== app.name)
    throw new Error('This session belongs to another app or server.');
  if (tokenResponse?.access_token === undefined) throw new Error('This session has no token.');
  return client;
};
