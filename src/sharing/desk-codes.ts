// desk-codes: the one-time code a patient tells at a desk to give access there and then, for ten minutes and a few tries.

import { createOneTimeCodes } from '../access/one-time-code.ts';
import type { RecordStore } from '../store/port.ts';

export interface DeskCode {
  /** Logical id. */
  readonly patient: string;
  /** Id of the Task in the patient's record. */
  readonly task: string;
}

/** `request` is the id of the Task that the organization keeps. */
export interface DeskCodes {
  /** The code to send. For nobody (undefined) it is the same work, and no code is ever right. */
  issue(request: string, about: DeskCode | undefined): Promise<string>;
  /** What the right code opens, once; undefined for a wrong one, when there is none, and after too many tries. */
  redeem(request: string, code: string): Promise<DeskCode | undefined>;
}

export interface DeskCodeSources {
  readonly records: RecordStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const createDeskCodes = (sources: DeskCodeSources): DeskCodes => {
  const seconds = deskCodeMinutes * 60;
  const codes = createOneTimeCodes<DeskCode>({ ...sources, kind: 'desk-code', seconds });
  return {
    issue: async (request, about) => (await codes.issue(about, request)).code,
    redeem: (request, code) => codes.redeem(request, code),
  };
};

export const deskCodeMinutes = 10;
