// Attachment places: where the types that are uploaded have their attachments, and what stands there changed.

import type { Resource } from '../../fhir/resource.ts';

/** Each as the JSON names that lead to it. */
export const attachmentPlaces = (resource: Resource): readonly (readonly string[])[] =>
  Object.hasOwn(places, resource.resourceType) ? places[resource.resourceType]!(resource) : [];

const places: Readonly<Record<string, (resource: Resource) => readonly string[][]>> = {
  DocumentReference: ({ content }) => indexes(content).map((at) => ['content', at, 'attachment']),
  DiagnosticReport: ({ presentedForm }) =>
    indexes(presentedForm).map((at) => ['presentedForm', at]),
  Media: () => [['content']],
};

const indexes = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.map((_, at) => String(at)) : [];

/** As in FHIRPath: `.content[0].attachment`. */
export const pathText = (place: readonly string[]): string =>
  place.map((each) => (/^\d+$/.test(each) ? `[${each}]` : `.${each}`)).join('');

/** The value with what stands at the place changed; the same value when nothing is. */
export const changeAt = async (
  value: unknown,
  [first, ...rest]: readonly string[],
  change: (value: unknown) => Promise<unknown>,
): Promise<unknown> => {
  if (first === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  const before = (value as Readonly<Record<string, unknown>>)[first];
  const after = await changeAt(before, rest, change);
  if (after === before) return value;
  if (Array.isArray(value)) return value.with(Number(first), after) as unknown;
  return { ...value, [first]: after };
};
