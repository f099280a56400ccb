// Paging: links that lead to the pages around this one. A place in a list travels signed and works only for its list.
// https://hl7.org/fhir/R4/http.html#paging

import { hash } from 'node:crypto';
import type { Link } from '../fhir/bundle.ts';
import { invalid } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';
import type { Position } from '../search/window.ts';
import type { Page } from '../store/port.ts';
import type { Cursors } from './types.ts';

export interface List {
  /** Address of the list without parameters. */
  readonly url: string;
  /** What was applied: the parameters of the self link. */
  readonly parameters: readonly (readonly [string, string])[];
}

export type Place = { readonly after?: Position; readonly before?: Position };

/** Throws 400 when the cursor is not one of ours, or is one of another list. */
export const openCursor = (cursors: Cursors, cursor: string | undefined, list: List): Place => {
  if (cursor === undefined) return {};
  const opened = cursors.open(cursor);
  if (!isObject(opened) || opened['of'] !== nameOf(list))
    throw invalid('_cursor is not one of this list; follow the links of its pages.', '_cursor');
  const { after, before } = opened as Place;
  return { ...(after ? { after } : {}), ...(before ? { before } : {}) };
};

export const pageLinks = (cursors: Cursors, list: List, page: Page<unknown>): readonly Link[] => {
  const self = urlOf(list);
  const to = (place: Place): string => {
    const cursor = cursors.seal({ of: nameOf(list), ...place });
    return urlOf({ ...list, parameters: [...list.parameters, ['_cursor', cursor]] });
  };
  return [
    { relation: 'self', url: self },
    ...(page.next || page.previous ? [{ relation: 'first', url: self } as const] : []),
    ...(page.previous
      ? [{ relation: 'previous', url: to({ before: page.previous }) } as const]
      : []),
    ...(page.next ? [{ relation: 'next', url: to({ after: page.next }) } as const] : []),
  ];
};

// The size of a page is the client's to change on the way.
const nameOf = (list: List): string => {
  const parameters = list.parameters.filter(([name]) => name !== '_count');
  return hash('sha256', urlOf({ ...list, parameters }), 'base64url').slice(0, 16);
};

const urlOf = ({ url, parameters }: List): string => {
  if (parameters.length === 0) return url;
  return `${url}?${parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
};

// The signs that give values their meaning stay readable; all are legal in a query.
const encode = (value: string): string =>
  encodeURIComponent(value).replace(/%(?:2C|3A|2F|24)/g, (escape) => decodeURIComponent(escape));
