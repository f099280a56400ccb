// Consents: who stands for a patient, and to whom a patient shows which records until when.
// https://profiles.ihe.net/ITI/PCF/StructureDefinition-IHE.PCF.consentBasic.html

import type { Consent, FhirResource, RelatedPerson } from 'fhir/r4.js';
import { hl7, refer, seeded } from './concepts.ts';
import { momentOf, plusDays, plusYears } from './dates.ts';
import { subjectOf } from './encounters.ts';
import { hospitals } from './hospitals.ts';
import { mobile, relativeOf, type Person } from './person.ts';
import { randomOf } from './random.ts';

/** Children have a parent until they are eighteen, and some of the old a child for two years. */
export const proxyOf = (person: Person, day: string): readonly FhirResource[] => {
  const isChild = person.age < 18;
  if (!isChild && (person.age < 72 || person.nth % 2 === 0)) return [];
  const end = isChild ? plusYears(person.birthDate, 18) : plusYears(day, 2);
  return [relatedPersonOf(person), proxyConsentOf(person, { start: plusDays(day, -30), end })];
};

const relatedPersonOf = (person: Person): RelatedPerson => {
  const { gender, given, family, relationship, phone } = relativeOf(person);
  const id = `${person.id}-relative`;
  return {
    ...{ resourceType: 'RelatedPerson', id, identifier: seeded(id), active: true, gender },
    patient: subjectOf(person),
    relationship: [{ coding: [relationship] }],
    name: [{ use: 'official', family, given: [given] }],
    telecom: [mobile(phone)],
  };
};

interface Span {
  readonly start: string;
  readonly end: string;
}

const common = (id: string, person: Person, day: string) => ({
  ...{ resourceType: 'Consent' as const, id, status: 'active' as const, identifier: seeded(id) },
  scope: { coding: [hl7('consentscope', 'patient-privacy')] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: subjectOf(person),
  dateTime: momentOf(day, 10 * 60),
  policyRule: { coding: [hl7('v3-ActCode', 'OPTIN')] },
});

const proxyConsentOf = (person: Person, period: Span): Consent => {
  const relative = refer('RelatedPerson', `${person.id}-relative`);
  return {
    ...common(`${person.id}-proxy`, person, period.start),
    performer: [person.age < 18 ? relative : subjectOf(person)],
    provision: {
      ...{ type: 'permit', period: { ...period } },
      actor: [{ role: { coding: [hl7('v3-RoleCode', 'DELEGATEE')] }, reference: relative }],
    },
  };
};

/** What patients choose; most share everything. */
const choices: readonly (readonly string[])[] = [
  ['everything'],
  ['everything'],
  ['results', 'medications', 'allergies'],
  ['conditions', 'medications', 'documents'],
];

/** Two in five let another hospital see records for a year; one in ten of these has ended by now. */
export const sharingOf = (person: Person, day: string): readonly Consent[] => {
  const random = randomOf(`${person.id}/sharing`);
  if (!random.chance(40)) return [];
  const others = hospitals.filter(({ id }) => id !== person.home.id);
  const receiver = random.pick(others);
  const start = plusDays(day, random.chance(10) ? -500 : -random.between(1, 200));
  return [
    {
      ...common(`${person.id}-sharing`, person, start),
      performer: [subjectOf(person)],
      provision: {
        ...{ type: 'permit', period: { start, end: plusYears(start, 1) } },
        actor: [
          {
            role: { coding: [hl7('v3-ParticipationType', 'IRCP')] },
            reference: refer('Organization', receiver.id, receiver.name),
          },
        ],
        purpose: [hl7('v3-ActReason', 'TREAT')],
        class: random.pick(choices).map((code) => ({ system: sharingKinds, code })),
      },
    },
  ];
};

const sharingKinds = 'https://meridian.example/CodeSystem/sharing-kind';
