// match: the meaning of a plan, over resources in memory. Simple and obviously right, not fast: engines must agree with it.

import type { Entry } from './entry.ts';
import type { Composite, Plan, ValueLeaf } from './plan.ts';
import { meets } from './values/compare.ts';
import type { Sort } from './window.ts';

/** A current resource with its index values. */
export interface Stored {
  readonly type: string;
  readonly id: string;
  /** meta.lastUpdated, milliseconds since 1970. */
  readonly at: number;
  readonly custodian?: string;
  readonly entries: readonly Entry[];
}

/** All resources that are not deleted. */
export interface World {
  /** By `Type/id`. */
  get(key: string): Stored | undefined;
  all(): Iterable<Stored>;
}

export const matches = (plan: Plan, stored: Stored, world: World): boolean => {
  switch (plan.op) {
    case 'everything':
      return true;
    case 'nothing':
      return false;
    case 'and':
      return plan.plans.every((part) => matches(part, stored, world));
    case 'or':
      return plan.plans.some((part) => matches(part, stored, world));
    case 'not':
      return !matches(plan.plan, stored, world);
    case 'type':
      return plan.types.includes(stored.type);
    case 'id':
      return plan.ids.includes(stored.id);
    case 'updated':
      return meets(plan.prefix, { low: stored.at, high: stored.at + 1 }, plan, 'date');
    case 'custodian':
      return stored.custodian !== undefined && plan.organizations.includes(stored.custodian);
    case 'present':
      return stored.entries.some(
        ({ kind, param }) => kind === plan.kind && plan.params.includes(param),
      );
    case 'token':
    case 'string':
    case 'reference':
    case 'uri':
    case 'date':
    case 'number':
      return stored.entries.some((entry) => meetsLeaf(entry, plan));
    case 'composite':
      return meetsTuple(stored.entries, plan);
    case 'to':
      return targetsOf(stored, plan.params).some((target) => {
        const other = world.get(target);
        return other !== undefined && matches(plan.plan, other, world);
      });
    case 'from':
      return [...world.all()].some(
        (other) =>
          targetsOf(other, plan.params).includes(`${stored.type}/${stored.id}`) &&
          matches(plan.plan, other, world),
      );
  }
};

const targetsOf = ({ entries }: Stored, params: readonly string[]): readonly string[] =>
  entries.flatMap((entry) =>
    entry.kind === 'reference' && params.includes(entry.param) ? [entry.target] : [],
  );

/** Some tuple has an entry for every part. */
const meetsTuple = (entries: readonly Entry[], { parts }: Composite): boolean => {
  const tuples = new Set(entries.map(({ n }) => n));
  return [...tuples].some((tuple) =>
    parts.every((part) => entries.some((entry) => entry.n === tuple && meetsLeaf(entry, part))),
  );
};

const meetsLeaf = (entry: Entry, leaf: ValueLeaf): boolean => {
  if (!leaf.params.includes(entry.param)) return false;
  switch (leaf.op) {
    case 'token':
      return (
        entry.kind === 'token' &&
        leaf.any.some(
          ({ system, code }) =>
            (system === undefined || system === entry.system) &&
            (code === undefined || code === entry.code),
        )
      );
    case 'string':
      if (entry.kind !== 'string') return false;
      if (leaf.match === 'exact') return entry.exact === leaf.text;
      return leaf.match === 'starts'
        ? entry.folded.startsWith(leaf.text)
        : entry.folded.includes(leaf.text);
    case 'reference':
      return entry.kind === 'reference' && leaf.targets.includes(entry.target);
    case 'uri':
      if (entry.kind !== 'uri') return false;
      if (entry.uri === leaf.uri) return true;
      if (leaf.match === 'below') return entry.uri.startsWith(`${leaf.uri}/`);
      return leaf.match === 'above' && leaf.uri.startsWith(`${entry.uri}/`);
    case 'date':
      return entry.kind === 'date' && meets(leaf.prefix, entry, leaf, 'date');
    case 'number':
      return (
        entry.kind === 'number' &&
        entry.unit === leaf.unit &&
        meets(leaf.prefix, entry, leaf, 'number')
      );
  }
};

/**
 * Compares two resources by the sort keys in turn; 0 leaves them in the default order. Resources without a value come last
 * whatever the direction.
 */
export const compareBySort =
  (sort: readonly Sort[]) =>
  (a: Stored, b: Stored): number => {
    for (const key of sort) {
      const order = compareValues(sortValue(a, key), sortValue(b, key), key.direction);
      if (order !== 0) return order;
    }
    return 0;
  };

type SortValue = string | number | undefined;

const compareValues = (a: SortValue, b: SortValue, direction: Sort['direction']): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order = ascending(a, b);
  return direction === 'asc' ? order : -order;
};

/** Texts by code point, as databases compare UTF-8. */
const ascending = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.sign(a - b) || 0 // two open ends of a range differ by NaN
    : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));

/** The smallest of its values when ascending, the largest when descending. */
export const sortValue = (stored: Stored, key: Sort): SortValue => {
  if (key.by === 'id') return stored.id;
  if (key.by === 'type') return stored.type;
  if (key.by === 'updated') return stored.at;
  const values = stored.entries
    .filter(({ kind, param, n }) => kind === key.by && n === 0 && key.params.includes(param))
    .flatMap((entry) => valueOf(entry));
  const ordered = values.sort(ascending);
  return key.direction === 'asc' ? ordered[0] : ordered.at(-1);
};

/** A quantity sorts by its number as written: that is its entry for any unit. */
const valueOf = (entry: Entry): readonly (string | number)[] => {
  switch (entry.kind) {
    case 'token':
      return [entry.code];
    case 'string':
      return [entry.folded];
    case 'reference':
      return [entry.target];
    case 'uri':
      return [entry.uri];
    case 'date':
      return [entry.low];
    case 'number':
      return entry.unit === '' ? [entry.low] : [];
  }
};
