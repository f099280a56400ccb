// Times: free times by day and by who offers them, and from when on they are looked for.

import { deviceTimeZone, isDay, leftOf, spanOfDay } from '@meridian/ui/time/day.ts';
import { byDay } from '@meridian/ui/visits/free-times.ts';
import { actorOf, doctorOf } from '@meridian/ui/visits/visit.ts';
import type { Appointment } from 'fhir/r4';

export interface Offer {
  readonly who: string;
  /** Of the practitioner, or of the service where nobody is named. */
  readonly name: string;
  readonly service: string | undefined;
  readonly first: Appointment;
  readonly times: readonly Appointment[];
}

export interface DayOfOffers {
  /** A moment of it. */
  readonly start: string;
  readonly offers: readonly Offer[];
}

/** In the order they come, soonest first. */
export const offersByDay = (times: readonly Appointment[]): readonly DayOfOffers[] =>
  byDay(times).map((day) => ({
    start: day.start,
    offers: [...Map.groupBy(day.times, whoOffers).entries()].map(offerOf),
  }));

/**
 * From when to look: a day of this device's calendar (`2026-11-23`), or now. To ten minutes, so that the question stays the same
 * while somebody looks around.
 */
export const momentFrom = (day: string, at = Date.now()): string => {
  const now = Math.floor(at / 600_000) * 600_000;
  if (!isDay(day)) return new Date(now).toISOString();
  return leftOf(spanOfDay(day, deviceTimeZone()), now).start;
};

const whoOffers = (time: Appointment): string =>
  (actorOf(time, 'HealthcareService') ?? actorOf(time, 'Practitioner'))?.reference ?? '';

const offerOf = ([who, times]: readonly [string, readonly Appointment[]]): Offer => {
  const first = times[0]!;
  const service = actorOf(first, 'HealthcareService')?.reference;
  return { ...{ who, service, first, times }, name: doctorOf(first) };
};
