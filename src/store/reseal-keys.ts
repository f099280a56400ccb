// Reseal keys: the keys in the store, sealed by one secret, are sealed by another: who knows the former one opens nothing any more.
// Each is exchanged by itself, so a run that was broken off is run again.

import { createKeySeal, isSealed, type KeySeal } from './key-seal.ts';
import { keyKinds } from './seal-keys.ts';
import type { KeptRecord, MovableStore } from './port.ts';
import { partsOf } from './parts-of.ts';

export interface Secrets {
  /** undefined: they lay open. */
  readonly former: string | undefined;
  /** undefined: they shall lie open. */
  readonly secret: string | undefined;
}

export interface Resealed {
  readonly resealed: number;
  /** They lay as they shall. */
  readonly left: number;
}

/** Throws before anything is changed when one of them is sealed by neither secret. */
export const resealKeys = async (
  { inventory, records }: Pick<MovableStore, 'inventory' | 'records'>,
  secrets: Secrets,
): Promise<Resealed> => {
  const [former, seal] = [sealOf(secrets.former), sealOf(secrets.secret)];
  const keys: Lying[] = [];
  for await (const { items } of partsOf((after) => inventory.records(after, slice)))
    for (const record of items)
      if (keyKinds.has(record.kind)) keys.push(lyingOf(record, former, seal));

  const due = keys.filter(({ isRight }) => !isRight);
  for (const { kind, id, value, opened } of due) {
    const next = seal === undefined ? opened : seal.shut(opened, `${kind}/${id}`);
    if (!(await records.replace(kind, id, next, value)))
      throw new Error(`The key ${kind}/${id} was changed meanwhile. Stop all servers first.`);
  }
  return { resealed: due.length, left: keys.length - due.length };
};

const slice = 500;

const sealOf = (secret: string | undefined): KeySeal | undefined =>
  secret === undefined ? undefined : createKeySeal(secret);

interface Lying extends Pick<KeptRecord, 'kind' | 'id' | 'value'> {
  readonly opened: object;
  readonly isRight: boolean;
}

const lyingOf = (
  { kind, id, value }: KeptRecord,
  former: KeySeal | undefined,
  seal: KeySeal | undefined,
): Lying => {
  const key = { kind, id, value };
  if (!isSealed(value)) return { ...key, opened: value, isRight: seal === undefined };
  const of = `${kind}/${id}`;
  const right = seal?.open(value, of);
  const opened = right ?? former?.open(value, of);
  if (opened === undefined)
    throw new Error(`The key ${of} is sealed by neither KEY_SECRET_FORMER nor KEY_SECRET.`);
  return { ...key, opened, isRight: right !== undefined };
};
