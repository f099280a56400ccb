// FHIR JSON in and out without loss: numbers keep their digits, and what cannot be kept is refused.
// https://hl7.org/fhir/R4/json.html

import { findFault } from './json-fault.ts';
import { scanJson } from './json-scan.ts';
import { invalid, tooCostly } from './problem.ts';
import { isObject, type Document, type Resource } from './resource.ts';

declare global {
  interface JSON {
    rawJSON(text: string): { readonly rawJSON: string };
    isRawJSON(value: unknown): value is { readonly rawJSON: string };
  }
}

interface Parsed {
  readonly plain: unknown;
  readonly exact: unknown;
}

/**
 * JSON text as ordinary values (`plain`) and as values that print every number as it was written (`exact`; the same
 * object when that makes no difference). Throws a 400 that names line and column for malformed JSON, a key given twice,
 * NUL or half a surrogate pair, and nesting beyond `maxDepth`.
 */
export const parseJson = (text: string, maxDepth: number): Parsed => {
  const scan = scanJson(text);
  if (scan.depth > maxDepth)
    throw tooCostly(
      `The JSON is nested more than ${String(maxDepth)} levels deep, the limit of this server (LIMIT_DEPTH).`,
    );
  const plain = parseOrRefuse(text);
  if (countKeys(plain) !== scan.keys) throw refusal(text);
  if (!text.isWellFormed() || (scan.hasUnicodeEscape && printsForbidden(plain)))
    throw refusal(text);
  return { plain, exact: scan.changing.length === 0 ? plain : parseExact(text, scan.changing) };
};

/** A resource from JSON text; besides the refusals of `parseJson` a 400 when it is no object with a `resourceType`. */
export const parseDocument = (text: string, maxDepth: number): Document =>
  readDocument(parseJson(text, maxDepth));

/** Throws 400 when what was parsed is no resource. */
export const readDocument = ({ plain, exact }: Parsed): Document => {
  if (!isObject(plain)) throw invalid('The body must be a FHIR resource: a JSON object.');
  const { resourceType } = plain;
  if (typeof resourceType !== 'string' || resourceType === '')
    throw invalid('The body must be a FHIR resource: it has no \'resourceType\', e.g. "Patient".');
  return { plain: plain as Resource, exact: exact as Resource };
};

/** JSON text of what `parseJson` called exact. */
export const stringify = (exact: unknown): string => JSON.stringify(exact);

/** The document of an exact resource that was edited. */
export const documentOf = (exact: Resource): Document => ({
  plain: withPlainNumbers(exact) as Resource,
  exact,
});

const parseOrRefuse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw refusal(text);
    throw error;
  }
};

const refusal = (text: string) => {
  if (text.trim() === '') return invalid('The body is empty; it must be JSON.');
  const { offset, reason } = findFault(text);
  const before = text.slice(0, offset).split('\n');
  const place = `line ${String(before.length)}, column ${String(before.at(-1)!.length + 1)}`;
  return invalid(`The body is not acceptable JSON: ${reason} at ${place}.`);
};

// JSON.parse silently keeps the last of two equal keys, so a difference to the colons in the text is a key given twice.
const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countKeys(item);
    return count;
  }
  for (const key in value) {
    count += 1;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object') count += countKeys(member);
  }
  return count;
};

// JSON.stringify escapes NUL and half surrogate pairs and nothing else that this looks for.
const printsForbidden = (plain: unknown): boolean =>
  /(?<!\\)(?:\\\\)*\\u(?:d[89a-f]|0000)/.test(JSON.stringify(plain));

// A reviver would do, but takes five times as long. No text of an accepted document has NUL, so it can mark the numbers.
const parseExact = (text: string, changing: readonly number[]): unknown => {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < changing.length; at += 2) {
    const [start, end] = [changing[at]!, changing[at + 1]!];
    pieces.push(text.slice(from, start), `"\\u0000${text.slice(start, end)}"`);
    from = end;
  }
  pieces.push(text.slice(from));
  const marked: unknown = JSON.parse(pieces.join(''));
  return unmark({ marked }).marked;
};

// Changes in place: nobody else has seen these objects.
const unmark = <T extends object>(members: T): T => {
  const writable = members as Record<string, unknown>;
  for (const key in writable) {
    const member = writable[key];
    if (typeof member === 'object' && member !== null) unmark(member);
    else if (typeof member === 'string' && member.charCodeAt(0) === 0)
      writable[key] = JSON.rawJSON(member.slice(1));
  }
  return members;
};

// Shares with the exact value whatever holds no such number.
const withPlainNumbers = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (JSON.isRawJSON(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) {
    const items = value.map(withPlainNumbers);
    return items.some((item, place) => item !== value[place]) ? items : value;
  }
  const members = Object.entries(value).map(
    ([key, member]) => [key, withPlainNumbers(member)] as const,
  );
  const isSame = members.every(
    ([key, member]) => member === (value as Record<string, unknown>)[key],
  );
  return isSame ? value : Object.fromEntries(members);
};
