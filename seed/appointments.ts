// Appointments: the visits a patient has had, and the next one, with its Slot, so that nobody else can book that time.

import type { Appointment, AppointmentParticipant, FhirResource, Slot } from 'fhir/r4.js';
import { clinics, timeAt } from './clinics.ts';
import { concept, refer, seeded } from './concepts.ts';
import { momentOf, plusDays } from './dates.ts';
import { locationId } from './directory.ts';
import { subjectOf } from './encounters.ts';
import { doctorName, type Doctor, type Hospital } from './hospitals.ts';
import type { Person } from './person.ts';
import type { Visit } from './visits.ts';

/** It has taken place. */
export const pastAppointment = (visit: Visit, person: Person): Appointment => ({
  ...{ resourceType: 'Appointment', id: `${visit.id}-appointment`, status: 'fulfilled' },
  identifier: seeded(`${visit.id}-appointment`),
  serviceType: [concept(visit.doctor.specialty)],
  specialty: [concept(visit.doctor.specialty)],
  start: momentOf(visit.day, visit.from),
  end: momentOf(visit.day, visit.from + 20),
  minutesDuration: 20,
  participant: participantsOf(person, visit.hospital, visit.doctor),
});

/** Further ahead than this many visits of one clinic nobody has booked. */
const mostAhead = 150;

/** Two patients never have the same time. Empty where the clinic is full. */
export const nextAppointment = (person: Person, day: string): readonly FhirResource[] => {
  const { home } = person;
  // Patients of one hospital take its doctors in turn, first all of them in person, then all by video.
  const turn = Math.floor((person.nth - 1) / 3);
  const doctor = home.doctors[turn % home.doctors.length]!;
  const round = Math.floor(turn / home.doctors.length);
  const clinic = clinics[round % clinics.length]!;
  const nth = Math.floor(round / clinics.length);
  if (nth >= mostAhead) return [];
  // In person today, so that a doctor's day is not empty; by video from tomorrow on, so that some are still to come.
  const first = clinic.mode === 'video' ? plusDays(day, 1) : day;
  const { day: when, from } = timeAt(clinic, first, nth);
  const span = { start: momentOf(when, from), end: momentOf(when, from + clinic.length) };
  const schedule = clinic.idOf(doctor);
  const services = {
    serviceType: [concept(doctor.specialty)],
    specialty: [concept(doctor.specialty)],
  };
  const slot: Slot = {
    ...{ resourceType: 'Slot', id: slotId(schedule, span.start, clinic.length), status: 'busy' },
    ...{ ...services, schedule: refer('Schedule', schedule), ...span },
  };
  const id = `${person.id}-next`;
  const appointment: Appointment = {
    ...{ resourceType: 'Appointment', id, identifier: seeded(id), status: 'booked' },
    extension: [
      {
        url: 'https://meridian.example/StructureDefinition/visit-mode',
        valueCode: clinic.mode,
      },
    ],
    ...{ ...services, ...span, minutesDuration: clinic.length },
    slot: [refer('Slot', slot.id!)],
    participant: participantsOf(person, home, doctor),
  };
  return [slot, appointment];
};

/** The first seat of this time, by the id that booking gives it: so it cannot be booked a second time. */
const slotId = (schedule: string, start: string, minutes: number): string =>
  `${schedule}.${(Date.parse(start) / 60_000).toString(36)}.${String(minutes)}.0`;

const participantsOf = (
  person: Person,
  hospital: Hospital,
  doctor: Doctor,
): AppointmentParticipant[] => [
  { actor: subjectOf(person), required: 'required', status: 'accepted' },
  {
    actor: refer('Practitioner', doctor.id, doctorName(doctor)),
    ...{ required: 'required', status: 'accepted' },
  },
  { actor: refer('Location', locationId(hospital)), status: 'accepted' },
];
