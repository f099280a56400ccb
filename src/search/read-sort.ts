// read-sort: `_sort=status,-date` as sort keys.
// https://hl7.org/fhir/R4/search.html#sort

import { invalid, notSupported } from '../fhir/problem.ts';
import type { EntryKind } from './entry.ts';
import type { Registry } from './registry.ts';
import { unknownParameter } from './unknown-parameter.ts';
import { valueTypes } from './values/index.ts';
import type { Sort } from './window.ts';

/** Throws a 400: `not-supported` for a parameter that the types do not have or that has no order. */
export const readSort = (
  value: string,
  types: readonly string[],
  registry: Registry,
): readonly Sort[] =>
  value
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map((rule) => readRule(rule, types, registry));

const readRule = (rule: string, types: readonly string[], registry: Registry): Sort => {
  const direction = rule.startsWith('-') ? 'desc' : 'asc';
  const code = rule.replace(/^-/, '');
  if (code.includes(':')) throw invalid(`_sort takes parameters without modifiers, not '${rule}'.`);
  if (code === '_score') throw notSupported("Sorting by '_score' is not supported.");
  const kept = keptByStore[code];
  if (kept !== undefined) return { by: kept, direction };
  const kinds = new Set(types.map((type) => kindOf(code, type, types, registry)));
  if (kinds.size > 1)
    throw notSupported(`Parameter '${code}' has not the same order for all the types searched.`);
  return { by: [...kinds][0]!, params: types.map((type) => `${type}.${code}`), direction };
};

const keptByStore: Readonly<Record<string, 'id' | 'updated' | 'type'>> = {
  __proto__: null as never,
  _id: 'id',
  _lastUpdated: 'updated',
  _type: 'type',
};

const kindOf = (
  code: string,
  type: string,
  types: readonly string[],
  registry: Registry,
): EntryKind => {
  const parameter = registry.parameter(type, code);
  if (parameter === undefined) throw unknownParameter(code, types, registry);
  if (parameter.type === 'composite' || parameter.type === 'special')
    throw notSupported(`Parameter '${code}' is a ${parameter.type}; it has no order to sort by.`);
  return valueTypes[parameter.type].kind;
};
