// parts: the conjuncts of a plan, and the types it is about.

import type { DateLeaf, Plan } from '../../../search/plan.ts';
import { paramIds, type Scope } from './scope.ts';

const flatten = (plan: Plan): readonly Plan[] =>
  plan.op === 'and' ? plan.plans.flatMap(flatten) : plan.op === 'everything' ? [] : [plan];

/** The types all of the plan's resources are of, when it says so: by name, or by a param that only they have. */
export const typesOf = (plan: Plan): readonly string[] | undefined => {
  const stated = flatten(plan).flatMap((part) => {
    const types = statedBy(part);
    return types === undefined ? [] : [types];
  });
  if (stated.length === 0) return undefined;
  return stated.reduce((left, right) => left.filter((type) => right.includes(type)));
};

const statedBy = (part: Plan): readonly string[] | undefined => {
  switch (part.op) {
    case 'type':
      return part.types;
    case 'or': {
      const each = part.plans.map(typesOf);
      return each.includes(undefined) ? undefined : [...new Set(each.flatMap((types) => types!))];
    }
    case 'composite':
      return statedBy(part.parts[0]!);
    case 'present':
    case 'token':
    case 'string':
    case 'reference':
    case 'uri':
    case 'date':
    case 'number':
    case 'to':
      return typesOfParams(part.params);
    default:
      return undefined;
  }
};

/** `Resource._compartment` is of every type. */
const typesOfParams = (params: readonly string[]): readonly string[] | undefined => {
  const types = new Set(params.map(typeOfParam));
  return types.has('Resource') ? undefined : [...types];
};

const typeOfParam = (param: string): string => param.slice(0, param.indexOf('.'));

/** The conjuncts. A param is `Type.code`: who has a value of it is of the type, so that need not be looked at again. */
export const partsOf = (plan: Plan, types: readonly string[] | undefined): readonly Plan[] => {
  const parts = flatten(plan);
  if (types === undefined) return parts;
  const others = parts.filter(({ op }) => op !== 'type');
  const implied = others.some((part) => implies(part, types));
  return implied ? others : [...others, { op: 'type', types }];
};

const implies = (part: Plan, types: readonly string[]): boolean => {
  switch (part.op) {
    case 'present':
    case 'token':
    case 'string':
    case 'reference':
    case 'uri':
    case 'date':
    case 'number':
    case 'to':
      return part.params.every((param) => types.includes(typeOfParam(param)));
    case 'composite':
      return part.parts.some((each) => implies(each, types));
    case 'or':
      return part.plans.every((each) => flatten(each).some((inner) => implies(inner, types)));
    default:
      return false;
  }
};

/** The conditions on the dates of one param, when no resource has two dates of it; [] otherwise. */
export const datesOf = (
  params: readonly string[],
  parts: readonly Plan[],
  scope: Scope,
): readonly DateLeaf[] => {
  const leaves = parts.filter(
    (part): part is DateLeaf =>
      part.op === 'date' && part.params.length === 1 && part.params[0] === params[0],
  );
  return leaves.length > 0 && hasSingleDates(params, scope) ? leaves : [];
};

/** Whether no resource has two dates of the one param. */
export const hasSingleDates = (params: readonly string[], scope: Scope): boolean => {
  const ids = params.length === 1 && scope.rows === 'live' ? paramIds(params, scope) : [];
  return ids.length === 1 && !scope.names.isRepeated(ids[0]!);
};
