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

/** Revokes all cards of the patient that were issued before `seconds`, whichever key signed them. */
export const revokeAll = async (
  { records, keys }: { readonly records: Records; readonly keys: CardKeys },
  patient: string,
  seconds: number,
): Promise<void> => {
  for (const { kid } of keys.keys)
    await enter(records, kid, `${ridOf(keys, kid, patient)}.${String(seconds)}`);
};

const emptyList = (kid: string): RevocationList => ({ kid, method: 'rid', ctr: 1, rids: [] });

/** Others may enter a card at the same moment; none is lost. */
const enter = async (records: Records, kid: string, entry: string): Promise<void> => {
  await records.add(kind, kid, emptyList(kid));
  for (;;) {
    const before = (await records.get(kind, kid)) as RevocationList;
    const [rid = ''] = entry.split('.');
    if (revokedUntil(before, rid) >= timeIn(entry)) return;
    const others = before.rids.filter((each) => !each.startsWith(`${rid}.`));
    const after = { ...before, ctr: before.ctr + 1, rids: [...others, entry] };
    if (await records.replace(kind, kid, after, before)) return;
  }
};

const timeIn = (entry: string): number => Number(entry.split('.')[1]);
