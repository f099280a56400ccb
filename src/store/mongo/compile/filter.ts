// filter: a plan as a MongoDB filter on one document of `resources`. Every value leaf is one $elemMatch, because one
// index value has to meet all of it, and each begins with the param, as the indexes do.

import type {
  Composite,
  From,
  Or,
  Plan,
  ReferenceLeaf,
  To,
  ValueLeaf,
} from '../../../search/plan.ts';
import type { EntryKind } from '../../../search/entry.ts';
import { compares } from './comparison.ts';
import { longContained, oneOf, valueCondition } from './values.ts';

export type Filter = Readonly<Record<string, unknown>>;

/**
 * What is known of the chains of a plan, which MongoDB cannot follow inside a filter: the references that lead to what
 * holds, or the names of those that something that holds refers to.
 */
export type Chains = ReadonlyMap<To | From, ReferenceLeaf | Names>;
export interface Names {
  readonly op: 'names';
  readonly names: readonly string[];
}

/** Where the index values of a document are: a deleted one keeps them out of reach of every search. */
export type Place = 'live' | 'gone';

export interface Scope {
  readonly place: Place;
  readonly chains: Chains;
}

export const always: Filter = {};
/** Every document has an `_id`. */
export const never: Filter = { _id: { $in: [] } };

/**
 * Documents for which the plan holds. Where a chain is not known, some for which it does not hold as well, and none is
 * left out: then whoever asks has to look again when the chain is known.
 */
export const filterOf = (plan: Plan, scope: Scope): Filter => compile(plan, scope, always);

/** True when the filter says all there is to say. */
export const isExact = (plan: Plan, chains: Chains): boolean =>
  chainsOf(plan).every((chain) => chains.has(chain));

/** The chains of a plan, without those inside them. */
export const chainsOf = (plan: Plan): readonly (To | From)[] => {
  switch (plan.op) {
    case 'and':
    case 'or':
      return plan.plans.flatMap(chainsOf);
    case 'not':
      return chainsOf(plan.plan);
    case 'to':
    case 'from':
      return [plan];
    default:
      return [];
  }
};

/** `unknown` stands for a chain that is not known: `always`, and inside a `not` `never`. */
const compile = (plan: Plan, scope: Scope, unknown: Filter): Filter => {
  switch (plan.op) {
    case 'everything':
      return always;
    case 'nothing':
      return never;
    case 'and':
      return all(plan.plans.map((part) => compile(part, scope, unknown)));
    case 'or':
      return any(branchesOf(plan).map((part) => compile(part, scope, unknown)));
    case 'not':
      return negation(compile(plan.plan, scope, unknown === always ? never : always));
    case 'type':
      return { [fieldIn('type', scope)]: oneOf(plan.types) };
    case 'id':
      return { id: oneOf(plan.ids) };
    case 'updated':
      return compares('date', { low: 'at', high: 'at', length: 1 }, plan);
    case 'custodian':
      return { custodian: oneOf(plan.organizations) };
    case 'present':
      return { [fieldIn(plan.kind, scope)]: { $elemMatch: { p: oneOf(plan.params) } } };
    case 'composite':
      return composite(plan, scope);
    case 'to':
    case 'from':
      return chain(plan, scope) ?? unknown;
    default:
      return hasValue(plan, scope);
  }
};

const hasValue = (leaf: ValueLeaf, scope: Scope): Filter => {
  const field = fieldIn(leaf.op, scope);
  const long = longContained(leaf);
  if (long === undefined)
    return { [field]: { $elemMatch: { p: oneOf(leaf.params), ...valueCondition(leaf) } } };
  const holds = {
    $and: [
      { $in: ['$$e.p', { $literal: leaf.params }] },
      { $gte: [{ $indexOfBytes: ['$$e.f', { $literal: long }] }, 0] },
    ],
  };
  const found = { $filter: { input: { $ifNull: [`$${field}`, []] }, as: 'e', cond: holds } };
  return all([
    { [field]: { $elemMatch: { p: oneOf(leaf.params) } } },
    { $expr: { $gt: [{ $size: found }, 0] } },
  ]);
};

const chain = (plan: To | From, scope: Scope): Filter | undefined => {
  const answer = scope.chains.get(plan);
  if (answer === undefined) return undefined;
  if (answer.op === 'names')
    return answer.names.length === 0 ? never : { _id: oneOf(answer.names) };
  return answer.targets.length === 0 ? never : hasValue(answer, scope);
};

/** Found by the values of its parts, each by its index; that they are of one element is looked at in `tuples`. */
const composite = ({ parts }: Composite, scope: Scope): Filter =>
  all([
    ...parts.map((part) => hasValue(part, scope)),
    { [fieldIn('tuples', scope)]: { $elemMatch: { $and: parts.map(inTuple) } } },
  ]);

const inTuple = (part: ValueLeaf): Filter => ({
  e: { $elemMatch: { k: part.op, p: oneOf(part.params), ...valueCondition(part) } },
});

/** A field that a deletion moves away. */
const fieldIn = (field: EntryKind | 'type' | 'tuples', { place }: Scope): string =>
  place === 'live' ? field : `gone.${field}`;

export const all = (filters: readonly Filter[]): Filter => {
  if (filters.includes(never)) return never;
  const rest = filters.filter((filter) => filter !== always);
  return rest.length === 0 ? always : rest.length === 1 ? rest[0]! : { $and: rest };
};

export const any = (filters: readonly Filter[]): Filter => {
  if (filters.includes(always)) return always;
  const rest = filters.filter((filter) => filter !== never);
  return rest.length === 0 ? never : rest.length === 1 ? rest[0]! : { $or: rest };
};

const negation = (filter: Filter): Filter => {
  if (filter === always) return never;
  return filter === never ? always : { $nor: [filter] };
};

/** Alternatives that differ only in the reference they ask for are one list, as rights over many patients are. */
const branchesOf = ({ plans }: Or): readonly Plan[] => {
  const byParams = new Map<string, string[]>();
  const others: Plan[] = [];
  for (const plan of plans)
    if (plan.op === 'reference') {
      const key = JSON.stringify(plan.params);
      byParams.set(key, [...(byParams.get(key) ?? []), ...plan.targets]);
    } else others.push(plan);
  const lists = [...byParams].map(([key, targets]): Plan => ({
    op: 'reference',
    params: JSON.parse(key) as string[],
    targets,
  }));
  return [...lists, ...others];
};

/**
 * How to keep deleted documents out: what the plan asks for, they do not have (`implied`); they are seen and passed over,
 * because the plan narrows by an index of its own (`passed`); or an index of what is not deleted is all there is (`index`).
 */
export const livenessOf = (plan: Plan): 'implied' | 'passed' | 'index' => {
  switch (plan.op) {
    case 'and': {
      const parts = plan.plans.map(livenessOf);
      if (parts.includes('implied')) return 'implied';
      return parts.includes('passed') ? 'passed' : 'index';
    }
    case 'or': {
      const parts = plan.plans.map(livenessOf);
      if (parts.includes('index')) return 'index';
      return parts.includes('passed') ? 'passed' : 'implied';
    }
    case 'id':
    case 'updated':
    case 'custodian':
      return 'passed';
    case 'everything':
    case 'not':
    // A chain may be answered by names, or not be known.
    case 'to':
    case 'from':
      return 'index';
    default:
      return 'implied';
  }
};

export const liveFilters = {
  implied: always,
  passed: { gone: { $exists: false } },
  index: { live: true },
} as const satisfies Readonly<Record<ReturnType<typeof livenessOf>, Filter>>;
