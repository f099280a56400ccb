// patient-parts: the lists in a Patient that merging takes apart and puts together.

import { isObject, type Resource } from '../fhir/resource.ts';

export type Element = Readonly<Record<string, unknown>>;

export const without = (
  { resourceType, ...rest }: Resource,
  names: readonly string[],
): Resource => ({
  resourceType,
  ...Object.fromEntries(Object.entries(rest).filter(([name]) => !names.includes(name))),
});

export const listIn = (resource: Resource, name: string): readonly Element[] => {
  const list = resource[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
};

/** Whether a link is to the Patient of this id. */
export const isTo = ({ other }: Element, id: string): boolean =>
  isObject(other) && other['reference'] === `Patient/${id}`;
