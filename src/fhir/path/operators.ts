// FHIRPath's operators.
// https://hl7.org/fhirpath/N1/#operations

import { fromRun, fromTest, type Compiled, type Run } from './compiled.ts';
import { element, none, ofString, single, type Element, type Elements } from './element.ts';
import {
  compareItems,
  distinctItems,
  equalItems,
  equivalentItems,
  includesItem,
} from './equality.ts';
import { PathError, Unsupported } from './error.ts';

type OperatorBuilder = (left: Compiled, right: Compiled) => Compiled;

const order =
  (holds: (order: number) => boolean): OperatorBuilder =>
  (left, right) =>
    fromTest((input, scope) => {
      const compared = compareItems(left.run(input, scope), right.run(input, scope));
      return compared === undefined ? undefined : holds(compared);
    });

const values =
  (combine: (left: Elements, right: Elements) => Elements): OperatorBuilder =>
  (left, right) => {
    const run: Run = (input, scope) => combine(left.run(input, scope), right.run(input, scope));
    return fromRun(run);
  };

/** `a in b`: undefined when a is empty. */
const isIn = (item: Elements, items: Elements): boolean | undefined => {
  const one = single(item);
  return one === undefined ? undefined : includesItem(items, one);
};

/** Operators that are not here are left to the general engine. */
export const operators: Readonly<Record<string, OperatorBuilder>> = {
  '=': (left, right) =>
    fromTest((input, scope) => equalItems(left.run(input, scope), right.run(input, scope))),
  '!=': (left, right) =>
    fromTest((input, scope) => {
      const equal = equalItems(left.run(input, scope), right.run(input, scope));
      return equal === undefined ? undefined : !equal;
    }),
  '~': (left, right) =>
    fromTest((input, scope) => equivalentItems(left.run(input, scope), right.run(input, scope))),
  '!~': (left, right) =>
    fromTest((input, scope) => !equivalentItems(left.run(input, scope), right.run(input, scope))),
  '<': order((compared) => compared < 0),
  '>': order((compared) => compared > 0),
  '<=': order((compared) => compared <= 0),
  '>=': order((compared) => compared >= 0),
  // Three-valued, and the right side only where it can still matter.
  and: (left, right) =>
    fromTest((input, scope) => {
      const first = left.test(input, scope);
      if (first === false) return false;
      const second = right.test(input, scope);
      return second === false ? false : first && second;
    }),
  or: (left, right) =>
    fromTest((input, scope) => {
      const first = left.test(input, scope);
      if (first === true) return true;
      const second = right.test(input, scope);
      return second === true ? true : first === undefined ? undefined : second;
    }),
  xor: (left, right) =>
    fromTest((input, scope) => {
      const first = left.test(input, scope);
      const second = right.test(input, scope);
      return first === undefined || second === undefined ? undefined : first !== second;
    }),
  implies: (left, right) =>
    fromTest((input, scope) => {
      const first = left.test(input, scope);
      if (first === false) return true;
      const second = right.test(input, scope);
      return first === true || second === true ? second : undefined;
    }),
  in: (left, right) =>
    fromTest((input, scope) => isIn(left.run(input, scope), right.run(input, scope))),
  contains: (left, right) =>
    fromTest((input, scope) => isIn(right.run(input, scope), left.run(input, scope))),
  '|': values((left, right) => distinctItems(joinItems(left, right))),
  '&': values((left, right) => ofString(textOf(left) + textOf(right))),
  '+': values((left, right) => {
    const [a, b] = [single(left), single(right)];
    if (a === undefined || b === undefined) return none;
    if (typeof a.value === 'string' && typeof b.value === 'string' && isText(a) && isText(b))
      return ofString(a.value + b.value);
    return calculate(a, b, (one, other) => one + other);
  }),
  '-': values((left, right) => {
    const [a, b] = [single(left), single(right)];
    return a === undefined || b === undefined ? none : calculate(a, b, (one, other) => one - other);
  }),
  '*': values((left, right) => {
    const [a, b] = [single(left), single(right)];
    return a === undefined || b === undefined ? none : calculate(a, b, (one, other) => one * other);
  }),
};

/** Both lists one after the other. */
export const joinItems = (left: Elements, right: Elements): Elements =>
  right.length === 0 ? left : left.length === 0 ? right : [...left, ...right];

/** `-x`. */
export const negate = (items: Elements): Elements => {
  const item = single(items);
  if (item === undefined) return none;
  if (typeof item.value !== 'number') throw new Unsupported('sign of a quantity');
  return [element(-item.value, item.type)];
};

const isText = ({ type }: Element): boolean => !/date|time|instant/i.test(type);

// Decimals need exact arithmetic, dates and quantities their own: the general engine has both.
const calculate = (
  a: Element,
  b: Element,
  operation: (one: number, other: number) => number,
): Elements => {
  if (!Number.isInteger(a.value) || !Number.isInteger(b.value))
    throw new Unsupported('arithmetic other than of integers');
  const isDecimal = [a, b].some(({ type }) => /decimal/i.test(type));
  const type = isDecimal ? 'System.Decimal' : 'System.Integer';
  return [element(operation(a.value as number, b.value as number), type)];
};

const textOf = (items: Elements): string => {
  const value = single(items)?.value;
  if (value === undefined) return '';
  if (typeof value !== 'string') throw new PathError("FHIRPath's & joins texts only.");
  return value;
};
