// explain: which index MongoDB's documented rules would use. An index serves a filter that narrows its first field, or that
// is sorted by its fields after equalities; a list of alternatives needs one for each.
// https://www.mongodb.com/docs/manual/core/indexes/

import type { Collection, IndexDefinition } from './collection.ts';
import type { Document } from './wire.ts';

export const explainPlan = (stages: readonly Document[], collection: Collection): Document => {
  const filter = (stages.find((stage) => '$match' in stage)?.['$match'] ?? {}) as Document;
  const sort = stages.find((stage) => '$sort' in stage)?.['$sort'] as Document | undefined;
  const winningPlan = planOf(filter, sort ?? {}, collection) ??
    sortedBy(sort, collection) ?? { stage: 'COLLSCAN' };
  return { explainVersion: '1', queryPlanner: { namespace: collection.name, winningPlan } };
};

const planOf = (filter: Document, sort: Document, collection: Collection): Document | undefined => {
  const parts = conjunctsOf(filter);
  if (parts.some(isImpossible)) return { stage: 'EOF' };
  // Of those that narrow as well one that also puts in order is better.
  const worth = ({
    each,
    uses,
  }: {
    readonly each: IndexDefinition;
    readonly uses: number;
  }): number =>
    uses +
    (Object.keys(each.key).slice(uses).join(' ').startsWith(Object.keys(sort).join(' ')) ? 0.5 : 0);
  const byId = parts.find(([field]) => field === '_id');
  const narrowed = new Map(parts.flatMap(([field, condition]) => narrowedFields(field, condition)));
  const index = collection.indexes
    .map((each) => ({ each, uses: usesOf(each, narrowed) }))
    .filter(({ uses }) => uses > 0)
    .toSorted((a, b) => worth(b) - worth(a))[0]?.each;
  if (byId !== undefined) return scan('_id_');
  if (index !== undefined) return scan(index.name);
  const alternatives = parts.find(([field]) => field === '$or')?.[1] as
    readonly Document[] | undefined;
  const plans = alternatives?.map((each) => planOf(each, {}, collection));
  if (plans === undefined || plans.includes(undefined)) return undefined;
  return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plans } };
};

const scan = (indexName: string): Document => ({
  stage: 'FETCH',
  inputStage: { stage: 'IXSCAN', indexName },
});

const conjunctsOf = (filter: Document): readonly (readonly [string, unknown])[] =>
  Object.entries(filter).flatMap(([field, condition]) =>
    field === '$and'
      ? (condition as readonly Document[]).flatMap(conjunctsOf)
      : [[field, condition] as const],
  );

const isImpossible = ([, condition]: readonly [string, unknown]): boolean =>
  typeof condition === 'object' &&
  condition !== null &&
  '$in' in condition &&
  (condition.$in as readonly unknown[]).length === 0;

/** Fields of which an index could look up values, or a range of them. */
const narrowedFields = (
  field: string,
  condition: unknown,
): readonly (readonly [string, true])[] => {
  if (field.startsWith('$')) return [];
  if (typeof condition !== 'object' || condition === null) return [[field, true]];
  if ('$elemMatch' in condition)
    return conjunctsOf(condition.$elemMatch as Document).flatMap(([name, inner]) =>
      narrowedFields(`${field}.${name}`, inner).filter(([path]) => !path.includes('$')),
    );
  const operators = Object.keys(condition);
  return operators.some((operator) => narrowing.has(operator)) ? [[field, true]] : [];
};

const narrowing: ReadonlySet<string> = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte']);

/** How many of the index's first fields the filter narrows. */
const usesOf = ({ key }: IndexDefinition, narrowed: ReadonlyMap<string, true>): number => {
  const fields = Object.keys(key);
  const end = fields.findIndex((field) => !narrowed.has(field));
  return end === -1 ? fields.length : end;
};

const sortedBy = (sort: Document | undefined, collection: Collection): Document | undefined => {
  if (sort === undefined) return undefined;
  const wanted = Object.keys(sort).join(' ');
  const index = collection.indexes.find(({ key }) => Object.keys(key).join(' ').startsWith(wanted));
  return index && scan(index.name);
};
