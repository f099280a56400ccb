// Pending: how far a sign-in has come, kept on the server under the interaction, which a cookie ties to one browser.

import type { RecordStore } from '../../store/port.ts';
import { recordId } from '../record-id.ts';

export interface Pending {
  /** Who proved the first factor. */
  readonly user: string;
  readonly amr: readonly string[];
  /** What has to follow before the sign-in is complete. */
  readonly next: 'factor' | 'enrol' | 'codes';
  /** The hospital's identity provider that vouched for the first factor. */
  readonly provider?: string;
  /** A TOTP secret that is being set up, locked. */
  readonly secret?: string;
  /** Recovery codes just made, locked: shown until the person says that they are kept. */
  readonly codes?: string;
}

export interface PendingSignIns {
  read(uid: string): Promise<Pending | undefined>;
  write(uid: string, pending: Pending): Promise<void>;
  /** Reads it for the last time; two at once cannot both end a sign-in. */
  take(uid: string): Promise<Pending | undefined>;
}

/** As long as an interaction lives. */
const seconds = 3600;

export const createPendingSignIns = (records: RecordStore, now: () => number): PendingSignIns => ({
  // Only this module writes the kind 'sign-in'.
  read: async (uid) => (await records.get('sign-in', recordId(uid))) as Pending | undefined,
  take: async (uid) => (await records.take('sign-in', recordId(uid))) as Pending | undefined,
  write: (uid, pending) =>
    records.put('sign-in', recordId(uid), pending, new Date(now() + seconds * 1000)),
});
