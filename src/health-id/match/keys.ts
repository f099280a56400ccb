// keys: the index values by which candidates are found. Two records of one person have at least one key in common though
// nearly everything may be mistyped in one of them; two strangers hardly ever have.

import type { Resource } from '../../fhir/resource.ts';
import type { Entry } from '../../search/entry.ts';
import type { Registry } from '../../search/registry.ts';
import { fullNameOf } from './nicknames.ts';
import { readPerson, type Name, type Person } from './person.ts';
import { phoneticOf } from './phonetic.ts';

/** The index param of the keys. No client can search by it. */
export const keyParam = 'Patient._match';

/** A registry that also gives the keys of Patients. */
export const withMatchKeys = (registry: Registry): Registry => ({
  ...registry,
  extract: (resource, custodian) =>
    resource.resourceType === 'Patient'
      ? [...registry.extract(resource, custodian), ...entriesOf(resource)]
      : registry.extract(resource, custodian),
});

const entriesOf = (resource: Resource): readonly Entry[] =>
  keysOf(readPerson(resource)).map((code) => ({
    ...{ kind: 'token', param: keyParam, n: 0, system: '', code },
  }));

export const keysOf = (person: Person): readonly string[] => {
  const { phones, emails, identifiers, birthDate, addresses } = person;
  const names = person.names.slice(0, 3).flatMap(soundsOf);
  const codes = addresses.map(({ code }) => code).filter(Boolean);
  const keys = [
    ...identifiers.map((each) => `i:${each}`),
    ...emails.map((each) => `e:${each}`),
    ...phones.map((each) => `p:${each}`),
    ...names.flatMap((name) => (birthDate === undefined ? [] : datedKeys(name, birthDate))),
    ...names.flatMap((name) => codes.map((code) => `a:${bothOf(name)}:${code}`)),
  ];
  return [...new Set(keys)].slice(0, most);
};

const most = 40;

interface Sounds {
  readonly family: string;
  readonly given: string;
}

/** A double name is also known by each half. */
const soundsOf = ({ family, given }: Name): readonly Sounds[] => {
  const first = phoneticOf(fullNameOf(given[0] ?? ''));
  const families = family.length === 0 ? [''] : family.slice(0, 3);
  return families
    .map((each) => ({ family: phoneticOf(each), given: first }))
    .filter((sounds) => sounds.family !== '' || first !== '');
};

const datedKeys = ({ family, given }: Sounds, date: string): readonly string[] => {
  const name = bothOf({ family, given });
  const day = withoutOrder(date);
  return [
    // Family and given name may stand in each other's place.
    ...[family, given].filter(Boolean).map((sound) => `d:${sound}:${day}`),
    ...(family && given
      ? [
          `y:${name}:${date.slice(0, 4)}`,
          `m:${name}:${day.slice(4)}`,
          `b:${[family[0]!, given[0]!].sort().join('')}:${day}`,
        ]
      : []),
  ];
};

const bothOf = ({ family, given }: Sounds): string => [family, given].sort().join('.');

/** The same for the third of April and the fourth of March. */
const withoutOrder = (date: string): string =>
  `${date.slice(0, 4)}${[date.slice(5, 7), date.slice(8, 10)].sort().join('')}`;
