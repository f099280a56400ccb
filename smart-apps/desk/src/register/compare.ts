// Compare: two people side by side, element by element, for a clerk to judge. The server weighs; this only shows.

import { formatAddress, formatName, formatUhid, uhidOf } from '@meridian/ui/format/person.ts';
import type { Patient } from 'fhir/r4';

export type Element = 'name' | 'birthDate' | 'gender' | 'phone' | 'email' | 'address' | 'uhid';

/** Alike: a letter or two apart, or day and month in each other's place. */
export type Agreement = 'same' | 'alike' | 'differs' | 'unknown';

export interface Compared {
  readonly element: Element;
  readonly one: string;
  readonly other: string;
  readonly agreement: Agreement;
}

/** Values as they are kept; dates and sexes are shown by the page. */
export const compare = (one: Patient, other: Patient): readonly Compared[] =>
  readers.map(([element, read]) => {
    const [left, right] = [read(one), read(other)];
    const said = agree(left, right);
    const agreement = said === 'alike' && exact.has(element) ? 'differs' : said;
    return { element, one: left, other: right, agreement };
  });

/** Two letters make all the difference here. */
const exact: ReadonlySet<Element> = new Set<Element>(['gender', 'uhid']);

const readers: readonly (readonly [Element, (patient: Patient) => string])[] = [
  ['name', ({ name }) => formatName(name)],
  ['birthDate', ({ birthDate = '' }) => birthDate],
  ['gender', ({ gender = '' }) => gender],
  ['phone', ({ telecom = [] }) => valuesOf(telecom, 'phone')],
  ['email', ({ telecom = [] }) => valuesOf(telecom, 'email')],
  ['address', ({ address }) => formatAddress(address?.[0])],
  ['uhid', ({ identifier }) => formatUhid(uhidOf(identifier))],
];

const valuesOf = (telecom: NonNullable<Patient['telecom']>, wanted: 'phone' | 'email'): string =>
  telecom
    .filter(({ system, use }) => system === wanted && use !== 'old')
    .map(({ value }) => value)
    .join(', ');

const agree = (one: string, other: string): Agreement => {
  if (one === '' || other === '') return 'unknown';
  const [left, right] = [normal(one), normal(other)];
  if (left === right) return 'same';
  return isSwapped(one, other) || (left.length > 4 && slips(left, right) <= 2)
    ? 'alike'
    : 'differs';
};

const isSwapped = (one: string, other: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(one) &&
  other === [one.slice(0, 4), one.slice(8), one.slice(5, 7)].join('-');

/** Letters to add, take away or change. https://en.wikipedia.org/wiki/Levenshtein_distance */
const slips = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [down, letter] of Array.from(one).entries()) {
    const next = [down + 1];
    for (const [across, wanted] of Array.from(other).entries())
      next.push(
        Math.min(
          next[across]! + 1,
          row[across + 1]! + 1,
          row[across]! + (letter === wanted ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1)!;
};

/** Neither case, nor spaces and signs, nor how a phone number is written, makes a difference. */
const normal = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .replace(/^91(?=\d{10}$)/, '');
