// Shape: what JSON Schema cannot say of one FHIR object: required and choice elements, `_x` siblings, padded arrays.
// https://hl7.org/fhir/R4/json.html#primitive

import type { Definitions, TypeDefinition } from '../../fhir/definitions/types.ts';

export interface Shape {
  /** ele-1: what must be there besides nothing or an id. A resource may be empty; the `_x` of a primitive may have an id alone. */
  readonly content: 'any' | 'id' | 'none';
  /** Each needs one of its JSON names. */
  readonly required: readonly { readonly element: string; readonly names: readonly string[] }[];
  /** By JSON name; only names about which there is something to check. */
  readonly fields: ReadonlyMap<string, Field>;
}

interface Field {
  /** The JSON name of the value: `birthDate` for `_birthDate`. */
  readonly bare: string;
  /** `value[x]`, when it is one of a choice. */
  readonly choice?: string;
  readonly check?: 'sibling' | 'siblings' | 'values';
}

/** A fault below the object: `step` is a JSON pointer from it (`/given/1`), or ''. */
export interface ShapeFault {
  readonly fault: 'missing' | 'choice' | 'empty' | 'length' | 'padding';
  readonly element: string;
  readonly step: string;
}

export const readShape = (type: TypeDefinition, definitions: Definitions): Shape => {
  const fields = new Map<string, Field>();
  const names = new Map<string, string[]>();
  for (const [bare, { element, type: reference }] of type.properties) {
    const choice = element.name.endsWith('[x]') ? { choice: element.name } : {};
    const isPrimitive = definitions.types.get(reference.code)?.kind === 'primitive';
    const isList = element.max > 1;
    const own = isPrimitive ? [bare, `_${bare}`] : [bare];
    names.set(element.name, [...(names.get(element.name) ?? []), ...own]);
    if (isPrimitive && isList) fields.set(bare, { bare, check: 'values' });
    else if (choice.choice) fields.set(bare, { bare, ...choice });
    if (isPrimitive)
      fields.set(`_${bare}`, { bare, check: isList ? 'siblings' : 'sibling', ...choice });
  }
  const required = [...type.elements.values()]
    .filter(({ min }) => min > 0)
    .map(({ name }) => ({ element: name, names: names.get(name) ?? [name] }));
  return { content: contentOf(type), required, fields };
};

const contentOf = (type: TypeDefinition): Shape['content'] =>
  type.kind === 'resource' ? 'none' : type.name === 'Element' ? 'id' : 'any';

type Json = Readonly<Record<string, unknown>>;

/** [] when the object has the shape. */
export const checkShape = (shape: Shape, value: Json): readonly ShapeFault[] => {
  let faults = none;
  const add: Add = (fault, element, step = '') => {
    if (faults.length < mostFaults) faults = [...faults, { fault, element, step }];
  };
  for (const { element, names } of shape.required)
    if (!hasOne(value, names)) add('missing', element);

  let chosen: readonly Field[] = [];
  let isEmpty = shape.content !== 'none';
  for (const name in value) {
    if (name !== 'id' || shape.content === 'id') isEmpty = false;
    const field = shape.fields.get(name);
    if (!field) continue;
    if (field.choice !== undefined) {
      const other = chosen.find(({ choice }) => choice === field.choice);
      if (!other) chosen = [...chosen, field];
      else if (other.bare !== field.bare) add('choice', field.choice, `/${field.bare}`);
    }
    if (field.check) checks[field.check](field, value, add);
  }
  if (isEmpty) add('empty', '');
  return faults;
};

type Add = (fault: ShapeFault['fault'], element: string, step?: string) => void;

const none: readonly ShapeFault[] = [];

/** Of one object; an array of a million wrong values must not become a million faults. */
const mostFaults = 50;

const hasOne = (value: Json, names: readonly string[]): boolean => {
  for (const name of names) if (Object.hasOwn(value, name)) return true;
  return false;
};

const checks = {
  /** ele-1 of a single primitive: a value, or an extension instead. */
  sibling: ({ bare }: Field, value: Json, add: Add): void => {
    const sibling = value[`_${bare}`];
    if (value[bare] === undefined && !hasExtension(sibling)) add('empty', bare, `/${bare}`);
  },
  siblings: ({ bare }: Field, value: Json, add: Add): void => {
    checkPadding(bare, value[bare], value[`_${bare}`], add);
  },
  /** With siblings, they are the ones to be checked. */
  values: ({ bare }: Field, value: Json, add: Add): void => {
    if (!Object.hasOwn(value, `_${bare}`)) checkPadding(bare, value[bare], undefined, add);
  },
} as const;

const hasExtension = (sibling: unknown): boolean =>
  typeof sibling === 'object' && sibling !== null && 'extension' in sibling;

/** "JSON null values are used to fill out both arrays so that the id and/or extension are aligned with the matching value" */
const checkPadding = (bare: string, values: unknown, siblings: unknown, add: Add): void => {
  const ofValues: readonly unknown[] = Array.isArray(values) ? values : [];
  const ofSiblings: readonly unknown[] = Array.isArray(siblings) ? siblings : [];
  const length = Math.max(ofValues.length, ofSiblings.length);
  if (ofValues.length > 0 && ofSiblings.length > 0 && ofValues.length !== ofSiblings.length)
    add('length', bare, `/${bare}`);
  for (let place = 0; place < length; place += 1) {
    const hasValue = (ofValues[place] ?? null) !== null;
    if (!hasValue && !hasExtension(ofSiblings[place]))
      add('padding', bare, `/${bare}/${String(place)}`);
  }
};
