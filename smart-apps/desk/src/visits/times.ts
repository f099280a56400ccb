// Times: the visits that can still be had, asked of a day and shown by who offers them.
// https://profiles.ihe.net/ITI/Scheduling/

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { leftOf, spanOfDay } from '@meridian/ui/time/day.ts';
import { findAllTimes } from '@meridian/ui/visits/free-times.ts';
import { doctorOf, modeOf, type VisitMode } from '@meridian/ui/visits/visit.ts';
import type { Appointment } from 'fhir/r4';

export interface TimeFilter {
  /** `Practitioner/1`, or '' for all. */
  readonly practitioner: string;
  readonly mode: '' | VisitMode;
  /** `2026-11-21` */
  readonly day: string;
}

export interface DayWanted extends TimeFilter {
  readonly organization: string;
  readonly timeZone: string;
}

/** Soonest first, nothing of what is over. */
export const findDay = (
  fhir: Fhir,
  { organization, practitioner, mode, day, timeZone }: DayWanted,
  now: number,
): Promise<readonly Appointment[]> =>
  findAllTimes(
    fhir,
    { organization, mode, actors: practitioner === '' ? [] : [practitioner] },
    leftOf(spanOfDay(day, timeZone), now),
  );

export interface Offer {
  readonly doctor: string;
  readonly mode: VisitMode;
  readonly times: readonly Appointment[];
}

/** Who is free soonest comes first. */
export const offersOf = (times: readonly Appointment[]): readonly Offer[] => {
  const groups = Map.groupBy(times, (time) => JSON.stringify([doctorOf(time), howOf(time)]));
  return [...groups.values()].map((group) => ({
    ...{ doctor: doctorOf(group[0]!), mode: howOf(group[0]!), times: group },
  }));
};

const howOf = (time: Appointment): VisitMode => modeOf(time) ?? 'in-person';
