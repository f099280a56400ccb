// Standing: whether a prescription is of now or of before, or says what must not be taken.
// https://hl7.org/fhir/R4/medicationrequest-definitions.html#MedicationRequest.doNotPerform

import type { MedicationRequest } from 'fhir/r4';
import type { SearchParameters } from '../fhir/search.ts';
import { courseEnd } from './course.ts';
import { lastDayOf } from './last-day.ts';

export type Standing = 'now' | 'before' | 'never';

/** What somebody proposes or plans is prescribed to nobody. */
export const onlyPrescribed: SearchParameters = { 'intent:not': 'proposal,plan' };

/** `today` is a day of this device's calendar. A course that is on hold may go on later. */
export const standingOf = (order: MedicationRequest, today: string): Standing => {
  const { status, doNotPerform } = order;
  if (status !== 'active' && status !== 'on-hold') return 'before';
  if (doNotPerform === true) return 'never';
  return status === 'active' && endedOn(order, today) !== undefined ? 'before' : 'now';
};

/** The last day of a course that went to its end. */
export const endedOn = (order: MedicationRequest, today: string): string | undefined => {
  if (order.status !== 'active' && order.status !== 'completed') return undefined;
  const end = order.doNotPerform === true ? undefined : courseEnd(order);
  return end !== undefined && lastDayOf(end) < today ? end : undefined;
};

/** The key of what is said of its state, below `status`. */
export const statusKey = ({ status, intent, doNotPerform }: MedicationRequest): string => {
  if (intent === 'proposal' || intent === 'plan') return 'proposed';
  return doNotPerform === true && status === 'active' ? 'never' : status;
};
