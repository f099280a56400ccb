// Persons: names, addresses and numbers of people, as they are written. https://hl7.org/fhir/R4/datatypes.html#HumanName

import type { Address, ContactPoint, HumanName, Identifier } from 'fhir/r4';

/** The official name, or the usual one; what the record itself gives as text goes first. */
export const formatName = (names: HumanName | readonly HumanName[] | undefined): string => {
  const all = names === undefined ? [] : ([names].flat() as readonly HumanName[]);
  const name =
    all.find(({ use }) => use === 'official') ??
    all.find(({ use }) => use === 'usual' || use === undefined) ??
    all[0];
  if (name === undefined) return '';
  const { text, prefix = [], given = [], family, suffix = [] } = name;
  return text ?? [...prefix, ...given, family, ...suffix].filter(Boolean).join(' ');
};

export const formatAddress = (address: Address | undefined): string => {
  if (address === undefined) return '';
  const { text, line = [], city, district, state, postalCode, country } = address;
  return (
    text ??
    [...line, city, district, [state, postalCode].filter(Boolean).join(' '), country]
      .filter(Boolean)
      .join(', ')
  );
};

export const contactOf = (
  telecom: readonly ContactPoint[] | undefined,
  system: ContactPoint['system'],
): string | undefined =>
  telecom?.find((point) => point.system === system && point.use !== 'old')?.value;

/** 12-3456-7890-1234; anything else stays as it is. */
export const formatUhid = (value: string | undefined): string =>
  value?.replace(/^(\d{2})(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3-$4') ?? '';

/**
 * The network's own number: fourteen digits that the server has marked as the UHID, under whichever system the network gives them
 * out; or, of a record from elsewhere, under a system that is called so.
 */
export const uhidOf = (identifiers: readonly Identifier[] | undefined): string | undefined => {
  const numbers = identifiers?.filter(({ value }) => /^\d{14}$/.test(value ?? ''));
  const found = numbers?.find(isMarked) ?? numbers?.find(({ system }) => system?.endsWith('/uhid'));
  return found?.value;
};

const isMarked = ({ type }: Identifier): boolean =>
  type?.text === 'UHID' &&
  (type.coding ?? []).some(({ system, code }) => system === kinds && code === 'NI');

const kinds = 'http://terminology.hl7.org/CodeSystem/v2-0203';
