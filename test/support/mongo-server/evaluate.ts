// evaluate: filters, pipelines and updates, evaluated by mingo, over those documents an index may narrow them to.
// https://github.com/kofrasa/mingo

import { Aggregator, Query, update as modify } from 'mingo';
import { keyOf, type Collection, type Transaction } from './collection.ts';
import type { Document } from './wire.ts';
import { copy } from './wire.ts';

export interface Place {
  readonly collection: Collection;
  readonly transaction: Transaction | undefined;
}

export const matching = (
  filter: Document,
  { collection, transaction }: Place,
): readonly Document[] => {
  const keys = candidates(filter, collection);
  const seen = collection.visible(transaction, keys);
  if (Object.keys(filter).length === 0) return [...seen];
  const query = new Query(filter);
  return [...seen].filter((document) => query.test(document));
};

export const aggregate = (pipeline: readonly Document[], place: Place): readonly Document[] => {
  const [first, ...others] = pipeline;
  const isMatch = first !== undefined && '$match' in first;
  const found = matching(isMatch ? (first['$match'] as Document) : {}, place);
  const rest = isMatch ? others : pipeline;
  return rest.length === 0 ? found : new Aggregator([...rest]).run<Document>([...found]);
};

/** The document after the update: a replacement, or operators. */
export const updated = (before: Document, change: Document): Document => {
  const isReplacement = !Object.keys(change)[0]?.startsWith('$');
  if (isReplacement) return { _id: before['_id'], ...copy(change) };
  const after = copy(before);
  const operators = Object.fromEntries(
    Object.entries(change).filter(([operator]) => operator !== '$setOnInsert'),
  );
  if (Object.keys(operators).length > 0) modify(after, operators as never);
  return after;
};

/** The document that an upsert begins with: what the filter says must be equal. */
export const seedOf = (filter: Document): Document =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([field, condition]) => {
      if (field.startsWith('$') || field.includes('.')) return [];
      if (!isOperators(condition)) return [[field, condition]];
      return '$eq' in condition ? [[field, condition['$eq']]] : [];
    }),
  );

const isOperators = (condition: unknown): condition is Document =>
  typeof condition === 'object' &&
  condition !== null &&
  Object.getPrototypeOf(condition) === Object.prototype &&
  Object.keys(condition)[0]?.startsWith('$') === true;

/** A superset of the keys of the documents that match; undefined when all may. */
const candidates = (filter: Document, collection: Collection): ReadonlySet<string> | undefined => {
  const sets = Object.entries(filter).flatMap(([field, condition]) => {
    const keys = candidatesOf(field, condition, collection);
    return keys === undefined ? [] : [keys];
  });
  return sets.toSorted((a, b) => a.size - b.size)[0];
};

const candidatesOf = (
  field: string,
  condition: unknown,
  collection: Collection,
): ReadonlySet<string> | undefined => {
  if (field === '$and')
    return (condition as readonly Document[])
      .flatMap((part) => candidates(part, collection) ?? [])
      .toSorted((a, b) => a.size - b.size)[0];
  if (field === '$or') {
    const parts = (condition as readonly Document[]).map((part) => candidates(part, collection));
    return parts.some((keys) => keys === undefined)
      ? undefined
      : new Set(parts.flatMap((keys) => [...keys!]));
  }
  if (field.startsWith('$')) return undefined;
  if (isOperators(condition) && '$elemMatch' in condition)
    return inArray(field, condition['$elemMatch'] as Document, collection);
  const values = equalities(condition);
  if (values === undefined) return undefined;
  if (field === '_id') return new Set(values.map(keyOf));
  return lookUp(
    [field],
    values.map((value) => [value]),
    collection,
  );
};

/** By the first two fields of the array's index, or the first. */
const inArray = (
  root: string,
  element: Document,
  collection: Collection,
): ReadonlySet<string> | undefined => {
  const known = Object.entries(element).flatMap(([field, condition]) => {
    const values = field.startsWith('$') ? undefined : equalities(condition);
    return values === undefined ? [] : [{ field: `${root}.${field}`, values }];
  });
  for (const first of known)
    for (const second of known)
      if (collection.hasLookup([first.field, second.field])) {
        const pairs = first.values.flatMap((a) => second.values.map((b) => [a, b]));
        return lookUp([first.field, second.field], pairs, collection);
      }
  const first = known.find(({ field }) => collection.hasLookup([field]));
  return (
    first &&
    lookUp(
      [first.field],
      first.values.map((value) => [value]),
      collection,
    )
  );
};

const lookUp = (
  fields: readonly string[],
  tuples: readonly (readonly unknown[])[],
  collection: Collection,
): ReadonlySet<string> | undefined => {
  if (!collection.hasLookup(fields)) return undefined;
  return new Set(tuples.flatMap((values) => [...(collection.keysWith(fields, values) ?? [])]));
};

/** null also means that the field is not there, which no index of values tells. */
const equalities = (condition: unknown): readonly unknown[] | undefined => {
  const values = listOf(condition);
  return values?.some((value) => value === null || value === undefined) ? undefined : values;
};

const listOf = (condition: unknown): readonly unknown[] | undefined => {
  if (!isOperators(condition)) return condition instanceof RegExp ? undefined : [condition];
  if ('$eq' in condition) return [condition['$eq']];
  return '$in' in condition ? (condition['$in'] as readonly unknown[]) : undefined;
};
