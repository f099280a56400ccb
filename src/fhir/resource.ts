// A FHIR resource as the generic layers see it: a type, an id, meta, and elements known through definitions.
// https://hl7.org/fhir/R4/resource.html

export interface Coding {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
}

export interface Meta {
  readonly versionId?: string;
  readonly lastUpdated?: string;
  readonly source?: string;
  readonly profile?: readonly string[];
  readonly security?: readonly Coding[];
  readonly tag?: readonly Coding[];
  readonly [element: string]: unknown;
}

export interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly meta?: Meta;
  readonly [element: string]: unknown;
}

/**
 * A resource read from JSON text. `plain` has ordinary numbers and is what validation and extraction look at.
 * `exact` prints every number as it was written (1.10 stays 1.10); it is the same object as `plain` when plain
 * numbers already do. Neither is ever changed in place.
 */
export interface Document {
  readonly plain: Resource;
  readonly exact: Resource;
}

/** A JSON object: not null, not an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON objects in an element that repeats; [] for anything else. */
export const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
