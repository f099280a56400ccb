// Change a visit: its patient has come, it is done, nobody came. Whoever has changed it meanwhile is not overwritten.
// https://hl7.org/fhir/R4/http.html#concurrency

import type { Appointment } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate, update } from '@meridian/ui/fhir/write.ts';
import type { Change } from './visit.ts';

export interface VisitChange {
  readonly appointment: Appointment;
  readonly change: Change;
}

/** Fails with the kind `conflict` where it was changed since, or where it is too early to say that nobody came. */
export const changeVisit = (
  fhir: Fhir,
  { appointment, change }: VisitChange,
): Promise<Appointment> => {
  if (change === 'no-show')
    return operate<Appointment>(fhir, `Appointment/${appointment.id!}/$no-show`);
  return update(fhir, { ...appointment, status: statuses[change] });
};

const statuses: Readonly<Record<Exclude<Change, 'no-show'>, Appointment['status']>> = {
  arrive: 'arrived',
  'wait-not': 'booked',
  finish: 'fulfilled',
};
