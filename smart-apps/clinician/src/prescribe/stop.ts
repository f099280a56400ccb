// Stop: a prescription ends with a reason. Whoever has changed it meanwhile is not overwritten.
// https://hl7.org/fhir/R4/valueset-medicationrequest-status.html

import type { MedicationRequest } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { update } from '@meridian/ui/fhir/write.ts';

/** It was taken, or may have been; it was withdrawn before; it should never have been written. */
export const endings = ['stopped', 'cancelled', 'entered-in-error'] as const;
export type Ending = (typeof endings)[number];

export interface Stop {
  /** As it was read, whole. */
  readonly request: MedicationRequest;
  readonly ending: Ending;
  readonly reason: string;
}

export const stopPrescription = (
  fhir: Fhir,
  { request, ending, reason }: Stop,
): Promise<MedicationRequest> =>
  update(fhir, { ...request, status: ending, statusReason: { text: reason.trim() } });
