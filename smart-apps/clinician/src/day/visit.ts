// Visit: an appointment of the day with its patient and, once it has begun, its encounter; where it stands, and who is next.
// https://hl7.org/fhir/R4/appointment.html#statemachine

import type { Appointment, Encounter, FhirResource, Patient } from 'fhir/r4';

export type VisitState =
  'booked' | 'arrived' | 'in-progress' | 'done' | 'no-show' | 'cancelled' | 'other';

export interface Visit {
  readonly appointment: Appointment;
  /** undefined where the record is not open to this hospital. */
  readonly patient: Patient | undefined;
  /** The one under way or done. */
  readonly encounter: Encounter | undefined;
  readonly state: VisitState;
  /** undefined where the appointment does not say. */
  readonly mode: 'in-person' | 'video' | undefined;
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
      state: stateOf(appointment, encounter),
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

/** Since the desk noted the arrival; undefined for who does not wait. */
export const minutesWaiting = ({ state, appointment }: Visit, now: number): number | undefined => {
  const since = appointment.meta?.lastUpdated;
  if (state !== 'arrived' || since === undefined) return undefined;
  return Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
};

export type Change = 'arrive' | 'wait-not' | 'finish' | 'no-show';

/** What can be noted of a visit as it stands. Who did not come is known once it should have begun. */
export const changesOf = (visit: Visit, now: number): readonly Change[] => {
  if (visit.state === 'booked') return startOf(visit) <= now ? ['arrive', 'no-show'] : ['arrive'];
  if (visit.state === 'arrived') return ['finish', 'wait-not'];
  return visit.state === 'in-progress' ? ['finish'] : [];
};

export const patientIdOf = (appointment: Appointment): string | undefined =>
  appointment.participant
    .map(({ actor }) => /^Patient\/([^/]+)$/.exec(actor?.reference ?? '')?.[1])
    .find((id) => id !== undefined);

/** As the appointment says it, where the record itself is not open. */
export const patientNameOf = (appointment: Appointment): string | undefined =>
  appointment.participant.find(({ actor }) => actor?.reference?.startsWith('Patient/'))?.actor
    ?.display;

const startOf = ({ appointment }: Visit): number => Date.parse(appointment.start ?? '');

const patientOf = (
  appointment: Appointment,
  included: readonly FhirResource[],
): Patient | undefined => {
  const id = patientIdOf(appointment);
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

const stateOf = ({ status }: Appointment, encounter: Encounter | undefined): VisitState => {
  const state = states[status] ?? 'other';
  const isOpen = state === 'booked' || state === 'arrived';
  if (isOpen && encounter?.status === 'finished') return 'done';
  return isOpen && encounter?.status === 'in-progress' ? 'in-progress' : state;
};

const states: Readonly<Partial<Record<Appointment['status'], VisitState>>> = {
  ...{ booked: 'booked', arrived: 'arrived', 'checked-in': 'arrived' },
  ...{ fulfilled: 'done', noshow: 'no-show', cancelled: 'cancelled' },
};

const modeOf = ({ extension = [] }: Appointment): Visit['mode'] => {
  const mode = extension.find(({ url }) => url === modeUrl)?.valueCode;
  return mode === 'video' || mode === 'in-person' ? mode : undefined;
};

const modeUrl = 'https://meridian.example/StructureDefinition/visit-mode';
