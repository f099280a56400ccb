// Find patient: what is searched for by what is typed into one field: a health ID, a phone number, a birth date or a name.
// https://hl7.org/fhir/R4/patient.html#search

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';
import { readUhid } from './uhid.ts';

/** undefined while there is too little to search by: every look-up that finds nobody is counted. */
export const patientQuery = (typed: string): SearchParameters | undefined => {
  const text = typed.trim();
  const by = byWhat(text);
  return by === undefined ? undefined : { ...by, _count: 10 };
};

const byWhat = (text: string): SearchParameters | undefined => {
  const uhid = readUhid(text);
  if (uhid.ok) return { identifier: uhid.number };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { birthdate: text };
  const digits = text.replace(/[\s-]/g, '');
  if (/^\+?\d{8,13}$/.test(digits)) return { phone: spellingsOf(digits).join(',') };
  const words = text.split(/\s+/).filter((word) => word.length > 1);
  return /\d/.test(text) || words.join('').length < 3 ? undefined : { name: words };
};

/** A number of this country with and without its code, with and without the space in the middle; any other as it was typed. */
const spellingsOf = (digits: string): readonly string[] => {
  const [, first, last] = /^(?:\+?91)?(\d{5})(\d{5})$/.exec(digits) ?? [];
  if (first === undefined || last === undefined) return [digits];
  const spellings = [`${first}${last}`, `${first} ${last}`];
  return spellings.flatMap((each) => [each, `+91${each}`, `+91 ${each}`]);
};
