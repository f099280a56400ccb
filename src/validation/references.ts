// References: the type a Reference points at must be one the element takes, and a fragment must be contained.
// https://hl7.org/fhir/R4/references.html

import { typeOfReference } from '../fhir/reference.ts';
import type { Issue } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';
import { pathOf, shorten, type Place } from './place.ts';

type Json = Readonly<Record<string, unknown>>;

const anyType = new Set(['Resource', 'DomainResource']);

/** `container` is the outermost resource that holds the contained ones. */
export const checkReference = (
  place: Place,
  targets: readonly string[] | undefined,
  container: Json,
): Issue | undefined => {
  const { reference, type } = place.value as Json;
  const said = typeof type === 'string' && /^[A-Z]/.test(type) ? type : undefined;
  if (typeof reference !== 'string')
    return said === undefined ? undefined : fits(said, targets, place);
  if (reference.startsWith('#'))
    return checkFragment(reference.slice(1), place, targets, container);
  const named = typeOfReference(reference) ?? conditionalType(reference);
  if (named !== undefined && said !== undefined && named !== said)
    return fault(place, `says type '${said}' and points at '${shorten(reference)}'`);
  const known = named ?? said;
  return known === undefined ? undefined : fits(known, targets, place);
};

/** `Patient?identifier=x`, which a transaction resolves. */
const conditionalType = (reference: string): string | undefined =>
  /^([A-Z][A-Za-z]+)\?/.exec(reference)?.[1];

const checkFragment = (
  id: string,
  place: Place,
  targets: readonly string[] | undefined,
  container: Json,
): Issue | undefined => {
  if (id === '') return fits(String(container['resourceType']), targets, place);
  const found = containedOf(container).get(id);
  if (!isObject(found))
    return fault(
      place,
      `points at '#${shorten(id)}', and no contained resource has that id (ref-1)`,
    );
  return fits(String(found['resourceType']), targets, place);
};

const containedById = new WeakMap<Json, ReadonlyMap<unknown, unknown>>();

/** By id, so that a thousand references into a thousand contained resources are no million comparisons. */
const containedOf = (container: Json): ReadonlyMap<unknown, unknown> => {
  const known = containedById.get(container);
  if (known) return known;
  const list: readonly unknown[] = Array.isArray(container['contained'])
    ? container['contained']
    : [];
  const byId = new Map(list.filter(isObject).map((each) => [each['id'], each]));
  containedById.set(container, byId);
  return byId;
};

const fits = (
  type: string,
  targets: readonly string[] | undefined,
  place: Place,
): Issue | undefined => {
  if (!targets || targets.includes(type) || targets.some((each) => anyType.has(each)))
    return undefined;
  return fault(place, `points at a ${shorten(type)}; it takes ${targets.join(', ')}`);
};

const fault = (place: Place, what: string): Issue => ({
  severity: 'error',
  code: 'value',
  diagnostics: `${pathOf(place)} ${what}.`,
  expression: [pathOf(place)],
});
