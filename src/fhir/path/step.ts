// One step of a path: from elements to the elements of a name, or to those of a type.
// https://hl7.org/fhirpath/N1/#path-selection

import type { Run } from './compiled.ts';
import { none, type Element } from './element.ts';
import { ownerOf, readAccess, type Access, type Model } from './model.ts';

/** `name` of every element, read by the JSON properties its type gives it. */
export const stepTo = (on: Run, name: string, model: Model): Run =>
  step(on, (type) => model.accesses(type, name));

/** `(value as Quantity)` in one step: only valueQuantity is looked at. */
export const stepToType = (on: Run, name: string, type: string, model: Model): Run => {
  const read = step(on, (owner) =>
    model
      .accesses(owner, name)
      .filter((access) => access.type === 'Resource' || isOfType(model, access.type, type)),
  );
  const filter = isOfType.bind(undefined, model);
  return (input, scope) => {
    const found = read(input, scope);
    return found.every((item) => item.type === type || filter(item.type, type))
      ? found
      : found.filter((item) => filter(item.type, type));
  };
};

/** Only the elements of that type. */
export const keepType = (on: Run, type: string, model: Model): Run => {
  const isOf = (item: Element) => item.type === type || isOfType(model, item.type, type);
  return (input, scope) => {
    const items = on(input, scope);
    return items.every(isOf) ? items : items.filter(isOf);
  };
};

/** A path's first name when it is a type: the input itself when it is of that type or one derived from it. */
export const startAtType = (type: string, model: Model): Run => {
  const isOf = (item: Element) => item.type === type || model.isKindOf(item.type, type);
  return (input) => {
    if (input.length === 1) return isOf(input[0]!) ? input : none;
    return input.filter(isOf);
  };
};

/**
 * What `as` and `ofType` keep. R4 means primitives exactly: `Patient.gender.as(string)` is empty though a code is a string
 * (dom-3 lists canonical, uri and url one by one); an Age is a Quantity and a Patient a Resource.
 */
const isOfType = (model: Model, type: string, wanted: string): boolean =>
  type === wanted ||
  (model.definitions.types.get(wanted)?.kind !== 'primitive' && model.isKindOf(type, wanted));

const step = (on: Run, accessesOf: (type: string) => readonly Access[]): Run => {
  // Elements of one list mostly have one type, so the last answer is remembered.
  let type: string | undefined;
  let accesses: readonly Access[] = [];
  return (input, scope) => {
    const items = on(input, scope);
    if (items.length === 0) return none;
    const found: Element[] = [];
    for (const item of items) {
      const owner = ownerOf(item);
      if (owner === undefined) continue;
      if (item.type !== type) {
        accesses = accessesOf(item.type);
        type = item.type;
      }
      for (const access of accesses) readAccess(owner, access, found);
    }
    return found;
  };
};
