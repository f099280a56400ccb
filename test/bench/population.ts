// A generated population: patients with encounters and observations, the same for the same size and seed.

import { chanceOf, type Chance } from '../support/chance.ts';

/** One patient is ten resources: the patient, two encounters, seven observations. */
const perPatient = 10;
export const mrnSystem = 'http://hospital.example/mrn';
export const codes = ['8480-6', '8462-4', '8867-4', '29463-7', '8302-2', '2339-0', '718-7'];

export interface Entry {
  readonly fullUrl?: string;
  readonly resource: Readonly<Record<string, unknown>> & { readonly resourceType: string };
  readonly request: { readonly method: string; readonly url: string };
}

export interface Population {
  readonly resources: number;
  readonly patients: number;
  /** Of the patient with this number. */
  entries(patient: number): readonly Entry[];
  patient(number: number): Entry['resource'];
  observation(patient: number, place: number): Entry['resource'];
  family(patient: number): string;
  birthDate(patient: number): string;
}

const syllables = ['ka', 'ri', 'mo', 'ta', 'sen', 'lu', 'da', 'pe', 'shi', 'no', 'va', 'ger'];
/** About five patients share a family name, whatever the size. */
const familyOf = (number: number): string =>
  [12, 144, 1728, 20736]
    .map((divisor) => syllables[Math.floor(((number * 7919) % 248_832) / divisor) % 12]!)
    .join('')
    .replace(/^./, (first) => first.toUpperCase());

const twoDigits = (number: number): string => String(number).padStart(2, '0');
const dayOf = (chance: Chance, firstYear: number, years: number): string =>
  `${String(firstYear + chance.below(years))}-${twoDigits(1 + chance.below(12))}-${twoDigits(1 + chance.below(28))}`;

export const populationOf = (resources: number): Population => {
  const patients = Math.max(1, Math.round(resources / perPatient));
  const names = Math.max(1, Math.round(patients / 5));
  const chance = (number: number, salt: number): Chance => chanceOf(number * 31 + salt);
  const family = (number: number): string => familyOf(number % names);
  const birthDate = (number: number): string => dayOf(chance(number, 1), 1930, 90);

  const patient = (number: number): Entry['resource'] => ({
    resourceType: 'Patient',
    id: `p${String(number)}`,
    text: {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${family(number)}</div>`,
    },
    identifier: [
      { use: 'usual', system: mrnSystem, value: `MRN-${String(number)}` },
      { use: 'official', system: 'http://national.example/id', value: String(10_000_000 + number) },
    ],
    active: true,
    name: [{ use: 'official', family: family(number), given: [familyOf(number * 13), 'M'] }],
    telecom: [
      { system: 'phone', value: `+91 90000 ${String(number).padStart(5, '0')}`, use: 'mobile' },
    ],
    gender: number % 2 === 0 ? 'female' : 'male',
    birthDate: birthDate(number),
    address: [
      {
        line: [`${String(number)} Main Road`],
        city: familyOf(number % 50),
        postalCode: String(400_000 + (number % 5000)),
        country: 'IN',
      },
    ],
  });

  const encounter = (number: number, place: number): Entry['resource'] => {
    const day = dayOf(chance(number, 100 + place), 2015, 10);
    return {
      resourceType: 'Encounter',
      id: `e${String(number)}-${String(place)}`,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      type: [
        {
          coding: [
            {
              system: 'http://snomed.info/sct',
              code: '185349003',
              display: 'Encounter for check up',
            },
          ],
        },
      ],
      subject: { reference: `Patient/p${String(number)}` },
      period: { start: `${day}T09:00:00Z`, end: `${day}T09:20:00Z` },
    };
  };

  const observation = (number: number, place: number): Entry['resource'] => {
    const luck = chance(number, 200 + place);
    return {
      resourceType: 'Observation',
      id: `o${String(number)}-${String(place)}`,
      text: {
        status: 'generated',
        div: '<div xmlns="http://www.w3.org/1999/xhtml">A measured value</div>',
      },
      status: 'final',
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/observation-category',
              code: 'vital-signs',
              display: 'Vital Signs',
            },
          ],
        },
      ],
      code: {
        coding: [{ system: 'http://loinc.org', code: codes[place % codes.length]! }],
        text: 'Measured',
      },
      subject: { reference: `Patient/p${String(number)}` },
      encounter: { reference: `Encounter/e${String(number)}-${String(place % 2)}` },
      effectiveDateTime: `${dayOf(luck, 2015, 10)}T10:30:00Z`,
      issued: '2025-01-01T10:30:00.000Z',
      valueQuantity: {
        value: luck.below(2000) / 10,
        unit: 'mmHg',
        system: 'http://unitsofmeasure.org',
        code: 'mm[Hg]',
      },
    };
  };

  const entries = (number: number): readonly Entry[] =>
    [
      patient(number),
      encounter(number, 0),
      encounter(number, 1),
      ...codes.map((_, place) => observation(number, place)),
    ].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${String(resource['id'])}` },
    }));

  return {
    resources: patients * perPatient,
    patients,
    entries,
    patient,
    observation,
    family,
    birthDate,
  };
};

/** The same entries as creates: no ids, references by urn:uuid. */
export const asCreates = (entries: readonly Entry[], mark: string): readonly Entry[] => {
  const urns = new Map(
    entries.map(({ request }, place) => [
      request.url,
      `urn:uuid:${mark.padStart(8, '0').slice(-8)}-0000-4000-8000-${String(place).padStart(12, '0')}`,
    ]),
  );
  return entries.map(({ resource, request }) => {
    const text = JSON.stringify({ ...resource, id: undefined }).replaceAll(
      /"reference":"([^"]+)"/g,
      (whole, target: string) => (urns.has(target) ? `"reference":"${urns.get(target)!}"` : whole),
    );
    return {
      fullUrl: urns.get(request.url)!,
      resource: JSON.parse(text) as Entry['resource'],
      request: { method: 'POST', url: resource.resourceType },
    };
  });
};

export const transaction = (entries: readonly Entry[]): string =>
  JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: entries });
