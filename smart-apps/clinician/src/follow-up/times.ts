// Times: when a patient can come again, and taking one of them. conformance/scheduling/booking.md

import type { Appointment } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { findFreeTimes } from '@meridian/ui/fhir/free-times.ts';
import { operate } from '@meridian/ui/fhir/write.ts';

export interface TimesWanted {
  /** `Practitioner/1`, or '' for whoever is there. */
  readonly practitioner: string;
  /** `Organization/1` */
  readonly organization: string;
  /** A date: the first day. */
  readonly from: string;
}

export const daysShown = 7;

/** Soonest first, of a week from a day on, nothing of what is over. */
export const findTimes = (
  fhir: Fhir,
  { practitioner, organization, from }: TimesWanted,
  now: number,
): Promise<readonly Appointment[]> => {
  const first = Math.max(Date.parse(`${from}T00:00:00`), now);
  const [start, end] = [first, first + daysShown * 86_400_000].map((time) =>
    new Date(time).toISOString(),
  ) as [string, string];
  const asked = { organization, ...(practitioner === '' ? {} : { practitioner }) };
  return findFreeTimes(fhir, { start, end }, asked);
};

export interface Wanted {
  /** A proposal of `$find`, or what is held. */
  readonly id: string;
  readonly patient: string;
  readonly comment?: string;
}

const naming = ({ id, patient, comment = '' }: Wanted) => [
  { name: 'appointment-reference', valueReference: { reference: `Appointment/${id}` } },
  { name: 'patient-reference', valueReference: { reference: `Patient/${patient}` } },
  ...(comment.trim() === '' ? [] : [{ name: 'comment', valueString: comment.trim() }]),
];

/** Nobody else gets it while it is confirmed. Fails with `conflict` when somebody has it. */
export const holdTime = (fhir: Fhir, wanted: Wanted): Promise<Appointment> =>
  operate(fhir, 'Appointment/$hold', naming(wanted));

export const bookTime = (fhir: Fhir, wanted: Wanted): Promise<Appointment> =>
  operate(fhir, 'Appointment/$book', naming(wanted));

/** What was held and is not wanted is free for others at once. */
export const letGo = (fhir: Fhir, id: string): Promise<Appointment> =>
  operate(fhir, `Appointment/${id}/$cancel`);

export interface OfferedDay {
  /** A moment of it. */
  readonly start: string;
  readonly times: readonly Appointment[];
}

/** By days of the calendar where the visit takes place. */
export const byDay = (times: readonly Appointment[]): readonly OfferedDay[] =>
  [...Map.groupBy(times, ({ start = '' }) => start.slice(0, 10)).values()].map((day) => ({
    start: day[0]!.start!,
    times: day,
  }));

/** The offset of a moment, as a time zone that browsers know: `+05:30`, or UTC. */
export const zoneOf = (moment: string): string => /[+-]\d\d:\d\d$/.exec(moment)?.[0] ?? 'UTC';

export const doctorOf = ({ participant }: Appointment): string =>
  participant.find(({ actor }) => actor?.reference?.startsWith('Practitioner/'))?.actor?.display ??
  '';

export const isVideo = ({ extension = [] }: Appointment): boolean =>
  extension.some(({ url, valueCode }) => url === modeUrl && valueCode === 'video');

const modeUrl = 'https://meridian.example/StructureDefinition/visit-mode';

/** A date of this device's calendar, so many days from one. */
export const dayAfter = (days: number, now: number): string => {
  const date = new Date(now + days * 86_400_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
