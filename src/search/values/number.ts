// number: values compared with the precision the search was written with.
// https://hl7.org/fhir/R4/search.html#number

import type { Element } from '../../fhir/path/compile.ts';
import { invalid } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { unescape } from '../escape.ts';
import type { NumberEntry } from '../entry.ts';
import type { Comparison, NumberLeaf, Prefix } from '../plan.ts';
import type { Span } from './compare.ts';
import { readPrefix } from './prefix.ts';
import type { Place, Read, ValueType } from './types.ts';

const index = (element: Element, { param, n }: Place): readonly NumberEntry[] => {
  const span = spanOf(element.value, element.type);
  return span === undefined ? [] : [{ kind: 'number', param, n, unit: '', ...span }];
};

/** A number, the value of a quantity, or the limits of a Range; whatever the units are. */
const spanOf = (value: unknown, type: string): Span | undefined => {
  if (typeof value === 'number') return { low: value, high: value };
  if (!isObject(value)) return undefined;
  return type === 'Range' ? rangeOf(value['low'], value['high']) : quantitySpan(value);
};

const rangeOf = (low: unknown, high: unknown): Span | undefined => {
  const from = isObject(low) ? quantitySpan(low) : undefined;
  const to = isObject(high) ? quantitySpan(high) : undefined;
  if (from === undefined && to === undefined) return undefined;
  return { low: from?.low ?? -Infinity, high: to?.high ?? Infinity };
};

/** What a quantity's value and comparator say together: `< 5` is everything below 5. */
export const quantitySpan = (quantity: Readonly<Record<string, unknown>>): Span | undefined => {
  const { value, comparator } = quantity;
  if (typeof value !== 'number') return undefined;
  return spanOfComparator(value, comparator);
};

/** The limits themselves belong to `<=` and `>=` only; index ranges are closed, so `<` ends at the number just below. */
export const spanOfComparator = (value: number, comparator: unknown): Span => {
  if (comparator === '<') return { low: -Infinity, high: neighbour(value, -1) };
  if (comparator === '<=') return { low: -Infinity, high: value };
  if (comparator === '>=') return { low: value, high: Infinity };
  if (comparator === '>') return { low: neighbour(value, 1), high: Infinity };
  return { low: value, high: value };
};

/** The next number the machine can tell from this one, as far as 12 digits go. */
const neighbour = (value: number, direction: 1 | -1): number =>
  value + direction * Math.max(Math.abs(value) * 1e-12, Number.MIN_VALUE);

const read: Read = (text, { name, params }): NumberLeaf => {
  const [prefix, rest] = readPrefix(unescape(text));
  return { op: 'number', params, unit: '', ...readNumberComparison(prefix, rest, name) };
};

/** Throws a 400 when it is no number. */
export const readNumberComparison = (prefix: Prefix, text: string, name: string): Comparison => {
  const parts = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  const value = Number(text);
  if (parts === null || !Number.isFinite(value))
    throw invalid(`'${text}' is not a number for parameter '${name}'; write it as 5.4 or 5.4e-3.`);
  // "The implicit precision of the number is ignored" for all prefixes that only look at one side.
  if (prefix !== 'eq' && prefix !== 'ne' && prefix !== 'ap')
    return { prefix, low: value, high: value };
  const half = halfOfLastDigit(parts);
  const reach = prefix === 'ap' ? Math.max(half, Math.abs(value) / 10) : half;
  return { prefix, low: tidy(value - reach), high: tidy(value + reach) };
};

/**
 * Half of what the last digit written is worth: 100 is 99.5 to 100.5. R4 gives 1e2 the range 95 to 105, so a lone digit
 * before the exponent counts as written with one decimal.
 */
const halfOfLastDigit = ([, , whole = '', decimals, exponent]: RegExpExecArray): number => {
  const lone = exponent !== undefined && decimals === undefined && whole.length === 1;
  const places = lone ? 1 : (decimals ?? '').length;
  return Number(`5e${String(Number(exponent ?? 0) - places - 1)}`);
};

/** Without the dust of binary fractions: 0.002 - 0.0005 is 0.0015. */
const tidy = (value: number): number => Number(value.toPrecision(15));

export const number: ValueType = {
  kind: 'number',
  index,
  readers: { '': read },
};
