// Prevention: what a person is allergic to, and the vaccines they had at their age.

import type { AllergyIntolerance, Coding, Immunization } from 'fhir/r4.js';
import { coding, concept, hl7, refer, seeded, systems } from './concepts.ts';
import { plusDays, workingDay } from './dates.ts';
import { subjectOf } from './encounters.ts';
import type { Person } from './person.ts';
import { randomOf } from './random.ts';

interface Allergen {
  readonly coding?: Coding;
  readonly text: string;
  readonly category: 'medication' | 'food' | 'environment';
  readonly reaction: string;
}

const allergens: readonly Allergen[] = [
  drug('723', 'amoxicillin', 'Hives'),
  drug('10180', 'sulfamethoxazole', 'Rash'),
  drug('5640', 'ibuprofen', 'Swelling of the eyelids'),
  drug('1191', 'aspirin', 'Wheeze'),
  { text: 'Peanut', category: 'food', reaction: 'Itching of the mouth' },
  { text: 'Prawns', category: 'food', reaction: 'Hives' },
  { text: 'House dust', category: 'environment', reaction: 'Sneezing' },
];

function drug(code: string, name: string, reaction: string): Allergen {
  return { coding: coding('rxnorm', code, name), text: name, category: 'medication', reaction };
}

/** One in three has one. */
export const allergiesOf = (person: Person, day: string): readonly AllergyIntolerance[] => {
  const random = randomOf(`${person.id}/allergies`);
  if (!random.chance(33)) return [];
  const { text, category, reaction, coding: code } = random.pick(allergens);
  const id = `${person.id}-allergy`;
  return [
    {
      ...{ resourceType: 'AllergyIntolerance', id, identifier: seeded(id), type: 'allergy' },
      clinicalStatus: { coding: [hl7('allergyintolerance-clinical', 'active', 'Active')] },
      verificationStatus: {
        coding: [hl7('allergyintolerance-verification', 'confirmed', 'Confirmed')],
      },
      ...{ category: [category], criticality: category === 'medication' ? 'high' : 'low' },
      code: code === undefined ? { text } : concept(code),
      patient: subjectOf(person),
      recordedDate: sinceBirth(plusDays(day, -random.between(30, 1500)), person),
      recorder: refer('Practitioner', person.home.doctors[0]!.id),
      reaction: [{ manifestation: [{ text: reaction }], severity: 'moderate' }],
    },
  ];
};

const sinceBirth = (day: string, { birthDate }: Person): string =>
  day < birthDate ? birthDate : day;

interface Vaccine {
  readonly cvx: readonly [code: string, display: string];
  /** Days after birth, or the day itself. */
  readonly given: number | string;
  /** Years at the day it is given; outside them it is not. */
  readonly ages: readonly [number, number];
  readonly dose: number;
}

/** After India's national schedule; of childhood only what is on paper today, which is that of who was born lately. */
const vaccines: readonly Vaccine[] = [
  { cvx: ['19', 'BCG'], given: 1, ages: [0, 18], dose: 1 },
  { cvx: ['08', 'Hep B, adolescent or pediatric'], given: 1, ages: [0, 18], dose: 1 },
  { cvx: ['20', 'DTaP'], given: 42, ages: [0, 18], dose: 1 },
  { cvx: ['20', 'DTaP'], given: 70, ages: [0, 18], dose: 2 },
  { cvx: ['20', 'DTaP'], given: 98, ages: [0, 18], dose: 3 },
  { cvx: ['10', 'IPV'], given: 98, ages: [0, 18], dose: 1 },
  { cvx: ['03', 'MMR'], given: 275, ages: [0, 18], dose: 1 },
  { cvx: ['03', 'MMR'], given: 490, ages: [0, 18], dose: 2 },
  {
    cvx: ['210', 'COVID-19 vaccine, vector-nr, rS-ChAdOx1, PF, 0.5 mL'],
    ...{ given: '2021-06-14', ages: [22, 99], dose: 1 },
  },
  {
    cvx: ['210', 'COVID-19 vaccine, vector-nr, rS-ChAdOx1, PF, 0.5 mL'],
    ...{ given: '2021-09-06', ages: [22, 99], dose: 2 },
  },
  {
    cvx: ['140', 'Influenza, split virus, trivalent, PF'],
    ...{ given: '2025-10-13', ages: [60, 99], dose: 1 },
  },
  {
    cvx: ['33', 'pneumococcal polysaccharide vaccine, 23 valent'],
    ...{ given: '2024-04-08', ages: [67, 99], dose: 1 },
  },
];

/** `ages` are those on the day of the seed. */
export const immunizationsOf = (person: Person, day: string): readonly Immunization[] =>
  vaccines
    .filter(({ ages: [least, most] }) => person.age >= least && person.age <= most)
    .map((vaccine, at) => immunizationOf(vaccine, person, at))
    .filter(({ occurrenceDateTime }) => occurrenceDateTime! <= day);

const immunizationOf = (
  { cvx: [code, display], given, dose }: Vaccine,
  person: Person,
  at: number,
): Immunization => {
  const id = `${person.id}-vaccine-${String(at + 1)}`;
  const when = typeof given === 'number' ? plusDays(person.birthDate, given) : given;
  return {
    ...{ resourceType: 'Immunization', id, identifier: seeded(id), status: 'completed' },
    vaccineCode: concept(coding('cvx', code, display)),
    patient: subjectOf(person),
    occurrenceDateTime: workingDay(when),
    primarySource: true,
    lotNumber: `L${String((person.nth * 31 + at * 7) % 9000).padStart(4, '0')}`,
    route: {
      coding: [hl7('v3-RouteOfAdministration', 'IM', 'Injection, intramuscular')],
    },
    doseQuantity: { value: 0.5, unit: 'mL', system: systems.ucum, code: 'mL' },
    performer: [{ actor: refer('Practitioner', person.home.doctors[0]!.id) }],
    protocolApplied: [{ doseNumberPositiveInt: dose }],
  };
};
