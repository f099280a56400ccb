// What the path compiler knows of FHIR's types: which properties an element name means, and which type is a kind of which.
// https://hl7.org/fhir/R4/fhirpath.html#polymorphism

import type { Definitions, Property, TypeDefinition } from '../definitions/types.ts';
import { isObject } from '../resource.ts';
import { element, type Element } from './element.ts';
import { PathError } from './error.ts';

/** One JSON property an element name may stand for: `value` of Observation stands for eleven. */
export interface Access {
  readonly key: string;
  readonly type: string;
  /** `_key` where the type is a primitive. */
  readonly companion: string | undefined;
}

export interface Model {
  readonly definitions: Definitions;
  /** The properties that `name` means on the type; [] when the type has no such element. */
  accesses(type: string, name: string): readonly Access[];
  /** The property of that JSON name. */
  access(type: string, key: string): Access | undefined;
  /** Whether `type` is the wanted one or derived from it: a Patient is a Resource, a code is a string. */
  isKindOf(type: string, wanted: string): boolean;
  /** A type as an expression writes it (`FHIR.Patient`, `boolean`, `Boolean`) as types are named here. Throws PathError. */
  typeNamed(name: string): string;
}

const models = new WeakMap<Definitions, Model>();

/** The one model of these definitions. */
export const modelOf = (definitions: Definitions): Model => {
  const known = models.get(definitions);
  if (known !== undefined) return known;
  const model = createModel(definitions);
  models.set(definitions, model);
  return model;
};

const createModel = (definitions: Definitions): Model => {
  const byType = new Map<string, TypeAccess>();
  const accessOf = (type: string): TypeAccess => {
    const known = byType.get(type) ?? typeAccess(definitions, type);
    byType.set(type, known);
    return known;
  };
  const isKindOf = (type: string, wanted: string): boolean => {
    for (let at: string | undefined = type; at !== undefined; at = definitions.types.get(at)?.base)
      if (at === wanted) return true;
    return false;
  };
  return {
    definitions,
    accesses: (type, name) =>
      type.startsWith('System.')
        ? systemAccess(name)
        : (accessOf(type).byName.get(name) ?? noAccess),
    access: (type, key) => accessOf(type).byKey.get(key),
    isKindOf,
    typeNamed: (name) => typeNamed(definitions, name),
  };
};

interface TypeAccess {
  readonly byName: ReadonlyMap<string, readonly Access[]>;
  readonly byKey: ReadonlyMap<string, Access>;
}

const noAccess: readonly Access[] = [];

// What type() gives has a namespace and a name, a quantity of an expression its value and unit.
const systemAccess = (name: string): readonly Access[] => [
  { key: name, type: name === 'value' ? 'System.Decimal' : 'System.String', companion: undefined },
];

const typeAccess = (definitions: Definitions, type: string): TypeAccess => {
  const definition = definitions.types.get(type);
  const byName = new Map<string, Access[]>();
  const byKey = new Map<string, Access>();
  for (const [key, property] of propertiesOf(definition)) {
    const name = property.element.name.replace('[x]', '');
    const isPrimitive = definitions.types.get(property.type.code)?.kind === 'primitive';
    const access = {
      key,
      type: property.type.code,
      companion: isPrimitive ? `_${key}` : undefined,
    };
    byName.set(name, [...(byName.get(name) ?? []), access]);
    byKey.set(key, access);
  }
  return { byName, byKey };
};

const propertiesOf = (
  definition: TypeDefinition | undefined,
): readonly (readonly [string, Property])[] =>
  definition === undefined ? [] : [...definition.properties];

const systemTypes = new Set([
  'Boolean',
  'String',
  'Integer',
  'Decimal',
  'Date',
  'DateTime',
  'Time',
  'Quantity',
  'Any',
]);

const typeNamed = (definitions: Definitions, name: string): string => {
  const [namespace, bare] = name.includes('.')
    ? (name.split('.', 2) as [string, string])
    : ['', name];
  if (namespace === 'System') return name;
  if (definitions.types.has(bare)) return bare;
  if (namespace === '' && systemTypes.has(bare)) return `System.${bare}`;
  throw new PathError(`FHIRPath knows no type '${name}'.`);
};

/** Puts what the property holds at the end of `found`: nothing, one element, or one for each item of a list. */
export const readAccess = (
  owner: Readonly<Record<string, unknown>>,
  access: Access,
  found: Element[],
): void => {
  const value = owner[access.key];
  const companion = access.companion === undefined ? undefined : owner[access.companion];
  if (Array.isArray(value)) {
    const companions: readonly unknown[] = Array.isArray(companion) ? companion : [];
    for (let at = 0; at < value.length; at += 1) readItem(value[at], access, companions[at], found);
  } else if (value !== undefined) readItem(value, access, companion, found);
  else if (companion !== undefined) readLonelyCompanion(companion, access, found);
};

// In a list of primitives null stands for one that has only extensions, or whose companion is null.
const readItem = (value: unknown, access: Access, companion: unknown, found: Element[]): void => {
  const beside = companion ?? undefined;
  if (value !== null) found.push(element(value, runtimeType(value, access), beside));
  else if (beside !== undefined) found.push(element(undefined, access.type, beside));
};

const readLonelyCompanion = (companion: unknown, access: Access, found: Element[]): void => {
  for (const one of Array.isArray(companion) ? (companion as readonly unknown[]) : [companion])
    if (isObject(one)) found.push(element(undefined, access.type, one));
};

// Contained resources, entries of a Bundle and the like say themselves what they are.
const runtimeType = (value: unknown, access: Access): string => {
  if (access.type !== 'Resource' || !isObject(value)) return access.type;
  const { resourceType } = value;
  return typeof resourceType === 'string' ? resourceType : access.type;
};

/** Everything directly under an element, in the order of the JSON. */
export const childrenOf = (model: Model, parent: Element, found: Element[]): void => {
  const owner = ownerOf(parent);
  if (owner === undefined) return;
  for (const key in owner) {
    const access = model.access(parent.type, key.startsWith('_') ? key.slice(1) : key);
    if (access === undefined || (key.startsWith('_') && owner[access.key] !== undefined)) continue;
    readAccess(owner, access, found);
  }
};

/** The JSON object that holds an element's members; of a primitive the one beside it. */
export const ownerOf = ({
  value,
  companion,
}: Element): Readonly<Record<string, unknown>> | undefined =>
  isObject(value) ? value : isObject(companion) ? companion : undefined;
