// alias: a second handle that a patient hands out instead of the health ID, and takes back. Wherever somebody asks for access it
// leads to the patient; no search finds it, and no handle is ever given to anybody else.

import { hash, randomInt } from 'node:crypto';
import { unavailable } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';
import type { RecordStore } from '../store/port.ts';

export interface Aliases {
  /** The one in force, made when there is none. */
  issue(patient: string): Promise<string>;
  /** A new one; the one before leads nowhere from now on. */
  rotate(patient: string): Promise<string>;
  revoke(patient: string): Promise<void>;
  find(typed: string): Promise<FoundAlias>;
}

export type FoundAlias =
  /** `why` is arithmetic: it tells nothing of who is known. */
  | { readonly kind: 'malformed'; readonly why: string }
  /** Never given out, or taken back: at the same cost as one that is in force. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly patient: string };

/** What has a letter is meant to be a handle; a health ID has digits alone. */
export const looksLikeAlias = (typed: string): boolean => /\p{L}/u.test(typed);

/** `draw` is there for tests. */
export const createAliases = (
  records: Pick<RecordStore, 'get' | 'add' | 'replace'>,
  draw: () => string = drawAlias,
): Aliases => {
  const claim = async (patient: string): Promise<string> => {
    for (let tries = 0; tries < most; tries += 1) {
      const alias = draw();
      if (await records.add(claimKind, digestOf(alias), { patient })) return alias;
    }
    throw unavailable('No handle was free among those drawn.');
  };
  /** Of many at once each writes over what it has seen; a claim that loses is never used. */
  const write = async (patient: string, choose: Choose): Promise<string | undefined> => {
    for (let tries = 0; tries < mostWriters; tries += 1) {
      const kept = readKept(await records.get(currentKind, patient));
      const alias = await choose(kept?.alias);
      if (kept !== undefined && alias === kept.alias) return alias;
      const next = alias === undefined ? {} : { alias };
      const isWritten =
        kept === undefined
          ? await records.add(currentKind, patient, next)
          : await records.replace(currentKind, patient, next, kept);
      if (isWritten) return alias;
    }
    throw unavailable('The handle is being changed by others at the same time.');
  };
  const issued = (alias: string | undefined): string => {
    if (alias === undefined) throw new Error('A handle that was chosen is not there.');
    return alias;
  };
  return {
    issue: async (patient) =>
      issued(await write(patient, async (current) => current ?? (await claim(patient)))),
    rotate: async (patient) => issued(await write(patient, () => claim(patient))),
    revoke: async (patient) => {
      await write(patient, () => Promise.resolve(undefined));
    },
    find: async (typed) => {
      const alias = typed.replace(separators, '').toUpperCase();
      const why = faultOf(alias);
      if (why !== undefined) return { kind: 'malformed', why };
      const claimed = await records.get(claimKind, digestOf(alias));
      const patient = isObject(claimed) ? String(claimed['patient']) : nobody;
      const kept = readKept(await records.get(currentKind, patient));
      return kept?.alias === alias ? { kind: 'known', patient } : { kind: 'unknown' };
    },
  };
};

/** `ABCD-EFGH-JKLM`. */
export const showAlias = (alias: string): string => alias.replaceAll(/(.{4})(?=.)/g, '$1-');

type Choose = (current: string | undefined) => Promise<string | undefined>;

interface Kept {
  /** Absent while none is in force. */
  readonly alias?: string;
}

const readKept = (value: unknown): Kept | undefined => (isObject(value) ? value : undefined);

/** Who was ever given it: the tombstone as well. */
const claimKind = 'alias';
/** The one in force, under the patient's id: what this says counts. */
const currentKind = 'patient-alias';
/** No id can be written so. */
const nobody = '?';
const most = 8;
const mostWriters = 64;

// Without letters and digits that are mistaken for each other.
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const letters = 24;
const length = 12;

const drawAlias = (): string => {
  const rest = Array.from({ length: length - 2 }, () => alphabet[randomInt(alphabet.length)]!);
  // A letter first: it cannot be taken for a health ID.
  const body = `${alphabet[randomInt(letters)]!}${rest.join('')}`;
  return `${body}${checkOf(body)}`;
};

const separators = /[\s\-\u00ad\u2010-\u2015\u2212]/g;

const faultOf = (alias: string): string | undefined => {
  const strange = Array.from(alias).find((character) => !alphabet.includes(character));
  if (strange !== undefined)
    return `A sharing handle has no '${strange}'; its letters and digits are ${alphabet}.`;
  if (alias.length !== length)
    return `A sharing handle has ${String(length)} letters and digits; this has ${String(alias.length)}.`;
  return checkOf(alias.slice(0, -1)) === alias.at(-1)
    ? undefined
    : 'The check letter does not fit: a letter is mistyped, or two are swapped.';
};

/** Luhn modulo 32. https://en.wikipedia.org/wiki/Luhn_mod_N_algorithm */
const checkOf = (body: string): string => {
  const size = alphabet.length;
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, character, place) => {
      const addend = alphabet.indexOf(character) * (place % 2 === 0 ? 2 : 1);
      return total + Math.floor(addend / size) + (addend % size);
    }, 0);
  return alphabet[(size - (sum % size)) % size]!;
};

const digestOf = (alias: string): string => hash('sha256', `alias ${alias}`, 'base64url');
