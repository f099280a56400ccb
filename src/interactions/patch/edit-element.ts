// Changes the values of one element, found by its location, in a copy of the resource that shares everything else.

import type { Definitions, Property, TypeDefinition } from '../../fhir/definitions/types.ts';
import type { Problem } from '../../fhir/problem.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Location } from './locate.ts';
import { memberOf, readSlots, writeSlots, type Members, type Slot } from './slots.ts';

/** An element inside its parent, as an edit sees it. */
export interface Place {
  /** JSON member; undefined for a choice that has no value yet. */
  readonly member: string | undefined;
  readonly type: TypeDefinition;
  readonly slots: readonly Slot[];
}

/** What is to stand there instead. */
export interface Outcome {
  readonly member: string;
  readonly slots: readonly Slot[];
}

export interface Change {
  /** The element's parent. */
  readonly parent: Location;
  /** The element, a choice without its type. */
  readonly name: string;
  readonly edit: (place: Place) => Outcome;
  /** Makes the error when the way to the parent cannot be gone. */
  readonly lost: () => Problem;
}

export const editElement = (
  resource: Resource,
  change: Change,
  definitions: Definitions,
): Resource => {
  const type = definitions.types.get(resource.resourceType);
  if (!type) throw change.lost();
  // The root keeps its resourceType: no edit reaches it, it is no element.
  return editBelow(resource, type, 0, { change, definitions }) as Resource;
};

interface Around {
  readonly change: Change;
  readonly definitions: Definitions;
}

const editBelow = (
  parent: Members,
  type: TypeDefinition,
  depth: number,
  around: Around,
): Members => {
  const { change, definitions } = around;
  const step = change.parent[depth];
  if (!step) return editHere(parent, type, change);
  const member = memberOf(parent, type, step.name);
  const property = member === undefined ? undefined : type.properties.get(member);
  const slots = member === undefined ? [] : readSlots(parent, member);
  const slot = slots[step.index ?? 0];
  if (member === undefined || !property || !slot) throw change.lost();
  const below = typeBelow(property, slot.value, definitions);
  if (!below) throw change.lost();
  const edit = (value: unknown): Members => editBelow(members(value), below, depth + 1, around);
  const edited =
    below.kind === 'primitive'
      ? { ...slot, sibling: edit(slot.sibling) }
      : { ...slot, value: edit(slot.value) };
  return writeSlots(parent, {
    ...{ member, was: member, list: property.element.max > 1 },
    slots: slots.with(step.index ?? 0, edited),
  });
};

const editHere = (parent: Members, type: TypeDefinition, change: Change): Members => {
  const member = memberOf(parent, type, change.name);
  const slots = member === undefined ? [] : readSlots(parent, member);
  const outcome = change.edit({ member, type, slots });
  return writeSlots(parent, {
    ...outcome,
    was: member ?? outcome.member,
    list: (type.properties.get(outcome.member)?.element.max ?? 1) > 1,
  });
};

/** The type of what stands at a property: of a resource (contained) the one it says itself. */
const typeBelow = (
  { type }: Property,
  value: unknown,
  definitions: Definitions,
): TypeDefinition | undefined => {
  const own = isObject(value) ? value['resourceType'] : undefined;
  return definitions.types.get(typeof own === 'string' ? own : type.code);
};

const members = (value: unknown): Members => (isObject(value) ? value : {});
