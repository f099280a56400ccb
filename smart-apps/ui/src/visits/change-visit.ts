// Change a visit: its patient has come, it is done, nobody came. Whoever has changed it meanwhile is not overwritten.
// https://hl7.org/fhir/R4/http.html#concurrency

import type { Appointment, AppointmentParticipant, Period } from 'fhir/r4';
import type { Fhir } from '../fhir/client.ts';
import { operate, update } from '../fhir/write.ts';
import { participantOf } from './visit.ts';

export type VisitChange = 'arrive' | 'wait-not' | 'finish' | 'no-show';

export interface ChangingVisit {
  readonly visit: Appointment;
  readonly change: VisitChange;
}

/** Fails with the kind `conflict` where it was changed since, or where it is too early to say that nobody came. */
export const changeVisit = (
  fhir: Fhir,
  { visit, change }: ChangingVisit,
  now = new Date(),
): Promise<Appointment> => {
  switch (change) {
    case 'arrive':
      return update(fhir, { ...present(visit, { start: now.toISOString() }), status: 'arrived' });
    case 'wait-not':
      return update(fhir, { ...present(visit, undefined), status: 'booked' });
    case 'finish':
      return update(fhir, { ...visit, status: 'fulfilled' });
    case 'no-show':
      return operate(fhir, `Appointment/${visit.id!}/$no-show`);
  }
};

/** Whole minutes; undefined where nobody has noted when the patient came. `now` in milliseconds since 1970. */
export const minutesSinceArrival = (visit: Appointment, now: number): number | undefined => {
  const came = Date.parse(participantOf(visit, 'Patient')?.period?.start ?? '');
  return Number.isNaN(came) ? undefined : Math.max(0, Math.floor((now - came) / 60_000));
};

/** The patient's part of a visit begins with the arrival. https://hl7.org/fhir/R4/appointment-definitions.html#Appointment.participant.period */
const present = (visit: Appointment, period: Period | undefined): Appointment => {
  const patient = participantOf(visit, 'Patient');
  return {
    ...visit,
    participant: visit.participant.map((each) => (each === patient ? taking(each, period) : each)),
  };
};

const taking = (
  participant: AppointmentParticipant,
  period: Period | undefined,
): AppointmentParticipant => {
  const taken = { ...participant };
  if (period === undefined) delete taken.period;
  else taken.period = period;
  return taken;
};
