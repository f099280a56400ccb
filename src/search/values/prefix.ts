// prefix: the two letters before a date, number or quantity that say how to compare.
// https://hl7.org/fhir/R4/search.html#prefix

import type { Prefix } from '../plan.ts';

/** "If no prefix is present, the prefix eq is assumed." */
export const readPrefix = (text: string): readonly [Prefix, string] => {
  const found = prefixes.find((prefix) => text.startsWith(prefix));
  return found === undefined ? ['eq', text] : [found, text.slice(2)];
};

const prefixes: readonly Prefix[] = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];
