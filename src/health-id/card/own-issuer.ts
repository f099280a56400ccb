// own-issuer: this server as an issuer: what it publishes of its keys and revocations, and what its own verifier asks.

import type { RecordStore } from '../../store/port.ts';
import { createKept } from './kept.ts';
import { openKeys, type RetiredKey } from './keys.ts';
import { cardKeyKind, type PublicKey } from './public-key.ts';
import { listOf, revokeAll, type RevocationList } from './revocation.ts';
import type { Issuer } from './verify.ts';

export interface OwnIssuer extends Issuer {
  /** `/.well-known/jwks.json` */
  readonly keySet: () => Promise<{ readonly keys: readonly PublicKey[] }>;
  /** `/.well-known/crl/<kid>.json`; undefined for what is no key of ours. */
  readonly revocations: (kid: string) => Promise<RevocationList | undefined>;
  /** Revokes every card the patient was given before the moment it resolves to, milliseconds since 1970. */
  readonly revoke: (patient: string) => Promise<number>;
}

export interface OwnIssuerParts {
  readonly records: Pick<RecordStore, 'get' | 'add' | 'replace'>;
  readonly now: () => number;
}

/** Anybody may ask for what is published; a server beside this one may publish it as much later. */
const keepMilliseconds = 10_000;

/** What is published is kept for a moment; what its own verifier asks never is. */
export const createOwnIssuer = ({ records, now }: OwnIssuerParts): OwnIssuer => {
  const kept = createKept(keepMilliseconds, now);
  const find = async (kid: string): Promise<RetiredKey | undefined> => {
    const { keys } = await openKeys(records, now());
    return keys.find((key) => key.kid === kid);
  };
  const publish = async ({ kid, x, y }: RetiredKey): Promise<PublicKey> => {
    const { ctr } = await listOf(records, { kid });
    return { ...cardKeyKind, kid, x, y, crlVersion: ctr };
  };
  const keySet: OwnIssuer['keySet'] = () =>
    kept('keys', async () => {
      const { keys } = await openKeys(records, now());
      return { keys: await Promise.all(keys.map(publish)) };
    });
  return {
    keySet,
    revocations: async (kid) => {
      const { keys } = await keySet();
      const key = keys.find((each) => each.kid === kid);
      return key && kept(`revoked ${kid}`, () => listOf(records, key));
    },
    revoke: async (patient) => {
      const keys = await openKeys(records, now());
      const moment = await revokeAll({ records, keys }, patient, now() / 1000);
      kept.forget();
      return moment * 1000;
    },
    keyOf: async (kid) => {
      const key = await find(kid);
      return key && publish(key);
    },
    revokedOf: async (key) => (await listOf(records, key)).rids,
  };
};
