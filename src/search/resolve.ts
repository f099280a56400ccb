// resolve: one search parameter with its value, as a plan over the index values of the types searched.
// https://hl7.org/fhir/R4/search.html

import type { SearchParameter } from '../fhir/definitions/types.ts';
import { invalid, tooCostly } from '../fhir/problem.ts';
import { isCommonParameter, readType } from './common-parameters.ts';
import { resolveOwn } from './own-parameter.ts';
import {
  firstCode,
  linksOf,
  type Chain,
  type ParameterPath,
  type ReverseChain,
} from './parameter-path.ts';
import { and, type Plan } from './plan.ts';
import type { Scope } from './search-dependencies.ts';
import { unknownParameter } from './unknown-parameter.ts';
import { valueParams } from './value-params.ts';

/**
 * The plan of `path=value` for resources of these types. Throws a 400: `not-supported` when there is no such parameter (what
 * lenient handling ignores), `invalid` when the modifier or the value is wrong, `too-costly` past a limit.
 */
export const resolve = async (
  types: readonly string[],
  path: ParameterPath,
  value: string,
  scope: Scope,
): Promise<Plan> => {
  const { chain } = scope.limits;
  if (linksOf(path) > chain)
    throw tooCostly(`A parameter may follow at most ${String(chain)} references (LIMIT_CHAIN).`);
  return resolvePath(types, path, value, scope);
};

const resolvePath = (
  types: readonly string[],
  path: ParameterPath,
  value: string,
  scope: Scope,
): Promise<Plan> => {
  if (path.kind === 'has') return resolveHas(types, path, value, scope);
  return path.kind === 'chain'
    ? resolveChain(types, path, value, scope)
    : resolveOwn(types, path, value, scope);
};

const resolveChain = async (
  types: readonly string[],
  chain: Chain,
  value: string,
  scope: Scope,
): Promise<Plan> => {
  const references = types.map((type) => referenceParameter(type, chain.code, scope));
  const targets = targetsOf(references, scope);
  const candidates =
    chain.type === undefined
      ? targets.filter((target) => canStart(target, chain.rest, scope))
      : [explicitTarget(chain.type, chain.code, targets, scope)];
  if (candidates.length === 0)
    throw unknownParameter(firstCode(chain.rest), targets, scope.registry);
  const plan = await resolvePath(candidates, chain.rest, value, scope);
  return {
    op: 'to',
    params: types.flatMap((type) => valueParams(type, chain.code, scope.definitions)),
    plan: restrict(candidates, plan),
  };
};

const resolveHas = async (
  types: readonly string[],
  { type, code, rest }: ReverseChain,
  value: string,
  scope: Scope,
): Promise<Plan> => {
  readType(type, scope.definitions.resourceTypes);
  const targets = targetsOf([referenceParameter(type, code, scope)], scope);
  const stranger = types.find((each) => !targets.includes(each));
  if (stranger !== undefined && types.every((each) => !targets.includes(each)))
    throw invalid(`Parameter '${code}' of ${type} never refers to ${stranger}.`);
  const plan = await resolvePath([type], rest, value, scope);
  const params = valueParams(type, code, scope.definitions);
  return { op: 'from', params, plan: restrict([type], plan) };
};

/**
 * A plan for resources of these types. The type stays at the top of what a chain reaches, so that whoever narrows plans to a
 * caller's rights sees what is looked at.
 */
const restrict = (types: readonly string[], plan: Plan): Plan => and({ op: 'type', types }, plan);

const referenceParameter = (type: string, code: string, { registry }: Scope): SearchParameter => {
  const parameter = registry.parameter(type, code);
  if (parameter === undefined) throw unknownParameter(code, [type], registry);
  if (parameter.type !== 'reference')
    throw invalid(
      `Parameter '${code}' of ${type} is a ${parameter.type}; only references can be chained.`,
    );
  return parameter;
};

/** The types that one of the references may point at. */
const targetsOf = (
  references: readonly SearchParameter[],
  { definitions }: Scope,
): readonly string[] =>
  references.some(({ targets }) => targets.length === 0)
    ? definitions.resourceTypes
    : [...new Set(references.flatMap(({ targets }) => targets))];

const explicitTarget = (
  type: string,
  code: string,
  targets: readonly string[],
  scope: Scope,
): string => {
  readType(type, scope.definitions.resourceTypes);
  if (!targets.includes(type))
    throw invalid(`Parameter '${code}' never refers to ${type}, only to ${listOf(targets)}.`);
  return type;
};

const listOf = (types: readonly string[]): string =>
  types.length > 12 ? `${types.slice(0, 12).join(', ')}, …` : types.join(', ');

/** Whether the rest of a chain can begin at a type: chains without a type go to those types where it can. */
const canStart = (type: string, rest: ParameterPath, { registry }: Scope): boolean => {
  if (rest.kind === 'own')
    return isCommonParameter(rest.code) || registry.parameter(type, rest.code) !== undefined;
  if (rest.kind === 'chain') return registry.parameter(type, rest.code)?.type === 'reference';
  const reference = registry.parameter(rest.type, rest.code);
  if (reference?.type !== 'reference') return true;
  return reference.targets.length === 0 || reference.targets.includes(type);
};
