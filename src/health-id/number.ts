// The number of a health ID (UHID): 13 random digits and a Verhoeff check digit, written without dashes, shown as 2-4-4-4.
// https://en.wikipedia.org/wiki/Verhoeff_algorithm

import { randomInt } from 'node:crypto';

/** What somebody typed, read: the 14 digits, or what is wrong with it in words that help. */
export type Reading =
  { readonly ok: true; readonly number: string } | { readonly ok: false; readonly fault: string };

/** Dashes and spaces may stand anywhere; all else must be 14 digits whose last is the check digit. */
export const readNumber = (typed: string): Reading => {
  const number = typed.replace(separators, '');
  const fault = faultOf(number);
  return fault === undefined ? { ok: true, number } : { ok: false, fault };
};

/** A new number, not to be guessed. Whether it was given out before, `issue` finds out. */
export const drawNumber = (): string => {
  const first = String(randomInt(1, 10));
  const rest = String(randomInt(1_000_000)).padStart(6, '0');
  const last = String(randomInt(1_000_000)).padStart(6, '0');
  const digits = `${first}${rest}${last}`;
  return `${digits}${checkDigitOf(digits)}`;
};

/** `12-3456-7890-1234`. */
export const showNumber = (number: string): string =>
  [number.slice(0, 2), number.slice(2, 6), number.slice(6, 10), number.slice(10)].join('-');

export const checkDigitOf = (digits: string): string => String(inverse[sumOf(`${digits}0`)]!);

// People paste what a word processor has made of a dash or a space.
const separators = /[\s\-\u00ad\u2010-\u2015\u2212]/g;
const length = 14;

const faultOf = (number: string): string | undefined => {
  const strange = /[^0-9]/u.exec(number)?.[0];
  if (strange !== undefined)
    return `A health ID has digits only, with dashes or spaces between them; '${strange}' is none.`;
  if (number.length !== length) return `A health ID has 14 digits; this has ${wordsFor(number)}.`;
  if (number.startsWith('0')) return 'A health ID never begins with 0.';
  if (sumOf(number) === 0) return undefined;
  return 'The check digit does not fit: a digit is mistyped, or two are swapped. Compare it with the card.';
};

const wordsFor = ({ length: count }: string): string =>
  count < length
    ? `${String(count)}, so ${String(length - count)} is missing`
    : `${String(count)}, so ${String(count - length)} is too many`;

/** 0 when the last digit is the check digit of those before it. */
const sumOf = (digits: string): number => {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    sum = product[sum]![turned[place % 8]![digit]!]!;
  }
  return sum;
};

/** Multiplication in the dihedral group of the pentagon: it does not commute, so that a swap shows. */
const product: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
const inverse: readonly number[] = [0, 4, 3, 2, 1, 5, 6, 7, 8, 9];

/** Each place turns the digits by one more step of Verhoeff's permutation, which comes round after eight. */
const step: readonly number[] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const turned: readonly (readonly number[])[] = Array.from({ length: 8 }, (_, times) =>
  Array.from({ length: 10 }, (__, digit) => {
    let at = digit;
    for (let time = 0; time < times; time += 1) at = step[at]!;
    return at;
  }),
);
