// Launch: the one place where an app signs a person in, out of an EHR or alone, with the SMART library.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html

import FHIR from 'fhirclient';
import type Client from 'fhirclient/lib/Client';
import { forgetDrafts } from './drafts.ts';

export interface AppSettings {
  /** The name of the app's folder, which is its client id too. */
  readonly name: string;
  /** Of a launch alone. */
  readonly scope: string;
  /** Of a launch out of an EHR, where the app has one. */
  readonly ehrScope?: string;
}

/** What came of it: a session; a page that is being left; or what the server answered instead. */
export type Launched =
  | { readonly state: 'ready'; readonly client: Client }
  | { readonly state: 'leaving' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'refused'; readonly reason: string };

const origin = (): string => globalThis.location.origin;
export const fhirBase = (): string => `${origin()}/fhir`;
const home = ({ name }: AppSettings): string => `${origin()}/apps/${name}/`;

const cameFrom = 'meridian:came-from';
const signedOut = 'meridian:signed-out';

/** Takes up the session of this tab, completes a sign-in that is under way, or begins one. */
export const launch = async (app: AppSettings): Promise<Launched> => {
  const query = new URLSearchParams(globalThis.location.search);
  const error = query.get('error');
  if (error !== null) {
    tidyAddress(app);
    return { state: 'refused', reason: query.get('error_description') ?? error };
  }
  if (globalThis.location.pathname.endsWith('/launch')) return launchFromEhr(app, query);
  if (query.has('code') && query.has('state')) return complete(app);
  if (query.has('signed-out') || sessionStorage.getItem(signedOut) !== null)
    return { state: 'signed-out' };
  return resume(app);
};

/** Signs in, for the record of another person when the session of the server is there already. */
export const signIn = async (app: AppSettings, extra: SignInExtra = {}): Promise<Launched> => {
  const { pathname, search } = globalThis.location;
  sessionStorage.removeItem(signedOut);
  if (extra.keepPlace !== false && !search.includes('state='))
    sessionStorage.setItem(cameFrom, pathname);
  const address = await FHIR.oauth2.authorize({
    ...{ clientId: app.name, scope: app.scope, iss: fhirBase(), redirectUri: home(app) },
    ...{ pkceMode: 'required' as const, noRedirect: true },
  });
  const target = new URL(String(address));
  for (const [name, value] of Object.entries(extra.parameters ?? {}))
    target.searchParams.set(name, value);
  globalThis.location.assign(target);
  return { state: 'leaving' };
};

export interface SignInExtra {
  /** Of the authorization request, besides SMART's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the person comes back to the page that is open now. */
  readonly keepPlace?: boolean;
}

/** Ends the session here and at the server; the address is where its page of signing out is. */
export const signOut = async (app: AppSettings, client: Client): Promise<void> => {
  const idToken = client.getState('tokenResponse.id_token') as string | undefined;
  forgetSession();
  sessionStorage.setItem(signedOut, '1');
  await forgetEverywhere();
  const address = new URL(`${origin()}/oauth/session/end`);
  if (idToken !== undefined) address.searchParams.set('id_token_hint', idToken);
  address.searchParams.set('client_id', app.name);
  address.searchParams.set('post_logout_redirect_uri', home(app));
  globalThis.location.assign(address);
};

/** What this tab keeps of the session that was: its tokens and what was typed. */
const forgetSession = (): void => {
  forgetDrafts();
  for (const key of Object.keys(sessionStorage)) sessionStorage.removeItem(key);
};

/** What must go when a person signs out on this device registers itself here. */
const leavers = new Set<() => Promise<void>>();
export const onSignOut = (leave: () => Promise<void>): void => {
  leavers.add(leave);
};
const forgetEverywhere = async (): Promise<void> => {
  await Promise.allSettled([...leavers].map((leave) => leave()));
};

const launchFromEhr = async (app: AppSettings, query: URLSearchParams): Promise<Launched> => {
  // Whoever names another server would get this app to show what that server says.
  if (query.get('iss') !== fhirBase())
    return { state: 'refused', reason: 'This app opens records of its own server only.' };
  await FHIR.oauth2.authorize({
    ...{ clientId: app.name, scope: app.ehrScope ?? app.scope, redirectUri: home(app) },
    ...{ iss: fhirBase(), pkceMode: 'required' as const },
  });
  return { state: 'leaving' };
};

const complete = async (app: AppSettings): Promise<Launched> => {
  try {
    const client = await FHIR.oauth2.ready();
    tidyAddress(app, sessionStorage.getItem(cameFrom) ?? undefined);
    sessionStorage.removeItem(cameFrom);
    return { state: 'ready', client };
  } catch (error) {
    tidyAddress(app);
    return { state: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
};

const resume = async (app: AppSettings): Promise<Launched> => {
  if (sessionStorage.getItem('SMART_KEY') === null) return signIn(app);
  try {
    return { state: 'ready', client: await FHIR.oauth2.ready() };
  } catch {
    // What this tab had kept is of no use any more.
    return signIn(app);
  }
};

/** The code is used up, and neither it nor an error belongs into the history of the browser. */
const tidyAddress = (app: AppSettings, path = home(app)): void => {
  const target = new URL(path, origin());
  const own = new URL(home(app));
  const isOwn = target.origin === own.origin && target.pathname.startsWith(own.pathname);
  globalThis.history.replaceState({}, '', isOwn ? target.pathname : own.pathname);
};
