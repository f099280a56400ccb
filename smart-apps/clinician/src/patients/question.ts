// Question: what somebody typed to find a patient: a health ID, a hospital's number or a name; and what to ask for it.
// https://hl7.org/fhir/R4/patient.html#search

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';

export interface Typed {
  readonly text: string;
  /** A date, or ''. */
  readonly birthDate: string;
}

export type Question =
  | { readonly kind: 'nothing' }
  /** A name of one letter finds half of everybody. */
  | { readonly kind: 'too-short' }
  /** Looks like a health ID and has not its fourteen digits. */
  | { readonly kind: 'digits'; readonly count: number }
  | { readonly kind: 'uhid'; readonly uhid: string }
  | { readonly kind: 'search'; readonly parameters: SearchParameters };

export const readTyped = ({ text, birthDate }: Typed): Question => {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const born = birthDate === '' ? {} : { birthdate: birthDate };
  if (words.length === 0)
    return birthDate === '' ? { kind: 'nothing' } : { kind: 'search', parameters: born };
  const digits = digitsOf(text);
  if (digits?.length === uhidDigits) return { kind: 'uhid', uhid: digits };
  if (digits !== undefined && looksLikeUhid(text, digits))
    return { kind: 'digits', count: digits.length };
  if (words.length === 1 && /\d/.test(words[0]!))
    return { kind: 'search', parameters: { identifier: words[0], ...born } };
  if (words.every((word) => word.length < 2) && birthDate === '') return { kind: 'too-short' };
  // All words must be found, each in any part of the name.
  return { kind: 'search', parameters: { name: words, ...born } };
};

export const uhidDigits = 14;

/** Written with spaces and dashes, as on the card; undefined where there is anything else in it. */
export const digitsOf = (text: string): string | undefined => {
  const bare = text.replaceAll(/[\s-]/g, '');
  return /^\d+$/.test(bare) ? bare : undefined;
};

/** Hospitals' numbers are shorter, and are not written in groups. */
const looksLikeUhid = (text: string, digits: string): boolean =>
  digits.length >= 11 || /^\s*\d{1,4}([\s-]\d{1,5}){2,}\s*$/.test(text);
