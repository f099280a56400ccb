// changes-only: whether an update leaves alone what the caller may not change.

import { isDeepStrictEqual } from 'node:util';
import { isObject, type Resource } from '../fhir/resource.ts';

/** `elements` are those that may change; what the server itself stamps is not compared. */
export const changesOnly = (
  elements: readonly string[],
  resource: Resource,
  previous: Resource,
): boolean => {
  const isFree = (name: string): boolean => elements.includes(name.replace(/^_/, ''));
  const names = new Set([...Object.keys(resource), ...Object.keys(previous)]);
  return [...names].every(
    (name) => isFree(name) || isDeepStrictEqual(bare(resource, name), bare(previous, name)),
  );
};

const bare = (resource: Resource, name: string): unknown => {
  const value = resource[name];
  if (name !== 'meta' || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !stamped.has(key)));
};

const stamped: ReadonlySet<string> = new Set(['versionId', 'lastUpdated']);
