// quantity: numbers with units, comparable across units that UCUM can convert.
// https://hl7.org/fhir/R4/search.html#quantity

import type { Element } from '../../fhir/path/compile.ts';
import { invalid } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { split, unescape } from '../escape.ts';
import type { NumberEntry } from '../entry.ts';
import type { Comparison, NumberLeaf } from '../plan.ts';
import type { Span } from './compare.ts';
import { quantitySpan, readNumberComparison, spanOfComparator } from './number.ts';
import { readPrefix } from './prefix.ts';
import type { Place, Read, ValueType } from './types.ts';
import { conversionOf, convert, ucumSystem, type Conversion } from './ucum.ts';

type Fields = Readonly<Record<string, unknown>>;

const index = ({ value, type }: Element, place: Place): readonly NumberEntry[] => {
  if (!isObject(value)) return [];
  if (type === 'Range') return ofRange(value, place);
  if (type === 'Money') return ofQuantity(moneyAsQuantity(value), place);
  return ofQuantity(value, place);
};

const moneyAsQuantity = ({ value, currency }: Fields): Fields => ({
  value,
  code: currency,
  system: 'urn:iso:std:iso:4217',
});

const ofQuantity = (quantity: Fields, place: Place): readonly NumberEntry[] => {
  const span = quantitySpan(quantity);
  if (span === undefined) return [];
  const conversion = conversionFor(quantity);
  const entries = inOwnUnit(quantity, conversion, span, place);
  if (conversion === undefined) return entries;
  const converted = convert(quantity['value'] as number, conversion);
  return [
    ...entries,
    canonical(conversion, spanOfComparator(converted, quantity['comparator']), place),
  ];
};

const conversionFor = ({ system, code }: Fields): Conversion | undefined =>
  system === ucumSystem && typeof code === 'string' ? conversionOf(code) : undefined;

/** One entry per way of asking; a convertible UCUM unit is asked for by its canonical unit, not by `system|code`. */
const inOwnUnit = (
  { system, code, unit }: Fields,
  conversion: Conversion | undefined,
  span: Span,
  { param, n }: Place,
): readonly NumberEntry[] => {
  const units = [''];
  if (typeof code === 'string') units.push(`|${code}`);
  if (typeof unit === 'string' && unit !== code) units.push(`|${unit}`);
  if (typeof system === 'string') units.push(`${system}|`);
  if (typeof system === 'string' && typeof code === 'string' && conversion === undefined)
    units.push(`${system}|${code}`);
  return units.map((each) => ({ kind: 'number', param, n, unit: each, ...span }));
};

const canonical = ({ name }: Conversion, span: Span, { param, n }: Place): NumberEntry => ({
  kind: 'number',
  param,
  n,
  unit: `=${name}`,
  ...span,
});

/** Both limits as quantities of one unit; a missing limit is open. */
const ofRange = ({ low, high }: Fields, place: Place): readonly NumberEntry[] => {
  const from = isObject(low) ? ofQuantity(low, place) : [];
  const to = isObject(high) ? ofQuantity(high, place) : [];
  if (from.length === 0) return to.map((entry) => ({ ...entry, low: -Infinity }));
  if (to.length === 0) return from.map((entry) => ({ ...entry, high: Infinity }));
  return from.flatMap((entry) => {
    const other = to.find(({ unit }) => unit === entry.unit);
    return other === undefined ? [] : [{ ...entry, high: other.high }];
  });
};

const read: Read = (text, { name, params }): NumberLeaf => {
  const parts = split(text, '|').map(unescape);
  if (parts.length > 3)
    throw invalid(
      `'${text}' is not a quantity for parameter '${name}'; write it as number, number|system|code or number||code.`,
    );
  const [number = '', system = '', code = ''] = parts;
  const [prefix, rest] = readPrefix(number);
  const comparison = readNumberComparison(prefix, rest, name);
  const conversion = conversionFor({ system, code });
  if (conversion !== undefined)
    return {
      op: 'number',
      params,
      unit: `=${conversion.name}`,
      ...converted(comparison, conversion),
    };
  const unit = system === '' && code === '' ? '' : `${system}|${code}`;
  return { op: 'number', params, unit, ...comparison };
};

/** The precision of the search value is that of the unit it was written in: 5.4 g is 5350 mg to 5450 mg. */
const converted = ({ prefix, low, high }: Comparison, conversion: Conversion): Comparison => ({
  prefix,
  low: convert(low, conversion),
  high: convert(high, conversion),
});

export const quantity: ValueType = {
  kind: 'number',
  index,
  readers: { '': read },
};
