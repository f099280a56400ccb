// Sign out: ends the session here, in the other tabs and at the server, and removes what this device keeps of the record.
// https://openid.net/specs/openid-connect-rpinitiated-1_0.html

import type Client from 'fhirclient/lib/Client';

const mark = 'meridian:signed-out';
const channelName = 'meridian:signed-out';

/** Says it to the other tabs, forgets everything, and goes to the server's page of signing out. */
export const signOut = async (home: string, clientId: string, client: Client): Promise<void> => {
  const idToken = client.getState('tokenResponse.id_token') as string | undefined;
  forgetSession();
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('signed out');
  channel.close();
  await Promise.allSettled([...leavers].map((leave) => leave()));
  const address = new URL('/oauth/session/end', home);
  if (idToken !== undefined) address.searchParams.set('id_token_hint', idToken);
  address.searchParams.set('client_id', clientId);
  address.searchParams.set('post_logout_redirect_uri', home);
  globalThis.location.replace(address);
};

/** `leave` is called when another tab of this browser has signed out. Gives back how to stop listening. */
export const onSignOutElsewhere = (leave: () => void): (() => void) => {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', () => {
    forgetSession();
    leave();
  });
  return () => channel.close();
};

/** What must go when a person signs out on this device registers itself here. */
export const onSignOut = (leave: () => Promise<void>): void => {
  leavers.add(leave);
};
const leavers = new Set<() => Promise<void>>();

/** Whoever has signed out in this tab is not signed in again without asking. */
export const hasSignedOut = (): boolean => sessionStorage.getItem(mark) !== null;
export const markSignedIn = (): void => sessionStorage.removeItem(mark);

/** What this tab keeps of the session that was: its tokens and what was typed. */
const forgetSession = (): void => {
  sessionStorage.clear();
  sessionStorage.setItem(mark, '1');
};
