// Supply: until when a prescription reaches, and how often it can still be repeated.
// https://hl7.org/fhir/R4/medicationrequest-definitions.html#MedicationRequest.dispenseRequest

import { courseEnd, supplyEnd } from '@meridian/ui/record/course.ts';
import { lastDayOf } from '@meridian/ui/record/last-day.ts';
import type { FhirResource, MedicationDispense, MedicationRequest } from 'fhir/r4';

export interface Supply {
  /** A FHIR date; undefined where nothing says so. */
  readonly until: string | undefined;
  readonly isOver: boolean;
  /** undefined where the prescription says nothing of repeats. */
  readonly repeatsLeft: number | undefined;
}

/** `dispenses` may be of several prescriptions. The first time it is dispensed is no repeat. */
export const supplyOf = (
  order: MedicationRequest,
  dispenses: readonly FhirResource[],
  /** A day of this device's calendar. */
  today: string,
): Supply => {
  const allowed = order.dispenseRequest?.numberOfRepeatsAllowed;
  const given = dispenses.filter((dispense) => isOf(order, dispense)).length;
  const until = untilOf(order);
  return {
    until,
    isOver: until !== undefined && lastDayOf(until) < today,
    repeatsLeft: allowed === undefined ? undefined : Math.max(0, allowed - Math.max(0, given - 1)),
  };
};

const isOf = ({ id = '' }: MedicationRequest, resource: FhirResource): boolean =>
  resource.resourceType === 'MedicationDispense' &&
  happened.has(resource.status) &&
  (resource.authorizingPrescription ?? []).some(
    ({ reference }) => reference === `MedicationRequest/${id}`,
  );

const happened: ReadonlySet<MedicationDispense['status']> = new Set(['completed', 'in-progress']);

/** How long it is taken, before how long it is dispensed, before how long what was dispensed lasts. */
const untilOf = (order: MedicationRequest): string | undefined =>
  courseEnd(order) ?? order.dispenseRequest?.validityPeriod?.end ?? supplyEnd(order);
