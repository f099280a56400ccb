// Bundle: what its invariants say of entries together, in one pass (bdl-7), and the addresses of its entries.
// https://hl7.org/fhir/R4/bundle.html#invs

import type { Issue } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';
import { typeOfReference } from '../fhir/reference.ts';
import { pathOf, type Place } from './place.ts';

type Json = Readonly<Record<string, unknown>>;

export const checkBundle = (place: Place, depth: 'errors' | 'all'): readonly Issue[] => {
  const bundle = place.value as Json;
  const entries: readonly unknown[] = Array.isArray(bundle['entry']) ? bundle['entry'] : [];
  const seen = new Map<string, number>();
  const issues: Issue[] = [];
  for (const [index, entry] of entries.entries()) {
    if (!isObject(entry) || typeof entry['fullUrl'] !== 'string') continue;
    const path = `${pathOf(place)}.entry[${String(index)}].fullUrl`;
    const resource = isObject(entry['resource']) ? entry['resource'] : {};
    const first =
      bundle['type'] === 'history' ? undefined : repeats(seen, entry['fullUrl'], resource, index);
    if (first !== undefined)
      issues.push(fault(path, `is the same as that of entry[${String(first)}] (bdl-7)`));
    const mismatch = depth === 'all' ? checkAddress(entry['fullUrl'], resource) : undefined;
    if (mismatch !== undefined) issues.push({ ...fault(path, mismatch), severity: 'warning' });
  }
  return issues;
};

/** The place of the first entry with the same address and version. */
const repeats = (
  seen: Map<string, number>,
  fullUrl: string,
  resource: Json,
  index: number,
): number | undefined => {
  const { meta } = resource;
  const version = isObject(meta) && typeof meta['versionId'] === 'string' ? meta['versionId'] : '';
  const key = `${fullUrl} ${version}`;
  const first = seen.get(key);
  if (first === undefined) seen.set(key, index);
  return first;
};

/** "the fullUrl ... SHALL be consistent with the id in the resource", for addresses that end in type and id. */
const checkAddress = (fullUrl: string, { id, resourceType }: Json): string | undefined => {
  const type = typeOfReference(fullUrl);
  if (type === undefined || typeof id !== 'string') return undefined;
  return fullUrl.endsWith(`/${String(resourceType)}/${id}`)
    ? undefined
    : `does not end in the resource's own ${String(resourceType)}/${id}`;
};

const fault = (path: string, text: string): Issue => ({
  severity: 'error',
  code: 'invariant',
  diagnostics: `${path} ${text}.`,
  expression: [path],
});
