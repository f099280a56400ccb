// Visit: an appointment of the day with its patient and, once it has begun, its encounter; where it stands, and who is next.
// https://hl7.org/fhir/R4/appointment.html#statemachine

import type { Appointment, Encounter, FhirResource, Patient } from 'fhir/r4';
import { minutesSinceArrival, type VisitChange } from '@meridian/ui/visits/change-visit.ts';
import { stateOf, type VisitState } from '@meridian/ui/visits/states.ts';
import { actorOf, idOf, modeOf, type VisitMode } from '@meridian/ui/visits/visit.ts';

/** With the encounter one knows more than the appointment says. */
export type DayState = VisitState | 'in-progress';

export interface Visit {
  readonly appointment: Appointment;
  /** undefined where the record is not open to this hospital. */
  readonly patient: Patient | undefined;
  /** The one under way or done. */
  readonly encounter: Encounter | undefined;
  readonly state: DayState;
  /** undefined where the appointment does not say. */
  readonly mode: VisitMode | undefined;
}

export const visitsOf = (
  appointments: readonly Appointment[],
  included: readonly FhirResource[],
): readonly Visit[] =>
  appointments.map((appointment) => {
    const encounter = encounterOf(appointment, included);
    return {
      ...{ appointment, encounter, mode: modeOf(appointment) },
      patient: patientOf(appointment, included),
      state: standingOf(appointment, encounter),
    };
  });

/** Who waits goes before who is still to come; of those, who was booked first. */
export const nextOf = (visits: readonly Visit[]): Visit | undefined => {
  const byStart = [...visits].sort((a, b) => startOf(a) - startOf(b));
  return (
    byStart.find(({ state }) => state === 'arrived') ??
    byStart.find(({ state }) => state === 'booked')
  );
};

/** undefined for who does not wait. */
export const minutesWaiting = ({ state, appointment }: Visit, now: number): number | undefined =>
  state === 'arrived' ? minutesSinceArrival(appointment, now) : undefined;

/** What can be noted of a visit as it stands. Who did not come is known once it should have begun. */
export const changesOf = (visit: Visit, now: number): readonly VisitChange[] => {
  if (visit.state === 'booked') return startOf(visit) <= now ? ['arrive', 'no-show'] : ['arrive'];
  if (visit.state === 'arrived') return ['finish', 'wait-not'];
  return visit.state === 'in-progress' ? ['finish'] : [];
};

/** As the appointment says it, where the record itself is not open. */
export const patientNameOf = (appointment: Appointment): string | undefined =>
  actorOf(appointment, 'Patient')?.display;

const startOf = ({ appointment }: Visit): number => Date.parse(appointment.start ?? '');

const patientOf = (
  appointment: Appointment,
  included: readonly FhirResource[],
): Patient | undefined => {
  const id = idOf(actorOf(appointment, 'Patient')?.reference);
  return included.find(
    (resource): resource is Patient => resource.resourceType === 'Patient' && resource.id === id,
  );
};

const encounterOf = (
  { id = '' }: Appointment,
  included: readonly FhirResource[],
): Encounter | undefined =>
  included.find(
    (resource): resource is Encounter =>
      resource.resourceType === 'Encounter' &&
      (resource.appointment ?? []).some(({ reference }) => reference === `Appointment/${id}`),
  );

const standingOf = (appointment: Appointment, encounter: Encounter | undefined): DayState => {
  const state = stateOf(appointment);
  const isOpen = state === 'booked' || state === 'arrived';
  if (isOpen && encounter?.status === 'finished') return 'done';
  return isOpen && encounter?.status === 'in-progress' ? 'in-progress' : state;
};
