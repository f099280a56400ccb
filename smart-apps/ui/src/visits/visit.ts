// Visit: what an Appointment says of who takes part and how, besides R4's own elements.
// https://hl7.org/fhir/R4/appointment.html, profiles/StructureDefinition-visit-mode.json

import type { Appointment, AppointmentParticipant, Reference } from 'fhir/r4';

export const visitModes = ['in-person', 'video'] as const;
export type VisitMode = (typeof visitModes)[number];

/** undefined where the Appointment does not say it. */
export const modeOf = ({ extension = [] }: Appointment): VisitMode | undefined => {
  const said = extension.find(({ url }) => url === modeUrl)?.valueCode;
  return visitModes.find((mode) => mode === said);
};

type ActorType = 'Patient' | 'Practitioner' | 'Location' | 'HealthcareService';

/** Of those who take part: the patient, whom they see, where, and for what. */
export const participantOf = (
  { participant }: Appointment,
  type: ActorType,
): AppointmentParticipant | undefined =>
  participant.find(({ actor }) => actor?.reference?.startsWith(`${type}/`));

export const actorOf = (visit: Appointment, type: ActorType): Reference | undefined =>
  participantOf(visit, type)?.actor;

/** The name of the doctor, or of the service where nobody is named. */
export const doctorOf = (visit: Appointment): string =>
  actorOf(visit, 'Practitioner')?.display ?? actorOf(visit, 'HealthcareService')?.display ?? '';

/** `Patient/1` as `1`. */
export const idOf = (reference: string | undefined): string | undefined =>
  reference?.split('/').at(-1);

const modeUrl = 'https://meridian.example/StructureDefinition/visit-mode';
