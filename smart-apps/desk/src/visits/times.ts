// Times: the visits that can still be had, asked of a day and shown by who offers them.
// https://profiles.ihe.net/ITI/Scheduling/

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { findFreeTimes } from '@meridian/ui/fhir/free-times.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import type { Appointment } from 'fhir/r4';
import { actorOf, momentOf, shiftDay } from '../day/day-list.ts';

export interface TimesWanted {
  readonly organization: string;
  /** `Practitioner/1`, or '' for all. */
  readonly practitioner: string;
  readonly mode: '' | 'in-person' | 'video';
  /** `2026-11-21` */
  readonly day: string;
}

export const findTimes = (
  fhir: Fhir,
  { organization, practitioner, mode, day }: TimesWanted,
  now: Date,
): Promise<readonly Appointment[]> => {
  const start = new Date(Math.max(Date.parse(momentOf(day)), now.getTime())).toISOString();
  const asked = {
    organization,
    ...(practitioner === '' ? {} : { practitioner }),
    ...(mode === '' ? {} : { mode }),
  };
  return findFreeTimes(fhir, { start, end: momentOf(shiftDay(day, 1)) }, asked);
};

export interface Offer {
  readonly doctor: string;
  readonly mode: 'in-person' | 'video';
  readonly times: readonly Appointment[];
}

const modeUrl = 'https://meridian.example/StructureDefinition/visit-mode';

/** Who is free soonest comes first. */
export const offersOf = (times: readonly Appointment[]): readonly Offer[] => {
  const groups = Map.groupBy(times, (time) => JSON.stringify([doctorOf(time), modeOf(time)]));
  return [...groups.values()].map((group) => ({
    ...{ doctor: doctorOf(group[0]!), mode: modeOf(group[0]!), times: group },
  }));
};

export const doctorOf = (visit: Appointment): string => {
  const actor = actorOf(visit, 'Practitioner') ?? visit.participant[0]?.actor;
  return actor?.display ?? actor?.reference ?? '';
};

export const modeOf = ({ extension }: Appointment): Offer['mode'] =>
  extension?.find(({ url }) => url === modeUrl)?.valueCode === 'video' ? 'video' : 'in-person';

export interface Wanted {
  /** A proposal of `$find`, or what `$hold` gave. */
  readonly visit: Appointment;
  readonly patient: string;
  readonly comment?: string;
}

const naming = ({ visit, patient, comment = '' }: Wanted) => [
  { name: 'appointment-reference', valueReference: { reference: `Appointment/${visit.id ?? ''}` } },
  { name: 'patient-reference', valueReference: { reference: `Patient/${patient}` } },
  ...(comment.trim() === '' ? [] : [{ name: 'comment', valueString: comment.trim() }]),
];

/** Nobody else gets it for ten minutes. Fails with `conflict` when somebody has it. */
export const holdTime = (fhir: Fhir, wanted: Wanted): Promise<Appointment> =>
  operate(fhir, 'Appointment/$hold', naming(wanted));

export const bookTime = (fhir: Fhir, wanted: Wanted): Promise<Appointment> =>
  operate(fhir, 'Appointment/$book', naming(wanted));

/** What was held and is not wanted any more is free for others at once. */
export const letGo = (fhir: Fhir, held: Appointment): Promise<Appointment> =>
  operate(fhir, `Appointment/${held.id ?? ''}/$cancel`);

export const moveVisit = (
  fhir: Fhir,
  { id, to }: { readonly id: string; readonly to: Appointment },
): Promise<Appointment> =>
  operate(fhir, `Appointment/${id}/$reschedule`, [
    { name: 'appointment-reference', valueReference: { reference: `Appointment/${to.id ?? ''}` } },
  ]);
