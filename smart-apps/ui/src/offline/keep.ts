// Keep: the record this device keeps: when it is written, who may read it, and when it goes.

import type { KeptRecord } from './record.ts';
import { createLock, openLock, seal, unseal, type Letter, type Lock } from './vault.ts';

/** What is stored: everything but whose and when is sealed. */
export interface Kept {
  /** Who signed in: a reference. */
  readonly user: string;
  /** The id of the Patient. */
  readonly patient: string;
  readonly lock: Lock;
  readonly letter: Letter;
  /** Instants. */
  readonly keptAt: string;
  readonly expiresAt: string;
  readonly wrongPins: number;
}

/** Where it is stored. */
export interface Shelf {
  readonly get: () => Promise<Kept | undefined>;
  readonly put: (kept: Kept) => Promise<void>;
  /** In one step, whatever other tabs do. */
  readonly change: (next: (kept: Kept | undefined) => Kept | undefined) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export interface Whose {
  readonly user: string;
  readonly patient: string;
}

export interface Shown extends Whose {
  readonly keptAt: string;
  readonly expiresAt: string;
}

export type Opening =
  | { readonly state: 'open'; readonly record: KeptRecord; readonly keptAt: string }
  | { readonly state: 'wrong'; readonly left: number }
  | { readonly state: 'gone' };

/** After so many wrong PINs it is removed. */
export const mostWrongPins = 5;
/** From the last time it was written. */
export const daysKept = 14;

/** What is there, without opening it. What has expired is removed. */
export const lookAtKept = async (shelf: Shelf, now: Date): Promise<Shown | undefined> => {
  const kept = await shelf.get();
  if (kept === undefined) return undefined;
  const { user, patient, keptAt, expiresAt } = kept;
  if (now.toISOString() < expiresAt) return { user, patient, keptAt, expiresAt };
  await shelf.remove();
  return undefined;
};

/** In place of whatever was kept before. */
export const beginKeeping = async (
  shelf: Shelf,
  whose: Whose,
  { pin, record, now }: { readonly pin: string; readonly record: KeptRecord; readonly now: Date },
): Promise<void> => {
  const lock = await createLock(pin);
  const letter = await seal(lock, record);
  await shelf.put({ ...whose, lock, letter, ...datesFrom(now), wrongPins: 0 });
};

/** Writes it anew, which needs no PIN, if it is this person's who looks at this record. */
export const keepAgain = async (
  shelf: Shelf,
  { user, patient }: Whose,
  { record, now }: { readonly record: KeptRecord; readonly now: Date },
): Promise<void> => {
  const before = await shelf.get();
  if (before?.user !== user || before.patient !== patient) return;
  const letter = await seal(before.lock, record);
  // It may have been removed meanwhile, or be under another lock.
  await shelf.change((kept) =>
    kept === undefined || !isSameLock(kept, before) ? kept : { ...kept, letter, ...datesFrom(now) },
  );
};

const isSameLock = ({ lock: one }: Kept, { lock: other }: Kept): boolean =>
  one.salt.every((byte, place) => byte === other.salt[place]);

export const openKept = async (shelf: Shelf, pin: string, now: Date): Promise<Opening> => {
  if ((await lookAtKept(shelf, now)) === undefined) return { state: 'gone' };
  // Counted before it is tried: who closes the page in between has tried all the same.
  await shelf.change((kept) => kept && { ...kept, wrongPins: kept.wrongPins + 1 });
  const kept = await shelf.get();
  if (kept === undefined) return { state: 'gone' };
  const key = kept.wrongPins > mostWrongPins ? undefined : await openLock(kept.lock, pin);
  if (key === undefined) return refuse(shelf, mostWrongPins - kept.wrongPins);
  const record = (await unseal(key, kept.letter)) as KeptRecord;
  await shelf.change((now) => now && { ...now, wrongPins: 0 });
  return { state: 'open', record, keptAt: kept.keptAt };
};

const refuse = async (shelf: Shelf, left: number): Promise<Opening> => {
  if (left > 0) return { state: 'wrong', left };
  await shelf.remove();
  return { state: 'gone' };
};

const datesFrom = (now: Date): Pick<Kept, 'keptAt' | 'expiresAt'> => ({
  keptAt: now.toISOString(),
  expiresAt: new Date(now.getTime() + daysKept * 86_400_000).toISOString(),
});
