// Errors as a MongoDB server answers them.
// https://www.mongodb.com/docs/manual/reference/error-codes/

import type { Document } from './wire.ts';

export class Fault extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: readonly string[];

  constructor(code: number, codeName: string, message: string, labels: readonly string[] = []) {
    super(message);
    this.code = code;
    this.codeName = codeName;
    this.labels = labels;
  }
}

const transient = ['TransientTransactionError'];

export const writeConflict = (): Fault =>
  new Fault(112, 'WriteConflict', 'Write conflict during plan execution.', transient);
export const noSuchTransaction = (): Fault =>
  new Fault(251, 'NoSuchTransaction', 'The transaction has been aborted.', transient);
export const duplicateKey = (collection: string, index: string): Fault =>
  new Fault(
    11_000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection} index: ${index}`,
  );
export const notPrimary = (): Fault => new Fault(10_107, 'NotWritablePrimary', 'not primary');
export const expired = (): Fault =>
  new Fault(50, 'MaxTimeMSExpired', 'operation exceeded time limit');

/** The place of an operation in a list of writes that failed. */
export interface WriteError {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
}

export const answerOf = (error: unknown): Document => {
  const fault =
    error instanceof Fault
      ? error
      : new Fault(2, 'BadValue', error instanceof Error ? error.message : String(error));
  return {
    ok: 0,
    errmsg: fault.message,
    code: fault.code,
    codeName: fault.codeName,
    ...(fault.labels.length > 0 ? { errorLabels: fault.labels } : {}),
  };
};
