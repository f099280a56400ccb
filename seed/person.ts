// Person: who the nth patient of the seed is, and the Patient resource that says so. The health ID is the server's to give.

import type { ContactPoint, Patient } from 'fhir/r4.js';
import { hl7, refer, seeded } from './concepts.ts';
import { plusDays, yearsBetween } from './dates.ts';
import { hospitals, type Hospital } from './hospitals.ts';
import { communities, latinName, namedFrom, type Named } from './names.ts';
import { randomOf } from './random.ts';

export interface Person {
  readonly nth: number;
  /** Logical id of the Patient. */
  readonly id: string;
  /** In Latin letters. */
  readonly name: string;
  readonly named: Named;
  readonly gender: 'female' | 'male';
  readonly birthDate: string;
  /** In years, on the day of the seed. */
  readonly age: number;
  readonly home: Hospital;
  readonly phone: string;
}

/** `nth` from 1 on. The same for the same number and seed, whatever day it is. */
export const personOf = (nth: number, seed: string, day: string): Person => {
  const random = randomOf(`${seed}/person/${String(nth)}`);
  const gender = random.chance(52) ? 'female' : 'male';
  const named = namedFrom(random.pick(communities), gender, random);
  const birthDate = birthDateOf(nth);
  return {
    ...{ nth, id: `seed-${String(nth)}`, named, gender, birthDate, name: latinName(named) },
    home: hospitals[nth % hospitals.length]!,
    age: yearsBetween(birthDate, day),
    phone: `+91 9${String(100_000_000 + ((nth * 7919) % 800_000_000))}`,
  };
};

const lastBirth = '2026-05-31';
const lifeDays = 29_989;

/** Two people of the first thirty thousand have two birth dates: else half of them were taken for each other. */
const birthDateOf = (nth: number): string => plusDays(lastBirth, -((nth * 7919) % lifeDays));

export const patientOf = (person: Person): Patient => {
  const { named, gender, birthDate, home, phone } = person;
  const { community, family, given } = named;
  return {
    ...{ resourceType: 'Patient', id: person.id, active: true, gender, birthDate },
    identifier: [...seeded(person.id), recordNumber(person)],
    name: [
      { use: 'official', family: family[0], given: [given[0]] },
      { use: 'usual', text: `${given[1]} ${family[1]}` },
    ],
    telecom: [mobile(phone)],
    address: [addressOf(person)],
    contact: [contactOf(person)],
    communication: [
      {
        language: {
          coding: [
            { system: 'urn:ietf:bcp:47', code: community.language, display: community.display },
          ],
        },
        preferred: true,
      },
    ],
    managingOrganization: refer('Organization', home.id, home.name),
  };
};

const recordNumber = ({ nth, home }: Person) => ({
  use: 'usual' as const,
  type: { coding: [hl7('v2-0203', 'MR', 'Medical record number')] },
  ...{ system: `https://${home.id}.example/mrn`, value: `S-${String(nth).padStart(6, '0')}` },
  assigner: { display: home.name },
});

export const mobile = (value: string): ContactPoint => ({ system: 'phone', value, use: 'mobile' });

const addressOf = ({ nth, home }: Person) => {
  const { city, state, postalCode } = home.place;
  const street = home.streets[nth % home.streets.length]!;
  const near = Number(postalCode) + (nth % 60);
  return {
    ...{ use: 'home' as const, line: [`${String(1 + (nth % 180))} ${street}`], city, state },
    ...{ postalCode: String(near), country: 'IN' },
  };
};

/** Whom to call: somebody of the family, who stands for the patient where there is a proxy. */
export const relativeOf = (person: Person) => {
  const random = randomOf(`${person.id}/relative`);
  const gender = random.chance(50) ? ('female' as const) : ('male' as const);
  const given = random.pick(person.named.community[gender])[0];
  const [parent, child] =
    gender === 'female' ? (['MTH', 'DAU'] as const) : (['FTH', 'SON'] as const);
  const code = person.age < 25 ? parent : child;
  return {
    ...{ gender, given, family: person.named.family[0] },
    relationship: hl7('v3-RoleCode', code, kinship[code]),
    phone: `+91 8${String(100_000_000 + ((person.nth * 7919) % 800_000_000))}`,
  };
};

const kinship = { MTH: 'mother', FTH: 'father', DAU: 'natural daughter', SON: 'natural son' };

const contactOf = (person: Person) => {
  const { gender, given, family, relationship, phone } = relativeOf(person);
  return {
    relationship: [{ coding: [relationship] }],
    name: { family, given: [given] },
    telecom: [mobile(phone)],
    gender,
  };
};
