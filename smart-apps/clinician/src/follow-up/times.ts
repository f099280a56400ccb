// Times: when a patient can come again: of a week from a day on.

import type { Appointment } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { leftOf, spanOfDay } from '@meridian/ui/time/day.ts';
import { findAllTimes } from '@meridian/ui/visits/free-times.ts';

export interface FollowUpWanted {
  /** `Practitioner/1`, or '' for whoever is there. */
  readonly practitioner: string;
  /** `Organization/1` */
  readonly organization: string;
  /** A date: the first day. */
  readonly from: string;
  readonly timeZone: string;
}

export const daysShown = 7;

/** Soonest first, nothing of what is over. */
export const findWeek = (
  fhir: Fhir,
  { practitioner, organization, from, timeZone }: FollowUpWanted,
  now: number,
): Promise<readonly Appointment[]> =>
  findAllTimes(
    fhir,
    { organization, actors: practitioner === '' ? [] : [practitioner] },
    leftOf(spanOfDay(from, timeZone, daysShown), now),
  );
