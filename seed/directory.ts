// Directory: the resources of a hospital that everybody may see: who works there, what is offered, when, and for how much.

import { createHash } from 'node:crypto';
import type {
  ChargeItemDefinition,
  FhirResource,
  HealthcareService,
  Identifier,
  Location,
  Organization,
  Practitioner,
  PractitionerRole,
  Schedule,
} from 'fhir/r4.js';
import { availabilityOf, clinics, type Clinic } from './clinics.ts';
import { concept, hl7, refer, seeded } from './concepts.ts';
import { doctorName, nameOf, type Doctor, type Hospital } from './hospitals.ts';

/** Those that refer to others come after them. */
export const directoryOf = (hospital: Hospital, day: string): readonly FhirResource[] => [
  organizationOf(hospital),
  locationOf(hospital),
  personOf(hospital.desk, ''),
  roleOf(hospital, hospital.desk),
  ...hospital.doctors.flatMap((doctor) => [
    personOf(doctor, 'Dr.'),
    roleOf(hospital, doctor),
    ...clinics.flatMap((clinic) => offered({ hospital, doctor, clinic }, day)),
  ]),
];

export const locationId = ({ id }: Hospital): string => `${id}-outpatients`;

const organizationOf = ({ id, name, phone, place }: Hospital): Organization => ({
  ...{ resourceType: 'Organization', id, identifier: seeded(id), active: true, name },
  type: [{ coding: [hl7('organization-type', 'prov', 'Healthcare Provider')] }],
  telecom: [
    { system: 'phone', value: phone, use: 'work' },
    { system: 'email', value: `records@${id}.example` },
  ],
  address: [{ use: 'work', ...addressOf(place) }],
});

const addressOf = ({ line, ...place }: Hospital['place']) => ({
  ...{ line: [line], ...place, country: 'IN' },
});

const locationOf = (hospital: Hospital): Location => ({
  ...{ resourceType: 'Location', id: locationId(hospital), status: 'active', mode: 'instance' },
  name: `${hospital.name}, outpatients`,
  managingOrganization: refer('Organization', hospital.id, hospital.name),
  address: addressOf(hospital.place),
});

type Person = Hospital['desk'] & Partial<Pick<Doctor, 'speaks' | 'specialty'>>;

const personOf = ({ id, name, gender, speaks = [] }: Person, prefix: string): Practitioner => ({
  ...{ resourceType: 'Practitioner', id, active: true, gender },
  identifier: [...seeded(id), ...(prefix === '' ? [] : [registeredAs(id)])],
  name: [
    {
      ...{ use: 'official', family: name[1], given: [name[0]] },
      ...(prefix === '' ? {} : { prefix: [prefix] }),
    },
  ],
  ...(speaks.length === 0 ? {} : { communication: speaks.map(languageOf) }),
});

/** What a doctor's prescriptions must carry; made up, and always the same. */
const registeredAs = (id: string): Identifier => ({
  use: 'official',
  system: 'https://medical-council.example/registration',
  value: `MC-${String(createHash('sha256').update(id).digest().readUIntBE(0, 3)).padStart(8, '0')}`,
});

const languageOf = (code: string) => ({ coding: [{ system: 'urn:ietf:bcp:47', code }] });

const roleOf = (hospital: Hospital, person: Person): PractitionerRole => ({
  ...{ resourceType: 'PractitionerRole', id: `${person.id}-role`, active: true },
  practitioner: refer('Practitioner', person.id, nameOf(person)),
  organization: refer('Organization', hospital.id, hospital.name),
  location: [refer('Location', locationId(hospital))],
  ...(person.specialty === undefined ? {} : { specialty: [concept(person.specialty)] }),
});

interface Offer {
  readonly hospital: Hospital;
  readonly doctor: Doctor;
  readonly clinic: Clinic;
}

const offered = (offer: Offer, day: string): readonly FhirResource[] => [
  serviceOf(offer),
  priceOf(offer),
  scheduleOf(offer, day),
];

const titleOf = ({ doctor, clinic }: Offer): string =>
  `${doctor.specialty.display!}, ${clinic.mode === 'video' ? 'by video' : 'in person'}: ${doctorName(doctor)}`;

const rupeesOf = ({ doctor, clinic }: Offer): number =>
  clinic.mode === 'video' ? Math.round((doctor.rupees * 4) / 5) : doctor.rupees;

const serviceOf = (offer: Offer): HealthcareService => ({
  resourceType: 'HealthcareService',
  ...{ id: offer.clinic.idOf(offer.doctor), active: true, name: titleOf(offer) },
  providedBy: refer('Organization', offer.hospital.id, offer.hospital.name),
  location: [refer('Location', locationId(offer.hospital))],
  type: [concept(offer.doctor.specialty)],
  specialty: [concept(offer.doctor.specialty)],
  communication: offer.doctor.speaks.map(languageOf),
  extraDetails: `₹${String(rupeesOf(offer))} a visit of ${String(offer.clinic.length)} minutes`,
  appointmentRequired: true,
});

/** Has the id of the service whose visits it prices, and names it as where it holds. */
const priceOf = (offer: Offer): ChargeItemDefinition => ({
  resourceType: 'ChargeItemDefinition',
  id: offer.clinic.idOf(offer.doctor),
  url: `https://meridian.example/ChargeItemDefinition/${offer.clinic.idOf(offer.doctor)}`,
  ...{ status: 'active', title: titleOf(offer) },
  useContext: [
    {
      code: hl7('usage-context-type', 'venue', 'Clinical Venue'),
      valueReference: refer('HealthcareService', offer.clinic.idOf(offer.doctor)),
    },
  ],
  propertyGroup: [
    {
      priceComponent: [{ type: 'base', amount: { value: rupeesOf(offer), currency: 'INR' } }],
    },
  ],
});

const scheduleOf = (offer: Offer, day: string): Schedule => ({
  ...{ resourceType: 'Schedule', id: offer.clinic.idOf(offer.doctor), active: true },
  extension: [availabilityOf(offer.clinic, day) as NonNullable<Schedule['extension']>[number]],
  serviceType: [concept(offer.doctor.specialty)],
  specialty: [concept(offer.doctor.specialty)],
  actor: [
    refer('Practitioner', offer.doctor.id, doctorName(offer.doctor)),
    refer('Location', locationId(offer.hospital)),
    refer('HealthcareService', offer.clinic.idOf(offer.doctor), titleOf(offer)),
  ],
});
