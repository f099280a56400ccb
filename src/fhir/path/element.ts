// What FHIRPath walks over: values of a resource together with their FHIR type.
// https://hl7.org/fhir/R4/fhirpath.html

import { isObject } from '../resource.ts';
import { PathError } from './error.ts';

export interface Element {
  /** The JSON value; undefined for a primitive that has only extensions. */
  readonly value: unknown;
  /** `Patient`, `Quantity`, `code`, `Patient.contact`; of what an expression computes `boolean`, `integer`, `string`, … */
  readonly type: string;
  /** Of a primitive: the JSON object beside it, `_birthDate`, with its id and extensions. */
  readonly companion?: unknown;
}

export type Elements = readonly Element[];

/** Always with all three members, so that every element has the same shape in memory. */
export const element = (value: unknown, type: string, companion?: unknown): Element => ({
  value,
  type,
  companion,
});

/** A resource as the element an expression starts at. */
export const rootElement = (resource: { readonly resourceType: string }): Element =>
  element(resource, resource.resourceType);

export const none: Elements = [];
export const yes: Elements = [element(true, 'System.Boolean')];
export const no: Elements = [element(false, 'System.Boolean')];

export const ofTruth = (truth: boolean | undefined): Elements =>
  truth === undefined ? none : truth ? yes : no;

export const ofString = (text: string): Elements => [element(text, 'System.String')];

export const ofInteger = (number: number): Elements => [element(number, 'System.Integer')];

/** A single item that is no boolean counts as true. https://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections */
export const truthOf = (items: Elements): boolean | undefined => {
  if (items.length === 0) return undefined;
  const { value } = single(items)!;
  return typeof value === 'boolean' ? value : true;
};

/** The only item, undefined when there is none. Throws when there are several. */
export const single = (items: Elements): Element | undefined => {
  if (items.length > 1)
    throw new PathError(`FHIRPath wants one item and there are ${String(items.length)}.`);
  return items[0];
};

/** The only item's text; undefined when there is none or it is no text. */
export const singleString = (items: Elements): string | undefined => {
  const value = single(items)?.value;
  return typeof value === 'string' ? value : undefined;
};

export const singleNumber = (items: Elements): number | undefined => {
  const value = single(items)?.value;
  return typeof value === 'number' ? value : undefined;
};

/** Whether it has a value of its own: not when a primitive has only extensions. */
export const hasValue = ({ value }: Element): boolean => value !== undefined && !isObject(value);
