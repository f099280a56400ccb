// Adapter: the records of oidc-provider in our record store. One-time things are a fact of the store, ids of tokens are hashed.
// https://github.com/panva/node-oidc-provider/blob/main/example/my_adapter.js

import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { RecordStore } from '../store/port.ts';
import { isHashedSecret, hashSecret } from './client-secret.ts';
import { endAccess, endGrant } from './end-access.ts';
import { recordId } from './record-id.ts';
import { without } from './without.ts';

/** What the library asks for by model name; the model's name is the kind of its records. */
export const createAdapters =
  (records: RecordStore): ((model: string) => Adapter) =>
  (model) =>
    model === 'Client' ? clients(records) : tokens(model, records);

/** Everything that is found by a value which works like a password: its id is a hash, and the value is not kept. */
const tokens = (model: string, records: RecordStore): Adapter => ({
  upsert: async (id, payload, expiresIn) => {
    // A registration access token has no end.
    const expires = expiresIn === undefined ? undefined : new Date(Date.now() + expiresIn * 1000);
    const kept = keptOf(payload);
    if (model !== 'ReplayDetection') {
      await records.put(model, recordId(id), kept, expires);
      await checkOrigin(model, recordId(id), payload, records);
    }
    // The library looks first and saves then: of two who come at once, only the store can tell the second.
    else if (!(await records.add(model, recordId(id), kept, expires)))
      throw invalidClient('client assertion tokens must only be used once');
  },
  find: async (id) => withId(id, await read(model, recordId(id), records)),
  findByUid: async (uid) => {
    const [found] = await records.find(model, { uid });
    return found as AdapterPayload | undefined;
  },
  findByUserCode: () => Promise.resolve(undefined),
  consume: async (id) => {
    const found = (await records.get(model, recordId(id))) as AdapterPayload | undefined;
    const consumed = { ...found, consumed: Math.floor(Date.now() / 1000) };
    const isFirst =
      found !== undefined &&
      found['consumed'] === undefined &&
      (await records.replace(model, recordId(id), consumed, found));
    if (isFirst) return;
    // The library ends the grant when it sees a second use; of two who come at once, only the store sees it.
    if (found?.grantId !== undefined) await endGrant(records, found.grantId);
    throw new errors.InvalidGrant('already used');
  },
  destroy: async (id) => {
    if (model === 'Grant') await endGrant(records, id);
    else await records.take(model, recordId(id));
  },
  revokeByGrantId: async (grantId) => {
    await records.drop(model, { grantId });
  },
});

/** What a token of this model comes from, which must still be there once it is kept: `end-access` relies on it. */
const originOf = (
  model: string,
  { grantId, clientId }: AdapterPayload,
): readonly [kind: string, id: string] | undefined => {
  if (model === 'ClientCredentials') return ['Client', clientId ?? ''];
  const isOfGrant = model === 'AccessToken' || model === 'RefreshToken';
  return isOfGrant && grantId !== undefined ? ['Grant', recordId(grantId)] : undefined;
};

const checkOrigin = async (
  model: string,
  id: string,
  payload: AdapterPayload,
  records: RecordStore,
): Promise<void> => {
  const origin = originOf(model, payload);
  if (!origin || (await records.get(...origin)) !== undefined) return;
  await records.take(model, id);
  throw model === 'ClientCredentials'
    ? invalidClient('the client was removed')
    : new errors.InvalidGrant('the grant has ended');
};

/** Neither the value itself nor, in an interaction, that of the browser's session, which the library never looks at there. */
const keptOf = (payload: AdapterPayload): object => {
  const { session } = payload;
  const kept = without(payload, 'jti');
  return session === undefined ? kept : { ...kept, session: without(session, 'cookie') };
};

/** Who comes to register takes the token along, so that no two register with one; a registration that fails gives it back. */
const read = (model: string, id: string, records: RecordStore): Promise<unknown> =>
  model === 'InitialAccessToken' ? records.take(model, id) : records.get(model, id);

/** Clients are found by their public id, and never expire. Their secret is kept as a hash. */
const clients = (records: RecordStore): Adapter => ({
  ...tokens('Client', records),
  upsert: async (id, payload) => {
    const secret = payload['client_secret'];
    const isPlain = typeof secret === 'string' && !isHashedSecret(secret);
    const kept = isPlain ? { ...payload, client_secret: await hashSecret(secret) } : payload;
    await records.put('Client', id, kept);
  },
  find: async (id) => (await records.get('Client', id)) as AdapterPayload | undefined,
  destroy: async (id) => {
    await records.take('Client', id);
    // https://www.rfc-editor.org/rfc/rfc7592#section-2.3
    await endAccess(records, { clientId: id });
  },
});

const withId = (id: string, found: unknown): AdapterPayload | undefined =>
  found === undefined ? undefined : { ...(found as AdapterPayload), jti: id };

const invalidClient = (detail: string): Error =>
  // The types of the library know no detail, the library does.
  new (errors.InvalidClientAuth as new (detail: string) => Error)(detail);
