// Reads the entries of a batch or transaction: each becomes the request it stands for.
// https://hl7.org/fhir/R4/http.html#transaction

import type { Permit } from '../../access/permit.ts';
import { parseJson } from '../../fhir/json.ts';
import { invalid, notSupported, tooCostly } from '../../fhir/problem.ts';
import { isObject, type Document, type Resource } from '../../fhir/resource.ts';
import type { Expect } from '../../store/port.ts';
import type { Context, FhirRequest } from '../types.ts';
import { readAddress } from './read-address.ts';

/** An entry before it is read: one that cannot be read fails alone in a batch. */
export interface RawEntry {
  /** From 0, as in `Bundle.entry[3]`. */
  readonly place: number;
  readonly plain: unknown;
  readonly exact: unknown;
}

export interface Entry {
  readonly place: number;
  readonly fullUrl?: string;
  readonly request: FhirRequest;
  /** Staged bytes of a Binary. */
  readonly adopts?: readonly string[];
  /** What must hold besides when it creates. */
  readonly expect?: readonly Expect[];
  /** Under which rights it is written, where not those of the request: what the server adds. */
  readonly permit?: Permit;
}

/** Throws 400 when `entry` is no list or longer than LIMIT_ENTRIES. */
export const rawEntries = ({ plain, exact }: Document, limit: number): readonly RawEntry[] => {
  const list = plain['entry'] ?? [];
  const exactList = exact['entry'] ?? [];
  if (!Array.isArray(list) || !Array.isArray(exactList))
    throw invalid('Bundle.entry is a list.', 'Bundle.entry');
  if (list.length > limit)
    throw tooCostly(
      `The Bundle has ${String(list.length)} entries; at most ${String(limit)} (LIMIT_ENTRIES) are taken.`,
      'Bundle.entry',
    );
  return list.map((entry: unknown, place) => ({
    ...{ place, plain: entry, exact: exactList[place] as unknown },
  }));
};

/** Throws 400 naming the element of the entry that is missing or wrong. */
export const readEntry = (
  { place, plain, exact }: RawEntry,
  outer: FhirRequest,
  { limits }: Pick<Context, 'limits'>,
): Entry => {
  if (!isObject(plain) || !isObject(exact)) throw invalid('An entry is an object.', '');
  refuseUnknown(plain, entryMembers, `Bundle.entry[${String(place)}]`);
  const asked = plain['request'];
  if (!isObject(asked))
    throw invalid("An entry of a batch or transaction needs a 'request'.", 'request');
  refuseUnknown(asked, requestMembers, 'request');
  const method = readMethod(asked['method']);
  const url = textOf(asked, 'url') ?? '';
  const fullUrl = readFullUrl(plain['fullUrl']);
  const address = readAddress(url, outer.base, limits.parameters);
  if (address.path === '' && method === 'POST')
    throw notSupported('A Bundle cannot be posted to the base inside another one.', 'request.url');
  const request: FhirRequest = {
    ...{ ...address, method, base: outer.base, nested: true },
    headers: headersOf(asked, outer),
    ...bodyOf(method, plain['resource'], exact['resource'], limits.depth),
  };
  return { place, request, ...(fullUrl === undefined ? {} : { fullUrl }) };
};

const entryMembers: ReadonlySet<string> = new Set(
  'id extension modifierExtension link fullUrl _fullUrl resource search request response'.split(
    ' ',
  ),
);
const requestMembers: ReadonlySet<string> = new Set(
  (
    'id extension modifierExtension method _method url _url ifNoneMatch _ifNoneMatch ' +
    'ifModifiedSince _ifModifiedSince ifMatch _ifMatch ifNoneExist _ifNoneExist'
  ).split(' '),
);

const refuseUnknown = (
  members: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  element: string,
): void => {
  for (const name in members)
    if (!known.has(name)) throw invalid(`'${name}' is not an element here.`, `${element}.${name}`);
};

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const readMethod = (method: unknown): FhirRequest['method'] => {
  const known = methods.find((each) => each === method);
  if (known) return known;
  throw invalid(`'request.method' must be one of ${methods.join(', ')}.`, 'request.method');
};

const textOf = (members: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = members[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw invalid(`'request.${name}' is a text that is not empty.`, `request.${name}`);
};

const readFullUrl = (fullUrl: unknown): string | undefined => {
  if (fullUrl === undefined) return undefined;
  if (typeof fullUrl !== 'string' || fullUrl === '')
    throw invalid("'fullUrl' is a text that is not empty.", 'fullUrl');
  // bdl-8
  if (fullUrl.includes('/_history/')) throw invalid("'fullUrl' cannot name a version.", 'fullUrl');
  return fullUrl;
};

const headersOf = (
  asked: Readonly<Record<string, unknown>>,
  outer: FhirRequest,
): FhirRequest['headers'] => {
  const since = textOf(asked, 'ifModifiedSince');
  const exist = textOf(asked, 'ifNoneExist');
  return {
    'if-match': textOf(asked, 'ifMatch'),
    'if-none-match': textOf(asked, 'ifNoneMatch'),
    'if-modified-since': since === undefined ? undefined : readInstant(since),
    // Only what follows the question mark counts; some send all of the address.
    'if-none-exist': exist?.slice(exist.indexOf('?') + 1),
    prefer: outer.headers['prefer'],
  };
};

const readInstant = (text: string): string => {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return new Date(time).toUTCString();
  throw invalid(`'${text}' is not an instant.`, 'request.ifModifiedSince');
};

const bodyOf = (
  method: FhirRequest['method'],
  plain: unknown,
  exact: unknown,
  depth: number,
): Pick<FhirRequest, 'body' | 'json'> => {
  if (plain === undefined) {
    if (method === 'PUT' || method === 'PATCH')
      throw invalid(`${method} needs a 'resource'.`, 'resource');
    return {};
  }
  if (!isObject(plain) || typeof plain['resourceType'] !== 'string')
    throw invalid("'resource' is an object with a 'resourceType'.", 'resource');
  if (method === 'PATCH' && plain['resourceType'] === 'Binary')
    return { json: readPatch(plain, depth) };
  return { body: { plain: plain as Resource, exact: exact as Resource } };
};

/** A JSON Patch travels inside a Binary. https://hl7.org/fhir/R4/http.html#patch */
const readPatch = (binary: Readonly<Record<string, unknown>>, depth: number): unknown => {
  const { contentType, data } = binary;
  if (typeof contentType !== 'string' || !/^application\/json-patch\+json\b/.test(contentType))
    throw invalid(
      "The Binary of a PATCH has the contentType 'application/json-patch+json'.",
      'resource.contentType',
    );
  if (typeof data !== 'string') throw invalid("The Binary of a PATCH has 'data'.", 'resource.data');
  return parseJson(Buffer.from(data, 'base64').toString('utf8'), depth).exact;
};
