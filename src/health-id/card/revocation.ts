// revocation: the numbers by which cards are revoked, and for each key the list of those that are.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#revocation

import { createHmac } from 'node:crypto';
import type { RecordStore } from '../../store/port.ts';
import type { CardKeys, RetiredKey } from './keys.ts';

/** As it is published, at `<issuer>/.well-known/crl/<kid>.json`. */
export interface RevocationList {
  readonly kid: string;
  readonly method: 'rid';
  /** How many times it was made or changed. */
  readonly ctr: number;
  /** `rid.timestamp`: all cards with this number that were issued before. */
  readonly rids: readonly string[];
}

type Records = Pick<RecordStore, 'get' | 'add' | 'replace'>;

const kind = 'health-card-revocations';

/** "base64url(hmac-sha-256(secret_key || kid, user_id)[1..64])": it tells nobody whose card it is. */
export const ridOf = ({ secret }: CardKeys, kid: string, patient: string): string =>
  createHmac('sha256', Buffer.concat([Buffer.from(secret, 'base64url'), Buffer.from(kid)]))
    .update(patient)
    .digest()
    .subarray(0, 8)
    .toString('base64url');

export const listOf = async (
  records: Pick<RecordStore, 'get'>,
  { kid }: Pick<RetiredKey, 'kid'>,
): Promise<RevocationList> =>
  ((await records.get(kind, kid)) as RevocationList | undefined) ?? emptyList(kid);

/** Seconds since 1970 up to which cards with this number are revoked; 0 when none are. */
export const revokedUntil = ({ rids }: RevocationList, rid: string): number =>
  Math.max(0, ...rids.filter((entry) => entry.startsWith(`${rid}.`)).map(timeIn));

/**
 * Revokes all cards the patient was given until now (seconds since 1970), whichever key signed them. Resolves to the moment before
 * which a card must have been issued to be revoked.
 */
export const revokeAll = async (
  { records, keys }: { readonly records: Records; readonly keys: CardKeys },
  patient: string,
  now: number,
): Promise<number> => {
  const moments: number[] = [];
  for (const { kid } of keys.keys)
    moments.push(await enter(records, kid, { rid: ridOf(keys, kid, patient), now }));
  return Math.max(...moments);
};

const emptyList = (kid: string): RevocationList => ({ kid, method: 'rid', ctr: 1, rids: [] });

interface Revoked {
  readonly rid: string;
  readonly now: number;
}

/** Others may enter a card at the same moment; none is lost. */
const enter = async (records: Records, kid: string, { rid, now }: Revoked): Promise<number> => {
  await records.add(kind, kid, emptyList(kid));
  for (;;) {
    const before = (await records.get(kind, kid)) as RevocationList;
    const until = revokedUntil(before, rid);
    // Cards that followed a revocation in the same second begin with the second after it.
    const moment = until > now ? until + 1 : Math.floor(now) + 1;
    const others = before.rids.filter((each) => !each.startsWith(`${rid}.`));
    const rids = [...others, `${rid}.${String(moment)}`];
    const after = { ...before, ctr: before.ctr + 1, rids };
    if (await records.replace(kind, kid, after, before)) return moment;
  }
};

const timeIn = (entry: string): number => Number(entry.split('.')[1]);
