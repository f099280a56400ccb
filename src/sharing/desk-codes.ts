// desk-codes: the one-time code a patient tells at a desk to give access there and then. Its hash is kept, for ten minutes and a
// few tries; where there is no such patient a record of the same size is kept that no code opens.

import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { isObject } from '../fhir/resource.ts';
import type { RecordStore } from '../store/port.ts';

export interface DeskCode {
  /** Logical id. */
  readonly patient: string;
  /** Id of the Task in the patient's record. */
  readonly task: string;
}

export interface DeskCodes {
  /** The code to send; `for nobody`: none that could be told is ever right. */
  issue(
    request: string,
    about: DeskCode,
    validity: 'for the patient' | 'for nobody',
  ): Promise<string>;
  /** What the right code opens; undefined for a wrong one, when there is none, and after too many tries. */
  check(request: string, code: string): Promise<DeskCode | undefined>;
  drop(request: string): Promise<void>;
}

export interface DeskCodeSources {
  readonly records: Pick<RecordStore, 'get' | 'put' | 'replace' | 'take'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** `request` is the id of the Task that the organization keeps. */
export const createDeskCodes = ({ records, now }: DeskCodeSources): DeskCodes => ({
  issue: async (request, about, validity) => {
    const code = String(randomInt(10 ** digits)).padStart(digits, '0');
    const other = randomBytes(32).toString('hex');
    const hash = hashOf(request, validity === 'for the patient' ? code : other);
    const kept: Kept = { ...about, hash, tries: 0 };
    await records.put(kind, request, kept, new Date(now() + deskCodeMinutes * 60_000));
    return code;
  },
  check: async (request, code) => {
    const kept = await records.get(kind, request);
    if (!isKept(kept) || kept.tries >= mostTries) return undefined;
    // Counted before it is looked at: who tries many at once has no more tries than who tries one by one.
    const counted: Kept = { ...kept, tries: kept.tries + 1 };
    if (!(await records.replace(kind, request, counted, kept))) return undefined;
    const isRight = timingSafeEqual(Buffer.from(kept.hash), Buffer.from(hashOf(request, code)));
    return isRight ? { patient: kept.patient, task: kept.task } : undefined;
  },
  drop: async (request) => {
    await records.take(kind, request);
  },
});

export const deskCodeMinutes = 10;

const kind = 'desk-code';
const digits = 6;
const mostTries = 5;

interface Kept extends DeskCode {
  readonly hash: string;
  readonly tries: number;
}

const isKept = (value: unknown): value is Kept =>
  isObject(value) && typeof value['hash'] === 'string';

const hashOf = (request: string, code: string): string =>
  createHash('sha256').update(`${request} ${code}`).digest('hex');
