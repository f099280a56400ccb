// The administrator's secret: a folder that has served in production remembers a hash of it, whoever opens the folder later.

import { forbidden } from '../fhir/problem.ts';
import { hashSecret, secretMatches } from '../oauth/client-secret.ts';
import type { RecordStore } from '../store/port.ts';
import type { Tools } from './types.ts';

interface Kept {
  /** Absent when the server runs in production without one: then nobody passes. */
  readonly hash?: string;
}

const kind = 'administration';
const id = 'secret';

/** Called at a start in production. */
export const rememberSecret = async (
  records: RecordStore,
  secret: string | undefined,
): Promise<void> => {
  const kept: Kept = secret === undefined ? {} : { hash: await hashSecret(secret) };
  await records.put(kind, id, kept);
};

/** Throws 403 unless the folder never served in production or the secret is the one it was started with. */
export const checkSecret = async (
  secret: string | undefined,
  { context }: Tools,
): Promise<void> => {
  const kept = (await context.store.records.get(kind, id)) as Kept | undefined;
  if (kept === undefined) return;
  if (kept.hash === undefined)
    throw forbidden('This needs the administrator’s secret: start the server with ADMIN_SECRET.');
  if (secret === undefined || !(await secretMatches(secret, kept.hash)))
    throw forbidden('This needs the administrator’s secret: set ADMIN_SECRET to it.');
};
