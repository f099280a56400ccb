// emergency-event: what the audit is told about records that are opened in an emergency.

import type { Caller } from './caller.ts';

export interface EmergencyEvent {
  readonly caller: Caller;
  /** Logical id; absent when nobody was found. */
  readonly patient?: string;
  /** Code of v3-ActReason. */
  readonly purpose: string;
  /** In words. */
  readonly detail: string;
  readonly outcome: 'opened' | 'not found' | 'ended';
}

/** Resolves when it is written; rejects when it cannot be: then nothing is opened. */
export type ReportEmergency = (event: EmergencyEvent) => Promise<void>;
