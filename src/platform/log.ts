// The log: JSON lines. No health data goes in: no bodies, no query strings, no ids of patients.

import { pino, type Logger } from 'pino';

export type Log = Logger;

/** A command's output is its answer, so it logs to standard error. */
export const createLog = (level: string, stream: 'stdout' | 'stderr' = 'stdout'): Log =>
  pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(process[stream].fd),
  );
