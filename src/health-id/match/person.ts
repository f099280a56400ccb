// person: what matching looks at in a Patient, read once and spelt alike.

import { listOf, type Resource } from '../../fhir/resource.ts';
import { toLatin } from './latin.ts';

export interface Name {
  /** Parts in Latin letters: a double name has two. */
  readonly family: readonly string[];
  readonly given: readonly string[];
}

export interface Person {
  readonly names: readonly Name[];
  /** A whole date, `1980-02-29`; a partial one tells too little. */
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
  /** The last nine digits: country codes and leading zeros come and go. */
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** `system|value` */
  readonly identifiers: readonly string[];
  /** Postal code without blanks, and its first line in Latin letters. */
  readonly addresses: readonly { readonly code: string; readonly line: string }[];
}

/** Whatever does not have the form it should is left out: a client's Patient comes here before anything has checked it. */
export const readPerson = (resource: Resource): Person => {
  const telecom = listOf(resource['telecom']);
  const { birthDate, gender } = resource;
  return {
    names: listOf(resource['name'])
      .filter(({ use }) => use !== 'anonymous')
      .slice(0, most)
      .map(readName),
    birthDate: wholeDate(birthDate),
    gender: gender === 'male' || gender === 'female' ? gender : undefined,
    phones: valuesOf(telecom, ['phone', 'sms']).map(lastDigits).filter(Boolean),
    emails: valuesOf(telecom, ['email']).map((value) => value.trim().toLowerCase()),
    identifiers: listOf(resource['identifier']).flatMap(readIdentifier).slice(0, most),
    addresses: listOf(resource['address']).slice(0, most).flatMap(readAddress),
  };
};

/** Nobody has more, or longer ones; a body made to be costly might. */
const most = 10;
const longest = 80;

type Element = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isShort = (text: string): boolean => text.length <= 2 * longest;

const readName = ({ family, given, text }: Element): Name => {
  const parts = listOfTexts(given).flatMap(partsOf);
  if (isText(family) || parts.length > 0) {
    return { family: isText(family) ? partsOf(family) : [], given: parts };
  }
  // A name of one text alone: most end in the family name.
  const words = isText(text) ? partsOf(text) : [];
  return { family: words.slice(-1), given: words.slice(0, -1) };
};

const listOfTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.slice(0, most).filter(isText) : [];

const partsOf = (text: string): readonly string[] =>
  toLatin(text.slice(0, longest))
    .split(' ')
    .filter((part) => part !== '' && !titles.has(part))
    .slice(0, most);

const titles: ReadonlySet<string> = new Set(['mr', 'mrs', 'ms', 'dr', 'shri', 'smt', 'jr', 'sr']);

const wholeDate = (date: unknown): string | undefined =>
  isText(date) && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined;

const valuesOf = (telecom: readonly Element[], systems: readonly string[]): readonly string[] =>
  telecom
    .filter(({ system }) => isText(system) && systems.includes(system))
    .flatMap(({ value }) => (isText(value) && isShort(value) ? [value] : []))
    .slice(0, most);

const lastDigits = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 7 ? '' : digits.slice(-9);
};

const readIdentifier = ({ system, value }: Element): readonly string[] =>
  isText(system) && isText(value) && isShort(system + value) ? [`${system}|${value}`] : [];

const readAddress = ({ postalCode, line }: Element) => {
  const code =
    isText(postalCode) && isShort(postalCode) ? postalCode.replace(/\W/g, '').toLowerCase() : '';
  const first = listOfTexts(line)[0]?.slice(0, longest);
  const digits = /\d+/.exec(first ?? '')?.[0] ?? '';
  const text = first === undefined ? '' : `${digits} ${toLatin(first)}`.trim();
  return code === '' && text === '' ? [] : [{ code, line: text }];
};
