// Query: `a=1&b=2` as in an address, a form or criteria, read into pairs in the order sent.
// https://hl7.org/fhir/R4/search.html#escaping

import { decodeForm } from './percent.ts';
import { tooCostly } from './problem.ts';

export type Query = readonly (readonly [name: string, value: string])[];

/** `where` names the text in the 400 that is thrown when it cannot be decoded or has more parameters than the limit. */
export const readQuery = (text: string, limit: number, where: string): Query => {
  if (text === '') return [];
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > limit)
    throw tooCostly(
      `The ${where} has ${String(pairs.length)} parameters; at most ${String(limit)} (LIMIT_PARAMETERS) are allowed.`,
    );
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) return [decodeForm(pair, where), ''];
    return [decodeForm(pair.slice(0, equals), where), decodeForm(pair.slice(equals + 1), where)];
  });
};

/** Parameters that say how to answer, whatever is asked: no interaction or operation has them for itself. */
export const answerParameters: ReadonlySet<string> = new Set([
  ...['_format', '_pretty', '_summary', '_elements'],
]);
