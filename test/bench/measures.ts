// What is measured: per row a name and the request number `n` of it, so that no two connections ask the same at once.

import { asCreates, codes, mrnSystem, transaction, type Population } from './population.ts';

export interface Asked {
  readonly method: string;
  /** Below the FHIR base. */
  readonly path: string;
  readonly body?: string;
}

export interface Measure {
  readonly name: string;
  readonly title: string;
  /** How many resources one request writes, when it writes several. */
  readonly batch?: number;
  readonly request: (people: Population, n: number) => Asked;
}

const identifier = (n: number): string => encodeURIComponent(`${mrnSystem}|MRN-${String(n)}`);
const code = (n: number): string =>
  encodeURIComponent(`http://loinc.org|${codes[n % codes.length]!}`);
/** Spreads over the population: 7,919 is prime. */
const someone = (people: Population, n: number): number => (n * 7919) % people.patients;
const get = (path: string): Asked => ({ method: 'GET', path });

export const measures: readonly Measure[] = [
  {
    name: 'read',
    title: 'read by id',
    request: (people, n) => get(`Patient/p${String(someone(people, n))}`),
  },
  {
    name: 'identifier',
    title: 'search identifier',
    request: (people, n) => get(`Patient?identifier=${identifier(someone(people, n))}&_count=20`),
  },
  {
    name: 'name',
    title: 'search name',
    request: (people, n) => get(`Patient?name=${people.family(someone(people, n))}&_count=20`),
  },
  {
    name: 'birthdate',
    title: 'search birthdate',
    request: (people, n) =>
      get(`Patient?birthdate=${people.birthDate(someone(people, n))}&_count=20`),
  },
  {
    name: 'patient-code-date',
    title: 'search patient+code, by -date',
    request: (people, n) =>
      get(
        `Observation?patient=p${String(someone(people, n))}&code=${code(n)}&_sort=-date&_count=20`,
      ),
  },
  {
    name: 'code-date',
    title: 'search code, by -date',
    request: (_, n) => get(`Observation?code=${code(n)}&_sort=-date&_count=20`),
  },
  {
    name: 'chained',
    title: 'search chained identifier',
    request: (people, n) =>
      get(
        `Observation?patient.identifier=${identifier(someone(people, n))}&code=${code(n)}&_count=20`,
      ),
  },
  {
    name: 'include',
    title: 'search with includes',
    request: (people, n) =>
      get(
        `Encounter?patient=p${String(someone(people, n))}&_include=Encounter:patient&_revinclude=Observation:encounter&_count=20`,
      ),
  },
  {
    name: 'everything',
    title: 'Patient/$everything',
    request: (people, n) => get(`Patient/p${String(someone(people, n))}/$everything`),
  },
  {
    name: 'history',
    title: 'instance history',
    request: (people, n) => get(`Patient/p${String(someone(people, n))}/_history`),
  },
  {
    name: 'update',
    title: 'update',
    request: (people, n) => {
      const number = someone(people, n);
      return {
        method: 'PUT',
        path: `Patient/p${String(number)}`,
        body: JSON.stringify({ ...people.patient(number), multipleBirthInteger: 1 + (n % 9) }),
      };
    },
  },
  {
    name: 'create',
    title: 'create',
    request: (people, n) => ({
      method: 'POST',
      path: 'Observation',
      body: JSON.stringify({ ...people.observation(someone(people, n), n), id: undefined }),
    }),
  },
  {
    name: 'transaction',
    title: 'transaction upload, resources/s',
    batch: 500,
    request: (people, n) => ({
      method: 'POST',
      path: '',
      body: transaction(
        Array.from({ length: 50 }, (_, place) =>
          asCreates(
            people.entries(someone(people, n * 50 + place)),
            `${String(n % 9999)}${String(1000 + place)}`,
          ),
        ).flat(),
      ),
    }),
  },
];
