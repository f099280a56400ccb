// Reads Bundle.entry.request.url: the path below the FHIR base and the parameters in the order given.
// https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.request.url

import { decodePercent } from '../../fhir/percent.ts';
import { invalid } from '../../fhir/problem.ts';
import { readQuery, type Query } from '../../fhir/query.ts';

export interface Address {
  /** Without slashes at its ends: `Patient/1/_history`. */
  readonly path: string;
  readonly query: Query;
}

/** Relative to the base, or absolute when it begins with it. Throws 400 for other servers and what cannot be decoded. */
export const readAddress = (url: string, base: string, limit: number): Address => {
  const local =
    url.startsWith(`${base}/`) || url.startsWith(`${base}?`) ? url.slice(base.length) : url;
  if (/^[a-z][a-z0-9+.-]*:/i.test(local))
    throw invalid(`'${url}' is no address on this server; write it relative to ${base}.`);
  const mark = local.indexOf('?');
  return {
    path: decodePercent(mark < 0 ? local : local.slice(0, mark), 'path').replace(/^\/|\/$/g, ''),
    query: mark < 0 ? [] : readQuery(local.slice(mark + 1), limit, 'query'),
  };
};
