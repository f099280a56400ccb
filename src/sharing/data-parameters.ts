// data-parameters: by which search parameters a resource says what it is about and of what time it is.
// https://hl7.org/fhir/R4/consent-definitions.html#Consent.provision.dataPeriod

import type { Definitions } from '../fhir/definitions/types.ts';
import { valueParams } from '../search/value-params.ts';

/** Codes that are tried in turn; the first a type has is its own. */
const codes = ['code', 'vaccine-code', 'type', 'series', 'category'];
const dates = [
  ...['date', 'occurrence', 'authored', 'authoredon', 'effective-time', 'effective', 'performed'],
  ...['whenprepared', 'recorded-date', 'collected', 'started', 'start-date', 'created', 'datetime'],
];

/** Under which params the index keeps them; [] for a type without. */
export const codeParameters = (type: string, definitions: Definitions): readonly string[] =>
  first(codes, 'token', type, definitions);
export const dateParameters = (type: string, definitions: Definitions): readonly string[] =>
  first(dates, 'date', type, definitions);

const first = (
  names: readonly string[],
  kind: 'token' | 'date',
  type: string,
  definitions: Definitions,
): readonly string[] => {
  const parameters = definitions.searchParameters(type);
  const name = names.find((each) => parameters.get(each)?.type === kind);
  return name === undefined ? [] : valueParams(type, name, definitions);
};
