// End access: whatever a user or a client was granted, void from the next request on.
// https://datatracker.ietf.org/doc/html/rfc7009

import type { RecordStore } from '../store/port.ts';

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

const tokenKinds = ['AccessToken', 'RefreshToken', 'ClientCredentials', 'AuthorizationCode'];
