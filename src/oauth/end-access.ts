// End access: whatever a user or a client was granted, void from the next request on.
// https://datatracker.ietf.org/doc/html/rfc7009

import { ownApps } from '../access/own-apps.ts';
import type { RecordStore } from '../store/port.ts';
import { contextKind } from './grant-context.ts';
import { recordId } from './record-id.ts';

/** Whose: of one client, of one user, or of one user by one client. */
export type Holder =
  | { readonly clientId: string; readonly accountId?: string }
  | { readonly clientId?: string; readonly accountId: string };

/**
 * Gives how many grants and tokens there were. Who removes a client or disables a user does that first: no grant comes after.
 * The grants go before the tokens: what is made of one in between finds it gone (`adapter`), what was made before is found here.
 */
export const endAccess = async (
  records: Pick<RecordStore, 'drop'>,
  holder: Holder,
): Promise<number> => {
  const where = { ...holder };
  const grants = await records.drop('Grant', where);
  const tokens = await Promise.all(tokenKinds.map((kind) => records.drop(kind, where)));
  return tokens.reduce((sum, each) => sum + each, grants);
};

/** One grant, with all that was made of it: first the grant, for the same reason. */
export const endGrant = async (
  records: Pick<RecordStore, 'take' | 'drop'>,
  grantId: string,
): Promise<void> => {
  await records.take('Grant', recordId(grantId));
  const made = [...tokenKinds, contextKind];
  await Promise.all(made.map((kind) => records.drop(kind, { grantId })));
};

/**
 * At sign-out: our own apps end with the session, at once. Others keep a token they have until it expires, and refresh it only
 * where they were allowed to be there without the person. Their grants end, so that nothing comes of a code or a refresh that
 * is on its way.
 */
export const endOwnApps = async (
  records: Pick<RecordStore, 'find' | 'take' | 'drop'>,
  sessionUid: string,
): Promise<void> => {
  const held = ownApps.flatMap(({ id: clientId }) =>
    tokenKinds.map((kind) => records.find(kind, { sessionUid, clientId })),
  );
  const tokens = (await Promise.all(held)).flat() as readonly { readonly grantId?: string }[];
  const grants = new Set(tokens.flatMap(({ grantId }) => grantId ?? []));
  await Promise.all([...grants].map((grantId) => endGrant(records, grantId)));
};

const tokenKinds = ['AccessToken', 'RefreshToken', 'ClientCredentials', 'AuthorizationCode'];
