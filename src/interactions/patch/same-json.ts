// Whether two JSON values are equal: numbers by what they mean (1.10 is 1.1), members in any order.
// https://www.rfc-editor.org/rfc/rfc6902#section-4.6

import { isObject } from '../../fhir/resource.ts';

export const sameJson = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (Array.isArray(one))
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((value, index) => sameJson(value, other[index]))
    );
  const digits = decimal(one);
  if (digits !== undefined) return digits === decimal(other);
  if (!isObject(one) || !isObject(other) || decimal(other) !== undefined) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameJson(one[name], other[name]))
  );
};

/** Sign, digits and exponent in one form for each number, so that long decimals are not rounded before they are compared. */
const decimal = (value: unknown): string | undefined => {
  const text =
    typeof value === 'number' ? String(value) : JSON.isRawJSON(value) ? value.rawJSON : undefined;
  const parts =
    text === undefined ? undefined : /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${String(power)}`;
};

// `/0+$/` would look at each run of zeros from each of its places.
const withoutTrailingZeros = (digits: string): string => {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
};
