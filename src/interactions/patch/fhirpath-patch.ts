// FHIRPath Patch: applies the operations of a Parameters resource, one after the other, to a copy of a resource.
// https://hl7.org/fhir/R4/fhirpatch.html

import { setImmediate } from 'node:timers/promises';
import type { Definitions } from '../../fhir/definitions/types.ts';
import { documentOf } from '../../fhir/json.ts';
import { businessRule } from '../../fhir/problem.ts';
import type { Document, Resource } from '../../fhir/resource.ts';
import { editElement, type Outcome, type Place } from './edit-element.ts';
import { locate, type Location, type Step } from './locate.ts';
import { placeValue } from './read-value.ts';
import { readOperations, type PatchOperation } from './read-operations.ts';
import { checkOperations, weigh, type PatchLimits } from './weigh.ts';

/**
 * The document after all operations. Throws 400 for a malformed patch and 422 for one that does not fit the resource: a
 * path that selects nothing or several elements, a value of the wrong type, an element that is there already.
 */
export const applyFhirpathPatch = async (
  document: Document,
  patch: Resource,
  definitions: Definitions,
  limits: PatchLimits,
): Promise<Document> => {
  let patched = document;
  const operations = readOperations(patch);
  checkOperations(operations.length);
  for (const operation of operations) {
    // Each looks at the whole resource: others are served in between.
    await setImmediate();
    const found = await locate(patched.plain, operation.path, operation.where);
    const exact = apply(patched.exact, operation, found, definitions);
    if (exact !== patched.exact) patched = documentOf(exact);
  }
  weigh(patched.plain, limits);
  return patched;
};

const apply = (
  resource: Resource,
  operation: PatchOperation,
  found: readonly Location[],
  definitions: Definitions,
): Resource => {
  const { where, path } = operation;
  const target = targetOf(operation, found);
  if (!target) return resource;
  const lost = () => businessRule(`${where}: the place '${path}' names cannot be changed.`);
  const edit = (place: Place): Outcome =>
    editors[operation.type](place, operation as never, {
      definitions,
      index: target.index,
      found: found.length,
    });
  return editElement(resource, { ...target, edit, lost }, definitions);
};

interface Target {
  readonly parent: Location;
  readonly name: string;
  readonly index: number;
}

/** Which element of which parent the operation is about; undefined when there is nothing to delete. */
const targetOf = (operation: PatchOperation, found: readonly Location[]): Target | undefined => {
  const { where, path } = operation;
  const [first] = found;
  if (!first) {
    if (operation.type === 'delete') return undefined;
    throw businessRule(
      `${where}: '${path}' selects nothing.${operation.type === 'insert' ? " 'add' begins a list." : ''}`,
    );
  }
  const isList = operation.type === 'insert' || operation.type === 'move';
  if (isList ? !found.every((location) => isBeside(location, first)) : found.length > 1)
    throw businessRule(
      `${where}: '${path}' selects ${String(found.length)} elements; it must select ${isList ? 'one list' : 'one'}.`,
    );
  if (operation.type === 'add')
    return { parent: first, name: operation.name.replace(/\[x\]$/, ''), index: 0 };
  const last = first.at(-1);
  if (!last)
    throw businessRule(`${where}: '${path}' is the resource itself, not an element of it.`);
  return { parent: first.slice(0, -1), name: last.name, index: last.index ?? 0 };
};

const isBeside = (one: Location, other: Location): boolean =>
  one.length === other.length &&
  one.every((step, depth) => isSameStep(step, other[depth]!, depth === one.length - 1));

const isSameStep = (one: Step, other: Step, isLast: boolean): boolean =>
  one.name === other.name && (isLast || one.index === other.index);

interface Around {
  readonly definitions: Definitions;
  readonly index: number;
  /** How many elements the path selected. */
  readonly found: number;
}
type Editor<Type extends PatchOperation['type']> = (
  place: Place,
  operation: Extract<PatchOperation, { readonly type: Type }>,
  around: Around,
) => Outcome;

const editors: { readonly [Type in PatchOperation['type']]: Editor<Type> } = {
  add: (place, { where, name, value }, { definitions }) => {
    const { member, property, slot } = placeValue(value, place.type, name, definitions);
    if (property.element.max <= 1 && place.slots.length > 0)
      throw businessRule(`${where}: '${name}' is there already; use 'replace'.`);
    return { member, slots: [...place.slots, slot] };
  },
  insert: (place, { where, index, value }, { definitions, found }) => {
    const { member, name } = listOf(place, where, found);
    const { slot } = placeValue(value, place.type, name, definitions);
    checkIndex(index, place.slots.length, where);
    return { member, slots: place.slots.toSpliced(index, 0, slot) };
  },
  delete: (place, _operation, { index }) => ({
    member: place.member!,
    slots: place.slots.toSpliced(index, 1),
  }),
  replace: (place, { value }, { definitions, index }) => {
    const element = place.type.properties.get(place.member!)!.element.name;
    const { member, slot } = placeValue(value, place.type, element, definitions);
    return { member, slots: place.slots.with(index, slot) };
  },
  move: (place, { where, source, destination }, { found }) => {
    const { member } = listOf(place, where, found);
    checkIndex(source, place.slots.length - 1, where);
    checkIndex(destination, place.slots.length - 1, where);
    const without = place.slots.toSpliced(source, 1);
    return { member, slots: without.toSpliced(destination, 0, place.slots[source]!) };
  },
};

const listOf = (place: Place, where: string, found: number): { member: string; name: string } => {
  const member = place.member!;
  const { element } = place.type.properties.get(member)!;
  if (element.max <= 1) throw businessRule(`${where}: ${element.path} is not a list.`);
  if (found !== place.slots.length)
    throw businessRule(`${where}: the path must select the whole list ${element.path}.`);
  return { member, name: element.name };
};

const checkIndex = (index: number, most: number, where: string): void => {
  if (index <= most) return;
  throw businessRule(`${where}: ${String(index)} is beyond the end of the list (${String(most)}).`);
};
