// read-include: `Observation:subject:Patient` as what an _include or _revinclude joins.
// https://hl7.org/fhir/R4/search.html#include

import type { Definitions } from '../fhir/definitions/types.ts';
import { invalid } from '../fhir/problem.ts';
import { readType } from './common-parameters.ts';
import type { Include } from './include.ts';
import type { Scope } from './search-dependencies.ts';
import { unknownParameter } from './unknown-parameter.ts';
import { valueParams } from './value-params.ts';

/**
 * `*` joins by every reference parameter: of the searched types, or of all types where the search goes on from what it found.
 * Throws a 400 when the type, the parameter or the target is none.
 */
export const readInclude = (
  { direction, iterate }: Pick<Include, 'direction' | 'iterate'>,
  value: string,
  searched: readonly string[],
  scope: Scope,
): Include => {
  const { definitions } = scope;
  const [source = '', code = source === '*' ? '*' : '', target, ...more] = value.split(':');
  if (source === '' || code === '' || target === '' || more.length > 0)
    throw invalid(`'${value}' is not of the form Type:parameter, Type:parameter:TargetType or *.`);
  const all = direction === 'revinclude' || iterate ? definitions.resourceTypes : searched;
  const sources = source === '*' ? all : [readType(source, definitions.resourceTypes)];
  const wanted = target === undefined ? undefined : readType(target, definitions.resourceTypes);
  const joins = sources.flatMap((type) => joinsOf(type, code, wanted, scope));
  if (code !== '*' && joins.length === 0)
    throw invalid(`Parameter '${code}' of ${source} never refers to ${target ?? 'anything'}.`);
  return {
    direction,
    iterate,
    params: paramsByType(joins, definitions),
    targets:
      wanted === undefined ? [...new Set(joins.flatMap(({ targets }) => targets))] : [wanted],
  };
};

interface Join {
  readonly type: string;
  readonly code: string;
  readonly targets: readonly string[];
}

const joinsOf = (
  type: string,
  code: string,
  wanted: string | undefined,
  { registry, definitions }: Scope,
): readonly Join[] => {
  const parameters =
    code === '*' ? [...registry.parameters(type).values()] : [registry.parameter(type, code)];
  return parameters.flatMap((parameter) => {
    if (parameter === undefined) throw unknownParameter(code, [type], registry);
    if (parameter.type !== 'reference') return notAReference(code, type, parameter.type);
    const targets = parameter.targets.length > 0 ? parameter.targets : definitions.resourceTypes;
    return wanted === undefined || targets.includes(wanted)
      ? [{ type, code: parameter.code, targets }]
      : [];
  });
};

const notAReference = (code: string, type: string, kind: string): readonly Join[] => {
  if (code === '*') return [];
  throw invalid(`Parameter '${code}' of ${type} is a ${kind}; only references can be included.`);
};

const paramsByType = (
  joins: readonly Join[],
  definitions: Definitions,
): ReadonlyMap<string, readonly string[]> => {
  const params = new Map<string, string[]>();
  for (const { type, code } of joins)
    params.set(type, [
      ...new Set([...(params.get(type) ?? []), ...valueParams(type, code, definitions)]),
    ]);
  return params;
};
