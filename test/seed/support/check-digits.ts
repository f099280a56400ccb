// Check digits: by them most mistyped codes are no codes. LOINC's is modulo 10, as that of cards; SNOMED CT's is Verhoeff's.
// https://loinc.org/faq/how-is-the-check-digit-generated/ and https://confluence.ihtsdotools.org/display/DOCRELFMT

import { checkDigitOf } from '#src/health-id/number.ts';

/** `4548-4`: every other digit, from the last before the dash on, counts twice. */
export const hasLoincDigit = (code: string): boolean => {
  const [digits = '', check = ''] = code.split('-');
  const sum = Array.from(digits)
    .reverse()
    .map((digit, place) => (place % 2 === 0 ? 2 * Number(digit) : Number(digit)))
    .reduce((total, value) => total + Math.floor(value / 10) + (value % 10), 0);
  return String((10 - (sum % 10)) % 10) === check;
};

export const hasSnomedDigit = (code: string): boolean =>
  checkDigitOf(code.slice(0, -1)) === code.at(-1);
