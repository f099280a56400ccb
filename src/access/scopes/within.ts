// within: whether what one scope asks for is inside what others allow. Narrowing, refreshing and registering ask this.

import type { Right } from '../permit.ts';
import { criteriaOf } from './normalise.ts';
import type { Scope } from './scope.ts';

/** Every right of the scope, on every resource it means, is allowed by one of the others. */
export const isWithin = (asked: Scope, allowed: readonly Scope[]): boolean =>
  asked.rights.every((right) => allowed.some((other) => gives(other, right, asked)));

const gives = (allowed: Scope, right: Right, asked: Scope): boolean =>
  allowed.context === asked.context &&
  allowed.rights.includes(right) &&
  (allowed.type === '*' || allowed.type === asked.type) &&
  isNarrower(asked, allowed);

/** More criteria find less: all of the wider one's must be among the narrower one's. */
const isNarrower = (asked: Scope, allowed: Scope): boolean => {
  const own = new Set(criteriaOf(asked.query));
  return criteriaOf(allowed.query).every((criterion) => own.has(criterion));
};

/** The rights of the scope that are allowed, as a scope of its own; undefined when there are none. */
export const narrow = (asked: Scope, allowed: readonly Scope[]): Scope | undefined => {
  const rights = asked.rights.filter((right) => isWithin({ ...asked, rights: [right] }, allowed));
  return rights.length > 0 ? { ...asked, rights } : undefined;
};
