// The value of a FHIRPath Patch operation: a `value[x]`, a resource, or parts that spell out an anonymous type.
// https://hl7.org/fhir/R4/fhirpatch.html#anonymous

import type { Definitions, Property, TypeDefinition } from '../../fhir/definitions/types.ts';
import { nearest } from '../../fhir/nearest.ts';
import { businessRule } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { writeSlots, type Members, type Slot } from './slots.ts';

/** The JSON member the value belongs under, and the value. */
export interface Placed {
  readonly member: string;
  readonly property: Property;
  readonly slot: Slot;
}

/**
 * Puts a value part in its place under `parent`: the element `name` (a choice may be named with or without its type).
 * Throws 422 when there is no such element or the value is of another type.
 */
export const placeValue = (
  part: Members,
  parent: TypeDefinition,
  name: string,
  definitions: Definitions,
): Placed => {
  const wanted = name.replace(/\[x\]$/, '');
  const candidates = [...parent.properties].filter(
    ([member, { element }]) =>
      member === wanted || element.name === wanted || element.name === `${wanted}[x]`,
  );
  if (candidates.length === 0) throw noElement(parent, name);
  const given = readGiven(part);
  const fitting =
    candidates.find(([, { type }]) => given.kind === 'value' && isSame(given.type, type.code)) ??
    candidates.find(([, { type }]) => fits(given, type.code, definitions));
  if (!fitting) throw wrongType(parent, name, given, candidates);
  const [member, property] = fitting;
  return { member, property, slot: slotOf(given, property, definitions) };
};

type Given =
  | { readonly kind: 'value'; readonly type: string; readonly slot: Slot }
  | { readonly kind: 'resource'; readonly value: unknown }
  | { readonly kind: 'parts'; readonly parts: readonly unknown[] };

const readGiven = (part: Members): Given => {
  if ('resource' in part) return { kind: 'resource', value: part['resource'] };
  if (Array.isArray(part['part'])) return { kind: 'parts', parts: part['part'] };
  const member = Object.keys(part).find((key) => /^_?value[A-Z]/.test(key));
  if (member === undefined)
    throw businessRule("The part 'value' needs a value[x], a resource or parts of its own.");
  const bare = member.replace(/^_/, '');
  const type = bare.slice('value'.length);
  return { kind: 'value', type, slot: { value: part[bare], sibling: part[`_${bare}`] } };
};

/** The member's suffix begins with a capital also where the type does not: `valueString` is a `string`. */
const isSame = (suffix: string, code: string): boolean =>
  suffix.slice(1) === code.slice(1) && suffix[0] === code[0]!.toUpperCase();

const fits = (given: Given, code: string, definitions: Definitions): boolean => {
  if (given.kind === 'resource') return definitions.types.get(code)?.kind === 'resource';
  if (given.kind === 'parts')
    return ['backbone', 'complex'].includes(definitions.types.get(code)?.kind ?? '');
  const type = given.type[0]!.toLowerCase() + given.type.slice(1);
  // A string may carry a code, and a code may be sent as what it specializes: the validation looks at the content.
  return (
    isSame(given.type, code) ||
    ancestors(type, definitions).includes(code) ||
    ancestors(code, definitions).includes(type) ||
    (code === 'xhtml' && type === 'string')
  );
};

const ancestors = (code: string, definitions: Definitions): readonly string[] => {
  const type = definitions.types.get(code);
  const base = type?.base;
  if (base === undefined || base === 'Element' || base === 'BackboneElement') return [];
  return [base, ...ancestors(base, definitions)];
};

const slotOf = (given: Given, property: Property, definitions: Definitions): Slot => {
  if (given.kind === 'value') return given.slot;
  if (given.kind === 'resource') return { value: given.value };
  const type = definitions.types.get(property.type.code)!;
  return { value: assemble(given.parts, type, definitions) };
};

/** Parts become members; parts of one name become a list where the element may repeat. */
const assemble = (
  parts: readonly unknown[],
  type: TypeDefinition,
  definitions: Definitions,
): Members => {
  const placed = new Map<string, { readonly property: Property; readonly slots: Slot[] }>();
  for (const part of parts) {
    const name = isObject(part) ? part['name'] : undefined;
    if (!isObject(part) || typeof name !== 'string')
      throw businessRule("Every part of the part 'value' needs a name.");
    const { member, property, slot } = placeValue(part, type, name, definitions);
    const known = placed.get(member);
    if (known && property.element.max <= 1)
      throw businessRule(`${property.element.path} does not repeat, but it is given twice.`);
    if (known) known.slots.push(slot);
    else placed.set(member, { property, slots: [slot] });
  }
  let members: Members = {};
  for (const [member, { property, slots }] of placed)
    members = writeSlots(members, { member, was: member, slots, list: property.element.max > 1 });
  return members;
};

const noElement = (parent: TypeDefinition, name: string) => {
  const names = [...parent.elements.keys()].map((element) => element.replace('[x]', ''));
  const near = nearest(name, names);
  return businessRule(
    `${parent.name} has no element '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
  );
};

const wrongType = (
  parent: TypeDefinition,
  name: string,
  given: Given,
  candidates: readonly (readonly [string, Property])[],
) => {
  const types = [...new Set(candidates.map(([, { type }]) => type.code))].join(', ');
  const what = given.kind === 'value' ? `a value${given.type}` : given.kind;
  return businessRule(`${parent.name}.${name} takes ${types}, not ${what}.`);
};
