// Issue: gives out health IDs, each once and for ever.

import { createHash } from 'node:crypto';
import { unavailable } from '../fhir/problem.ts';
import type { RecordStore } from '../store/port.ts';
import { drawNumber } from './number.ts';

/** A number nobody had before, for this Patient. Throws 503 when chance gives none. */
export type Issue = (patient: string) => Promise<string>;

/**
 * Each number is claimed before it is used. A claim is never taken back, whatever becomes of the Patient, and says nothing but a
 * digest of the number: it is the tombstone as well. `draw` is there for tests.
 */
export const createIssue =
  (records: Pick<RecordStore, 'add'>, draw: () => string = drawNumber): Issue =>
  async (patient) => {
    for (let tries = 0; tries < most; tries += 1) {
      const number = draw();
      if (await records.add('uhid', digestOf(number), { patient })) return number;
    }
    throw unavailable('No health ID was free among those drawn.');
  };

// With a thousand million given out one draw in nine thousand is taken.
const most = 8;

const digestOf = (number: string): string =>
  createHash('sha256').update(number).digest('base64url');
