// The log: JSON lines on standard output. No health data goes in: no bodies, no query strings, no ids of patients.

import { pino, type Logger } from 'pino';

export type Log = Logger;

export const createLog = (level: string): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
