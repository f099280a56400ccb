// Entities: what an AuditEvent is about: a resource, a patient, a question, and the request it was part of.
// https://profiles.ihe.net/ITI/BALP/content.html

import type { Act } from './acts.ts';
import { codes } from './coding.ts';

/** The version where it is known. */
export const dataEntity = (name: string): object => {
  const [type = '', id = '', version] = name.split('/');
  return {
    what: {
      reference: version === undefined ? `${type}/${id}` : `${type}/${id}/_history/${version}`,
    },
    type: codes.systemObject,
    role: codes.domainResource,
  };
};

export const patientEntity = (reference: string): object => ({
  what: { reference },
  type: codes.person,
  role: codes.patient,
});

export const requestEntity = (id: string): object => ({
  what: { identifier: { value: id } },
  type: codes.requestId,
});

/** `masked`: without ids and values, which may name others. */
export const queryEntity = (
  { path, query }: Act,
  base: string,
  form: 'whole' | 'masked',
): object => {
  const [shownPath, shownQuery] =
    form === 'whole' ? [path, query] : [maskPath(path), maskQuery(query)];
  const address = `${base}/${shownPath}${shownQuery === '' ? '' : `?${shownQuery}`}`;
  return {
    type: codes.systemObject,
    role: codes.query,
    query: Buffer.from(address).toString('base64'),
  };
};

/** Ids and version ids stand second and fourth. */
const maskPath = (path: string): string =>
  path
    .split('/')
    .map((part, place) => (place % 2 === 0 || /^[_$*]/.test(part) ? part : '-'))
    .join('/');

const maskQuery = (query: string): string =>
  query
    .split('&')
    .map((pair) => `${pair.split('=', 1)[0]!}=`)
    .join('&');
