// Day list: what is searched for a day, and what can be done with a visit in each of its states.
// https://hl7.org/fhir/R4/appointment.html

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';
import type { Appointment, AppointmentParticipant } from 'fhir/r4';

export const states = ['all', 'expected', 'here', 'seen', 'missed', 'cancelled'] as const;
export type VisitState = (typeof states)[number];

export interface DayFilter {
  /** `2026-11-21`, a day where this device is. */
  readonly day: string;
  /** `Practitioner/1`, or '' for all. */
  readonly practitioner: string;
  /** `Location/1`, or '' for all. */
  readonly place: string;
  readonly state: VisitState;
}

const statuses: Readonly<Record<VisitState, string>> = {
  all: 'booked,pending,arrived,checked-in,fulfilled,noshow',
  expected: 'booked,pending',
  here: 'arrived,checked-in',
  seen: 'fulfilled',
  missed: 'noshow',
  cancelled: 'cancelled',
};

export const dayQuery = ({ day, practitioner, place, state }: DayFilter): SearchParameters => ({
  date: [`ge${momentOf(day)}`, `lt${momentOf(shiftDay(day, 1))}`],
  status: statuses[state],
  ...(practitioner === '' ? {} : { practitioner }),
  ...(place === '' ? {} : { location: place }),
  _include: 'Appointment:patient',
  ...{ _sort: 'date', _count: 20 },
});

/** The day it is where this device is. */
export const dayOf = (moment: Date): string =>
  [
    String(moment.getFullYear()),
    String(moment.getMonth() + 1).padStart(2, '0'),
    String(moment.getDate()).padStart(2, '0'),
  ].join('-');

/** By days of the calendar, so that one of 23 hours is a day too. */
export const shiftDay = (day: string, by: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return dayOf(new Date(year, month - 1, date + by));
};

/** When the day begins where this device is. */
export const momentOf = (day: string): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toISOString();
};

export type VisitAction = 'check-in' | 'undo' | 'no-show' | 'move' | 'cancel';

/** The first is the one the desk does most. */
export const actionsOf = ({ status, start }: Appointment, now: number): readonly VisitAction[] => {
  const hasBegun = start !== undefined && Date.parse(start) <= now;
  // Whoever comes early comes on the day; a visit of another day is another visit.
  const isOfToday = start !== undefined && dayOf(new Date(start)) <= dayOf(new Date(now));
  if (status === 'booked')
    return [
      ...(isOfToday ? (['check-in'] as const) : []),
      ...(hasBegun ? (['no-show'] as const) : (['move', 'cancel'] as const)),
    ];
  if (status === 'pending') return ['cancel'];
  return status === 'arrived' || status === 'checked-in' ? ['undo'] : [];
};

/** Of those who take part: the patient, whom they see, and where. */
export const actorOf = (
  { participant }: Appointment,
  type: 'Patient' | 'Practitioner' | 'Location',
): AppointmentParticipant['actor'] =>
  participant.find(({ actor }) => actor?.reference?.startsWith(`${type}/`))?.actor;

const modeUrl = 'https://meridian.example/StructureDefinition/visit-mode';

export const isByVideo = ({ extension }: Appointment): boolean =>
  extension?.some(({ url, valueCode }) => url === modeUrl && valueCode === 'video') ?? false;
