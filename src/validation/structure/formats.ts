// Formats: what the text of each primitive must look like, by the official pattern and by what a pattern cannot say.
// https://hl7.org/fhir/R4/datatypes.html#primitive

import type { Definitions } from '../../fhir/definitions/types.ts';

export type Format = (text: string) => boolean;

/** By the name of the primitive; boolean and the numbers are JSON's own and not among them. */
export const buildFormats = (definitions: Definitions): ReadonlyMap<string, Format> => {
  const formats = new Map<string, Format>();
  for (const name of Object.keys(looks)) {
    const pattern = patternOf(name, definitions);
    if (!pattern) continue;
    const matches: Format = (text) => text !== '' && pattern.test(text);
    const further = furtherRules[name];
    formats.set(name, further ? further(matches) : matches);
  }
  return formats;
};

const patternOf = (name: string, definitions: Definitions): RegExp | undefined => {
  const pattern = definitions.types.get(name)?.pattern;
  return pattern === undefined ? undefined : new RegExp(pattern);
};

const dayOf =
  (matches: Format): Format =>
  (text) =>
    matches(text) && isDay(text);

/** Whether the month has that day; a date without day has every one. The text matches the pattern already. */
const isDay = (text: string): boolean => {
  if (text.length < 10) return true;
  const day = Number(text.slice(8, 10));
  if (day <= 28) return true;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (isLeap ? 29 : 28) : shortMonths.has(month) ? 30 : 31);
};

const shortMonths = new Set([4, 6, 9, 11]);

/** RFC 4648 with blanks, as XML Schema has it; the official pattern would take `=` anywhere. */
const base64 = (): Format => (text) => {
  const compact = /\s/.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text;
  return compact !== '' && compact.length % 4 === 0 && isBase64(compact);
};

const chunk = 1 << 20;

/** Node's decoder leaves out what is not base64, so the text is right when no byte is missing: 50 MB take some 30 ms. */
const isBase64 = (text: string): boolean => {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const end = text.length - padding;
  if (text.slice(0, end).includes('=') || text.includes('-') || text.includes('_')) return false;
  for (let start = 0; start < end; start += chunk) {
    const part = text.slice(start, Math.min(start + chunk, end));
    if (Buffer.from(part, 'base64').length !== Math.floor((part.length * 3) / 4)) return false;
  }
  return true;
};

/** "strings SHALL NOT exceed 1MB (1024*1024 characters) in size" */
const longest = 1024 * 1024;

const limited =
  (matches: Format): Format =>
  (text) =>
    text.length <= longest && matches(text);

const furtherRules: Readonly<Record<string, (matches: Format) => Format>> = {
  string: limited,
  markdown: limited,
  date: dayOf,
  dateTime: dayOf,
  instant: dayOf,
  base64Binary: base64,
};

/** What a value of the type looks like, for messages. */
export const looks: Readonly<Record<string, string>> = {
  boolean: 'true or false, without quotes',
  integer: 'a whole number from -2147483648 to 2147483647, without quotes',
  positiveInt: 'a whole number from 1 to 2147483647, without quotes',
  unsignedInt: 'a whole number from 0 to 2147483647, without quotes',
  decimal: 'a number, without quotes',
  string: 'a text that is not empty, of at most 1 MB, without control characters',
  markdown: 'a text that is not empty, of at most 1 MB, without control characters',
  code: 'a text without leading, trailing or double blanks',
  id: 'up to 64 letters, digits, - and .',
  uri: 'an address without blanks',
  url: 'an address without blanks',
  canonical: 'an address without blanks',
  oid: 'such as urn:oid:1.2.3',
  uuid: 'such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520, in lower case',
  date: 'YYYY, YYYY-MM or YYYY-MM-DD of a day that exists',
  dateTime: 'YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+zz:zz of a day that exists',
  instant: 'YYYY-MM-DDThh:mm:ss.sss+zz:zz of a day that exists',
  time: 'hh:mm:ss, without a zone',
  base64Binary: 'base64 (RFC 4648), its length a multiple of four',
  xhtml: 'a text that holds one <div>',
};
