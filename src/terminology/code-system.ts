// CodeSystem: a stored or official code system, read once into maps by code, parent and child.
// https://hl7.org/fhir/R4/codesystem.html

import type { CanonicalResource } from '../fhir/definitions/types.ts';
import { isObject } from '../fhir/resource.ts';
import type { CodeSystem, Concept, ConceptProperty } from './types.ts';

const childProperties = new Set(['child', 'http://hl7.org/fhir/concept-properties#child']);
const parentProperties = new Set([
  'parent',
  'subsumedBy',
  'http://hl7.org/fhir/concept-properties#parent',
]);

export const readCodeSystem = (resource: CanonicalResource): CodeSystem => {
  const url = resource.url ?? '';
  const concepts = new Map<string, Concept>();
  const links: Links = { children: new Map(), parents: new Map() };
  const kinds = propertyKinds(resource);
  // A stack: what comes first in the system must be on top.
  const pending = listed(resource['concept'])
    .reverse()
    .map((json) => ({ json, parent: '' }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const concept = readConcept(next.json, resource);
    if (concept.code === '') continue;
    concepts.set(concept.code, concept);
    if (next.parent !== '') link(links, next.parent, concept.code);
    linkByProperties(links, concept, kinds);
    for (const json of listed(next.json['concept']).reverse())
      pending.push({ json, parent: concept.code });
  }
  const folded = resource['caseSensitive'] === true ? undefined : foldCodes(concepts);
  return {
    url,
    ...(resource.version === undefined ? {} : { version: resource.version }),
    name: text(resource['title']) ?? text(resource['name']) ?? url,
    resource,
    isComplete: resource['content'] === 'complete',
    concepts,
    find: (code) => concepts.get(code) ?? folded?.get(code.toLowerCase()),
    children: (code) => links.children.get(code) ?? [],
    parents: (code) => links.parents.get(code) ?? [],
  };
};

/** The code and everything reachable from it by `next` (children or parents); a circle ends where it began. */
export const reach = (code: string, next: (code: string) => readonly string[]): Set<string> => {
  const seen = new Set([code]);
  for (const each of seen) for (const further of next(each)) seen.add(further);
  return seen;
};

interface Links {
  readonly children: Map<string, string[]>;
  readonly parents: Map<string, string[]>;
}

const link = ({ children, parents }: Links, parent: string, child: string): void => {
  append(children, parent, child);
  append(parents, child, parent);
};

const append = (map: Map<string, string[]>, key: string, value: string): void => {
  const known = map.get(key);
  if (!known) map.set(key, [value]);
  else if (!known.includes(value)) known.push(value);
};

/** The codes of the properties that mean parent and child in this system, by their own name or by HL7's uri. */
const propertyKinds = (
  resource: CanonicalResource,
): { child: Set<string>; parent: Set<string> } => {
  const kinds = { child: new Set(['child']), parent: new Set(['parent', 'subsumedBy']) };
  for (const { code, uri } of listed(resource['property'])) {
    if (typeof code !== 'string' || typeof uri !== 'string') continue;
    if (childProperties.has(uri)) kinds.child.add(code);
    if (parentProperties.has(uri)) kinds.parent.add(code);
  }
  return kinds;
};

const linkByProperties = (
  links: Links,
  { code, properties }: Concept,
  kinds: { child: Set<string>; parent: Set<string> },
): void => {
  for (const property of properties) {
    if (typeof property.value !== 'string') continue;
    if (kinds.child.has(property.code)) link(links, code, property.value);
    if (kinds.parent.has(property.code)) link(links, property.value, code);
  }
};

const readConcept = (
  json: Readonly<Record<string, unknown>>,
  { url, version }: CanonicalResource,
): Concept => {
  const properties = listed(json['property']).map(readProperty);
  return {
    system: url ?? '',
    ...(version === undefined ? {} : { version }),
    code: text(json['code']) ?? '',
    ...optional('display', text(json['display'])),
    ...optional('definition', text(json['definition'])),
    designation: listed(json['designation']),
    properties,
    abstract: properties.some(isAbstract),
    inactive: properties.some(isInactive),
  };
};

const readProperty = (json: Readonly<Record<string, unknown>>): ConceptProperty => {
  const name = Object.keys(json).find((key) => key.startsWith('value')) ?? 'valueString';
  return { code: text(json['code']) ?? '', name, value: json[name] };
};

const isAbstract = ({ code, value }: ConceptProperty): boolean =>
  (code === 'notSelectable' || code === 'abstract') && value === true;

const isInactive = ({ code, value }: ConceptProperty): boolean =>
  (code === 'inactive' && value === true) ||
  (code === 'status' && (value === 'retired' || value === 'inactive'));

const foldCodes = (concepts: ReadonlyMap<string, Concept>): Map<string, Concept> => {
  const folded = new Map<string, Concept>();
  for (const [code, concept] of concepts) {
    const lower = code.toLowerCase();
    if (!folded.has(lower)) folded.set(lower, concept);
  }
  return folded;
};

/** The objects of a JSON list; anything else is no list. */
export const listed = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** `{ [key]: value }`, or nothing when the value is undefined. */
export const optional = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [k in K]: V });
