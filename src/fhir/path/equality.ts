// Equal, equivalent, less than, and which items are the same.
// https://hl7.org/fhirpath/N1/#equality

import { isObject } from '../resource.ts';
import type { Element, Elements } from './element.ts';
import { single } from './element.ts';
import { PathError, Unsupported } from './error.ts';
import { compareTemporal, isTemporal } from './temporal.ts';

/** `=`: item by item in order; undefined when a side is empty or nobody can say. */
export const equalItems = (left: Elements, right: Elements): boolean | undefined => {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let isOpen = false;
  for (let at = 0; at < left.length; at += 1) {
    const equal = equalElements(left[at]!, right[at]!);
    if (equal === false) return false;
    isOpen ||= equal === undefined;
  }
  return isOpen ? undefined : true;
};

/** `~`: without regard to order, case and blanks. */
export const equivalentItems = (left: Elements, right: Elements): boolean => {
  if (left.length !== right.length) return false;
  const rest = [...right];
  return left.every((item) => {
    const place = rest.findIndex((other) => equivalentElements(item, other));
    if (place >= 0) rest.splice(place, 1);
    return place >= 0;
  });
};

const equalElements = (a: Element, b: Element): boolean | undefined => {
  const [left, right] = [a.value, b.value];
  if (typeof left === 'string' && typeof right === 'string') {
    if (left === right) return true;
    if (!isTemporal(a) || !isTemporal(b)) return false;
    const order = compareTemporal(left, right);
    return order === undefined ? undefined : order === 0;
  }
  if (isObject(left) && isObject(right)) {
    if (left === right || sameJson(left, right)) return true;
    return isQuantity(a) && isQuantity(b) ? compareQuantities(left, right) === 0 : false;
  }
  if (isQuantity(a) !== isQuantity(b) && (typeof left === 'number' || typeof right === 'number'))
    throw new Unsupported('number against quantity');
  return left === right && left !== undefined;
};

const equivalentElements = (a: Element, b: Element): boolean => {
  const [left, right] = [a.value, b.value];
  if (typeof left === 'string' && typeof right === 'string') {
    if (isTemporal(a) && isTemporal(b)) return compareTemporal(left, right) === 0;
    return fold(left) === fold(right);
  }
  if (typeof left === 'number' && typeof right === 'number') {
    if (Number.isInteger(left) && Number.isInteger(right)) return left === right;
    throw new Unsupported('equivalence of decimals');
  }
  if (isObject(left) && isObject(right)) {
    if (sameJson(left, right)) return true;
    throw new Unsupported('equivalence of complex values');
  }
  return left === right;
};

const fold = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Negative, zero or positive; undefined when a side is empty or nobody can say. Throws when they cannot be compared. */
export const compareItems = (left: Elements, right: Elements): number | undefined => {
  const [a, b] = [single(left), single(right)];
  if (a?.value === undefined || b?.value === undefined) return undefined;
  const [one, other] = [a.value, b.value];
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'string' && typeof other === 'string') {
    if (isTemporal(a) && isTemporal(b)) return compareTemporal(one, other);
    return one < other ? -1 : one > other ? 1 : 0;
  }
  if (isObject(one) && isObject(other) && isQuantity(a) && isQuantity(b))
    return compareQuantities(one, other);
  if (isQuantity(a) || isQuantity(b)) throw new Unsupported('number against quantity');
  throw new PathError(`FHIRPath cannot compare ${a.type} and ${b.type}.`);
};

const quantityTypes = new Set([
  'Quantity',
  'Age',
  'Count',
  'Distance',
  'Duration',
  'System.Quantity',
]);

const isQuantity = ({ type }: Element): boolean => quantityTypes.has(type);

const compareQuantities = (
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
): number | undefined => {
  const [a, b] = [left['value'], right['value']];
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  if (unitOf(left) !== unitOf(right)) throw new Unsupported('conversion of units');
  return a - b;
};

const unitOf = (quantity: Readonly<Record<string, unknown>>): unknown =>
  quantity['code'] ?? quantity['unit'];

/** The same values whatever the order of the keys. */
const sameJson = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, at) => sameJson(item, right[at]));
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
};

// Up to this many items comparing each with each is quicker than making keys.
const fewItems = 8;

/** Without the items that equal an earlier one. */
export const distinctItems = (items: Elements): Elements => {
  if (items.length < 2) return items;
  if (items.length > fewItems) {
    const byKey = new Map<string, Element>();
    for (const item of items) {
      const key = keyOf(item);
      if (!byKey.has(key)) byKey.set(key, item);
    }
    return byKey.size === items.length ? items : [...byKey.values()];
  }
  const kept: Element[] = [];
  for (const item of items) if (!includesItem(kept, item)) kept.push(item);
  return kept.length === items.length ? items : kept;
};

/** Whether one of the items is the same as this one. */
export const includesItem = (items: Elements, item: Element): boolean => {
  for (const other of items) if (other === item || equalElements(other, item) === true) return true;
  return false;
};

/** A text that two items share exactly when they are the same. */
export const keyOf = ({ value, companion }: Element): string => keyOfJson(value ?? companion);

const keyOfJson = (value: unknown): string => {
  if (typeof value === 'string') return `"${value}`;
  if (Array.isArray(value)) return `[${value.map(keyOfJson).map(quote).join()}]`;
  if (!isObject(value)) return String(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${quote(key)}:${quote(keyOfJson(value[key]))}`).join()}}`;
};

const quote = (text: string): string => JSON.stringify(text);
