// Slots: the values of one element inside its parent, each with the `_` sibling that carries id and extensions.
// https://hl7.org/fhir/R4/json.html#primitive

import type { TypeDefinition } from '../../fhir/definitions/types.ts';
import { isObject } from '../../fhir/resource.ts';

export interface Slot {
  readonly value?: unknown;
  /** Of a primitive: its `_name` object. */
  readonly sibling?: unknown;
}

/** A JSON object that is an element or a resource. */
export type Members = Readonly<Record<string, unknown>>;

/** Which JSON member holds an element: for a choice the one that is there. */
export const memberOf = (
  parent: Members,
  type: TypeDefinition,
  name: string,
): string | undefined => {
  if (type.elements.has(name)) return name;
  for (const [member, { element }] of type.properties)
    if (element.name === `${name}[x]` && (member in parent || `_${member}` in parent))
      return member;
  return undefined;
};

export const readSlots = (parent: Members, member: string): readonly Slot[] => {
  const value = parent[member];
  const sibling = parent[`_${member}`];
  if (!Array.isArray(value) && !Array.isArray(sibling))
    return value === undefined && sibling === undefined ? [] : [{ value, sibling }];
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const siblings: readonly unknown[] = Array.isArray(sibling) ? sibling : [];
  return Array.from({ length: Math.max(values.length, siblings.length) }, (_, index) => ({
    value: values[index] ?? undefined,
    sibling: siblings[index] ?? undefined,
  }));
};

/** A copy of the parent with these slots; what was there keeps its place, and nothing empty is left. */
export const writeSlots = (parent: Members, { member, was, slots, list }: Written): Members => {
  const filled = slots.filter((slot) => !isEmpty(slot));
  const value = collect(
    filled.map((slot) => slot.value),
    list,
  );
  const sibling = collect(
    filled.map((slot) => slot.sibling),
    list,
  );
  const entries = Object.entries(parent).flatMap(([name, kept]): [string, unknown][] => {
    if (name === was) return [[member, value]];
    return name === `_${was}` ? [[`_${member}`, sibling]] : [[name, kept]];
  });
  if (!(was in parent)) entries.push([member, value]);
  if (!(`_${was}` in parent)) entries.push([`_${member}`, sibling]);
  return Object.fromEntries(entries.filter(([, kept]) => kept !== undefined));
};

interface Written {
  readonly member: string;
  /** The member it had before: another one when the type of a choice changes. */
  readonly was: string;
  readonly slots: readonly Slot[];
  readonly list: boolean;
}

const isEmpty = ({ value, sibling }: Slot): boolean => isNothing(value) && isNothing(sibling);

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && !JSON.isRawJSON(value) && Object.keys(value).length === 0);

const collect = (values: readonly unknown[], list: boolean): unknown => {
  if (values.every(isNothing)) return undefined;
  return list ? values.map((value) => (isNothing(value) ? null : value)) : values[0];
};
