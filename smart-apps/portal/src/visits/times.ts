// Times: moments as they are said where a visit takes place, and times that are offered, by day and by whom.

import type { Appointment } from 'fhir/r4';
import { actorOf } from './visit.ts';

/** The offset of a moment, as a time zone that browsers know: `+05:30`, or UTC. */
export const offsetOf = (moment: string): string => /[+-]\d\d:\d\d$/.exec(moment)?.[0] ?? 'UTC';

/** Whether this device reads another time off its clock than the place of the visit does. */
export const isElsewhere = (
  moment: string,
  deviceOffset = -new Date(moment).getTimezoneOffset(),
): boolean => minutesOf(offsetOf(moment)) !== deviceOffset;

export interface Offer {
  /** Of the practitioner, or of the service where nobody is named. */
  readonly who: string;
  readonly name: string;
  readonly service: string | undefined;
  readonly first: Appointment;
  readonly times: readonly Appointment[];
}

export interface OfferedDay {
  /** A moment of it. */
  readonly start: string;
  readonly offers: readonly Offer[];
}

/** In the order they come, soonest first. A day is a day of the calendar of the visit's place. */
export const byDay = (proposals: readonly Appointment[]): readonly OfferedDay[] =>
  groups(proposals, ({ start = '' }) => start.slice(0, 10)).map((day) => ({
    start: day[0]!.start!,
    offers: groups(day, serviceKey).map(offerOf),
  }));

/** What follows a page of proposals: from where to ask again, undefined when that was all. Without a total there are more. */
export const laterThan = (
  proposals: readonly Appointment[],
  total: number | undefined,
): string | undefined => {
  const last = proposals.at(-1)?.start;
  if (last === undefined || (total ?? Infinity) <= proposals.length) return undefined;
  // A page of one moment alone would be asked for again and again.
  return proposals[0]!.start === last
    ? new Date(Date.parse(last) + 60_000).toISOString()
    : new Date(last).toISOString();
};

/**
 * From when to look: a day of this device's calendar (`2026-11-23`), or now. To ten minutes, so that the question stays the same
 * while somebody looks around.
 */
export const momentFrom = (day: string, at = Date.now()): string => {
  const now = Math.floor(at / 600_000) * 600_000;
  const wanted = Date.parse(`${day}T00:00:00`);
  return new Date(Math.max(now, Number.isNaN(wanted) ? now : wanted)).toISOString();
};

/** Two pages may meet in one moment. */
export const distinct = (proposals: readonly Appointment[]): readonly Appointment[] => [
  ...new Map(proposals.map((proposal) => [proposal.id, proposal])).values(),
];

const serviceKey = (proposal: Appointment): string =>
  actorOf(proposal, 'HealthcareService')?.reference ??
  actorOf(proposal, 'Practitioner')?.reference ??
  '';

const offerOf = (times: readonly Appointment[]): Offer => {
  const first = times[0]!;
  const person = actorOf(first, 'Practitioner');
  const service = actorOf(first, 'HealthcareService');
  return {
    who: serviceKey(first),
    name: person?.display ?? service?.display ?? '',
    service: service?.reference,
    ...{ first, times },
  };
};

const groups = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[][] => {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    found.set(key, [...(found.get(key) ?? []), item]);
  }
  return [...found.values()];
};

const minutesOf = (offset: string): number => {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};
