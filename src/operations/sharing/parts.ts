// parts: what the operations about sharing need besides the Context; composed once.

import type { ReportEmergency } from '../../access/emergency-event.ts';
import type { ResolveHealthId } from '../../health-id/resolve.ts';
import type { DeskCodes } from '../../sharing/desk-codes.ts';
import type { Emergencies } from '../../sharing/emergencies.ts';
import type { SendToPatient } from '../../sharing/patient-messages.ts';

export interface SharingParts {
  /** The identifier system of the network's health IDs. */
  readonly system: string;
  readonly resolve: ResolveHealthId;
  readonly sendToPatient: SendToPatient;
  readonly deskCodes: DeskCodes;
  readonly emergencies: Emergencies;
  /** How long an emergency opens a record. */
  readonly emergencyMinutes: number;
  readonly reportEmergency: ReportEmergency;
}
