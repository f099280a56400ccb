// Contained resources: flat, without versions and labels of their own, with an id that is used (dom-2 to dom-5).
// https://hl7.org/fhir/R4/references.html#contained

import type { Issue } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';
import { pathOf, type Place } from './place.ts';

type Json = Readonly<Record<string, unknown>>;

/** Faults of the resources contained in the resource at `place`. */
export const checkContained = (place: Place): readonly Issue[] => {
  const holder = place.value as Json;
  const list: readonly unknown[] = Array.isArray(holder['contained']) ? holder['contained'] : [];
  if (list.length === 0) return none;
  const used = usedFragments(holder);
  const ids = new Set<unknown>();
  const issues: Issue[] = [];
  for (const [index, resource] of list.entries()) {
    if (!isObject(resource)) continue;
    const path = `${pathOf(place)}.contained[${String(index)}]`;
    for (const text of faultsOf(resource, used, ids)) issues.push(fault(path, text));
    ids.add(resource['id']);
  }
  return issues;
};

const none: readonly Issue[] = [];

const faultsOf = (
  resource: Json,
  used: ReadonlySet<string>,
  ids: ReadonlySet<unknown>,
): string[] => {
  const { id, meta, contained } = resource;
  const faults: string[] = [];
  if (contained !== undefined) faults.push('is contained and must not contain others (dom-2)');
  if (typeof id !== 'string') faults.push('has no id, so nothing can refer to it');
  else if (ids.has(id)) faults.push(`has the id '${id}' of another contained resource`);
  if (typeof id === 'string' && !used.has(`#${id}`) && !usedFragments(resource).has('#'))
    faults.push(`is not referred to from the resource around it (dom-3); refer to it by '#${id}'`);
  if (isObject(meta) && (meta['versionId'] !== undefined || meta['lastUpdated'] !== undefined))
    faults.push('must not have meta.versionId or meta.lastUpdated (dom-4)');
  if (isObject(meta) && meta['security'] !== undefined)
    faults.push('must not have meta.security (dom-5)');
  return faults;
};

/** Every text that begins with #: references, canonicals and addresses alike. */
const usedFragments = (value: unknown, found = new Set<string>()): ReadonlySet<string> => {
  if (typeof value === 'string' && value.startsWith('#')) found.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) usedFragments(each, found);
  return found;
};

const fault = (path: string, text: string): Issue => ({
  severity: 'error',
  code: 'invariant',
  diagnostics: `${path} ${text}.`,
  expression: [path],
});
