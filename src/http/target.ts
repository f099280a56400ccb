// Target: what the request line says, decoded: the path below the FHIR base and the parameters in the order sent.
// https://hl7.org/fhir/R4/http.html#general

import { decodePercent } from '../fhir/percent.ts';
import { readQuery, type Query } from '../fhir/query.ts';

export interface Target {
  /** Without slashes at its ends: `Patient/1/_history`. */
  readonly path: string;
  readonly query: Query;
}

/** "A server MUST accept the absolute-form" of a request's url. https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form */
export const originForm = (url: string): string =>
  url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '');

/** `url` is the request's own, `mount` the path of the FHIR base in it. Throws 400 when it cannot be decoded. */
export const readTarget = (url: string, mount: string, limit: number): Target => {
  const own = originForm(url);
  const mark = own.indexOf('?');
  const path = mark < 0 ? own : own.slice(0, mark);
  return {
    path: decodePercent(path.slice(mount.length), 'path of the address').replace(/^\/|\/$/g, ''),
    query: mark < 0 ? [] : readQuery(own.slice(mark + 1), limit, 'query of the address'),
  };
};
