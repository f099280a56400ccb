// read-sort: `_sort=status,-date` as sort keys.
// https://hl7.org/fhir/R4/search.html#sort

import { invalid, notSupported } from '../fhir/problem.ts';
import type { EntryKind } from './entry.ts';
import type { Scope } from './search-dependencies.ts';
import { unknownParameter } from './unknown-parameter.ts';
import { valueParams } from './value-params.ts';
import { valueTypes } from './values/index.ts';
import type { Sort } from './window.ts';

/** Throws a 400: `not-supported` for a parameter that the types do not have or that has no order. */
export const readSort = (value: string, types: readonly string[], scope: Scope): readonly Sort[] =>
  value
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map((rule) => readRule(rule, types, scope));

const readRule = (rule: string, types: readonly string[], scope: Scope): Sort => {
  const direction = rule.startsWith('-') ? 'desc' : 'asc';
  const code = rule.replace(/^-/, '');
  if (code.includes(':')) throw invalid(`_sort takes parameters without modifiers, not '${rule}'.`);
  if (code === '_score') throw notSupported("Sorting by '_score' is not supported.");
  const kept = keptByStore[code];
  if (kept !== undefined) return { by: kept, direction };
  const kinds = new Set(types.map((type) => kindOf(code, type, types, scope)));
  if (kinds.size > 1)
    throw notSupported(`Parameter '${code}' has not the same order for all the types searched.`);
  return { by: [...kinds][0]!, params: paramsOf(code, types, scope), direction };
};

const paramsOf = (
  code: string,
  types: readonly string[],
  { definitions }: Scope,
): readonly string[] => types.flatMap((type) => valueParams(type, code, definitions));

const keptByStore: Readonly<Record<string, 'id' | 'updated' | 'type'>> = {
  __proto__: null as never,
  _id: 'id',
  _lastUpdated: 'updated',
  _type: 'type',
};

const kindOf = (code: string, type: string, types: readonly string[], scope: Scope): EntryKind => {
  const parameter = scope.registry.parameter(type, code);
  if (parameter === undefined) throw unknownParameter(code, types, scope.registry);
  if (parameter.type === 'composite' || parameter.type === 'special')
    throw notSupported(`Parameter '${code}' is a ${parameter.type}; it has no order to sort by.`);
  return valueTypes[parameter.type].kind;
};
