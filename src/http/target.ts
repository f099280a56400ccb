// Target: what the request line says, decoded: the path below the FHIR base and the parameters in the order sent.
// https://hl7.org/fhir/R4/http.html#general

import { decodeForm, decodePercent } from '../fhir/percent.ts';
import { tooCostly } from '../fhir/problem.ts';

export type Query = readonly (readonly [string, string])[];

export interface Target {
  /** Without slashes at its ends: `Patient/1/_history`. */
  readonly path: string;
  readonly query: Query;
}

/** `url` is the request's own, `mount` the path of the FHIR base in it. Throws 400 when it cannot be decoded. */
export const readTarget = (url: string, mount: string, limit: number): Target => {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return {
    path: decodePercent(path.slice(mount.length), 'path of the address').replace(/^\/|\/$/g, ''),
    query: mark < 0 ? [] : readQuery(url.slice(mark + 1), limit),
  };
};

/** Reads `a=1&b=2`, as in an address or a form. */
export const readQuery = (text: string, limit: number): Query => {
  if (text === '') return [];
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > limit)
    throw tooCostly(
      `The request has ${String(pairs.length)} parameters; at most ${String(limit)} (LIMIT_PARAMETERS) are allowed.`,
    );
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) return [decode(pair), ''];
    return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
  });
};

const decode = (text: string): string => decodeForm(text, 'query of the address');
