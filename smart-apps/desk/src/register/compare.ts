// Compare: two people side by side, element by element, for a clerk to judge. The server weighs; this only shows.

import { formatAddress, formatName, formatUhid, uhidOf } from '@meridian/ui/format/person.ts';
import type { Patient } from 'fhir/r4';

export type Element = 'name' | 'birthDate' | 'gender' | 'phone' | 'email' | 'address' | 'uhid';

export type Agreement = 'same' | 'differs' | 'unknown';

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
    return { element, one: left, other: right, agreement: agree(left, right) };
  });

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
  return normal(one) === normal(other) ? 'same' : 'differs';
};

/** Neither case, nor spaces and signs, nor how a phone number is written, makes a difference. */
const normal = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .replace(/^91(?=\d{10}$)/, '');
