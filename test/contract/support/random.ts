// Random resources and plans over few params and values, so that they often meet.

import type { Entry, EntryKind } from '#src/search/entry.ts';
import {
  and,
  everything,
  not,
  nothing,
  or,
  type Comparison,
  type Plan,
  type Prefix,
  type ValueLeaf,
} from '#src/search/plan.ts';
import type { Sort } from '#src/search/window.ts';
import type { Chance } from '#test/support/chance.ts';

const types = ['Patient', 'Observation', 'Organization'] as const;
const kinds: readonly EntryKind[] = ['token', 'string', 'reference', 'uri', 'date', 'number'];
const codes = ['a', 'b', 'c', 'd'];
const systems = ['', 'http://one', 'http://two'];
const texts = ['an', 'anna', 'annabel', 'bo', 'bob', 'élan', '', 'a%b', "o'neil", '漢字'];
const uris = ['http://x', 'http://x/a', 'http://x/a/b', 'http://y', 'urn:uuid:1'];
const units = ['', 'mg', '=g'];
const hour = 3_600_000;
const prefixes: readonly Prefix[] = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];
export const idsPerType = 25;

export const randomName = (chance: Chance): string =>
  `${chance.pick(types)}/${String(chance.below(idsPerType))}`;

/** Two params of every kind for each type, a date that no resource has twice, a composite's parts, and one param that no type owns. */
export const randomEntries = (type: string, chance: Chance): readonly Entry[] => [
  ...kinds.flatMap((kind) =>
    [`${type}.${kind}`, `${type}.other-${kind}`].flatMap((param) =>
      some(chance, 2, () => randomEntry(kind, param, 0, chance)),
    ),
  ),
  ...some(chance, 1, () => randomEntry('date', `${type}.only-date`, 0, chance)),
  ...[1, 2].flatMap((n) => [
    randomEntry('token', `${type}.pair#0`, n, chance),
    randomEntry('number', `${type}.pair#1`, n, chance),
  ]),
  ...some(chance, 1, () => randomEntry('reference', 'Resource._compartment', 0, chance)),
];

const some = <T>(chance: Chance, most: number, make: () => T): readonly T[] =>
  Array.from({ length: chance.below(most + 1) }, make);

const randomEntry = (kind: EntryKind, param: string, n: number, chance: Chance): Entry => {
  const at = { param, n };
  switch (kind) {
    case 'token':
      return { kind, ...at, system: chance.pick(systems), code: chance.pick(codes) };
    case 'string': {
      const text = chance.pick(texts);
      const exact = chance.below(2) === 0 ? text : text.toUpperCase();
      return { kind, ...at, folded: text, exact };
    }
    case 'reference':
      return { kind, ...at, target: randomTarget(chance) };
    case 'uri':
      return { kind, ...at, uri: chance.pick(uris) };
    case 'date':
      return { kind, ...at, ...randomDates(chance) };
    case 'number': {
      const low = chance.below(8) / 2;
      const length = chance.pick([0, 0, 0, 1, Infinity]);
      return { kind, ...at, unit: chance.pick(units), low, high: low + length };
    }
  }
};

const randomTarget = (chance: Chance): string =>
  chance.below(8) === 0 ? 'http://elsewhere/Patient/1' : randomName(chance);

/** Moments, days, months and periods without an end. */
const randomDates = (chance: Chance): { readonly low: number; readonly high: number } => {
  const low = chance.below(40) * 12 * hour;
  const length = chance.pick([1, 12 * hour, 24 * hour, 72 * hour, 30 * 24 * hour]);
  return { low, high: chance.below(10) === 0 ? 8.64e15 : low + length };
};

export const randomPlan = (chance: Chance, depth = 3): Plan => {
  if (depth === 0) return randomLeaf(chance);
  switch (chance.below(10)) {
    case 9: {
      const type = chance.pick(types);
      const dates = some(chance, 3, () => valueLeaf('date', [`${type}.only-date`], chance));
      return and({ op: 'type', types: [type] }, ...dates);
    }
    case 0:
    case 1:
      return and(...two(chance, depth));
    case 2:
      return or(...two(chance, depth));
    case 3:
      return not(randomPlan(chance, depth - 1));
    case 4:
      return {
        op: 'to',
        params: randomParams('reference', chance),
        plan: randomPlan(chance, depth - 1),
      };
    case 5:
      return {
        op: 'from',
        params: randomParams('reference', chance),
        plan: randomPlan(chance, depth - 1),
      };
    case 6: {
      const type = chance.pick(types);
      return and(
        { op: 'type', types: [type] },
        leafOf(chance, type),
        randomPlan(chance, depth - 1),
      );
    }
    default:
      return randomLeaf(chance);
  }
};

const two = (chance: Chance, depth: number): readonly Plan[] =>
  Array.from({ length: 2 + chance.below(2) }, () => randomPlan(chance, depth - 1));

const randomLeaf = (chance: Chance): Plan => {
  const type = chance.pick(types);
  switch (chance.below(12)) {
    case 0:
      return { op: 'type', types: chance.below(2) === 0 ? [type] : [type, chance.pick(types)] };
    case 1:
      return { op: 'id', ids: [String(chance.below(idsPerType)), String(chance.below(40))] };
    case 2:
      return {
        op: 'updated',
        ...comparison(chance, 1_700_000_000_000 + chance.below(14), 1 + chance.below(3)),
      };
    case 3:
      return {
        op: 'custodian',
        organizations: [chance.pick(['Organization/1', 'Organization/2', 'Organization/9'])],
      };
    case 4: {
      const kind = chance.pick(kinds);
      return { op: 'present', kind, params: randomParams(kind, chance) };
    }
    case 5:
      return {
        op: 'composite',
        parts: [
          valueLeaf('token', [`${type}.pair#0`], chance),
          valueLeaf('number', [`${type}.pair#1`], chance),
        ],
      };
    case 6:
      return chance.below(4) === 0 ? nothing : everything;
    default:
      return leafOf(chance, type);
  }
};

const leafOf = (chance: Chance, type: string): Plan => {
  const kind = chance.pick(kinds);
  const params = chance.below(4) === 0 ? randomParams(kind, chance) : [`${type}.${kind}`];
  return valueLeaf(kind, params, chance);
};

const randomParams = (kind: EntryKind, chance: Chance): readonly string[] => {
  const known = types.flatMap((type) => [`${type}.${kind}`, `${type}.other-${kind}`]);
  const all = [
    ...known,
    'Patient.unknown',
    ...(kind === 'reference' ? ['Resource._compartment'] : []),
  ];
  const few = Array.from({ length: 1 + chance.below(3) }, () => chance.pick(all));
  return chance.below(10) === 0 ? all : few;
};

const valueLeaf = (op: EntryKind, params: readonly string[], chance: Chance): ValueLeaf => {
  switch (op) {
    case 'token':
      return {
        op,
        params,
        any: Array.from({ length: 1 + chance.below(3) }, () => tokenChoice(chance)),
      };
    case 'string': {
      const match = chance.pick(['starts', 'contains', 'exact'] as const);
      const text = chance.pick([...texts, 'a', 'ann', 'bobby']);
      if (match !== 'exact') return { op, params, match, text };
      const exact = chance.below(2) === 0 ? text : text.toUpperCase();
      return { op, params, match, text: exact, ...(chance.below(2) === 0 ? { folded: text } : {}) };
    }
    case 'reference':
      return {
        op,
        params,
        targets: Array.from({ length: 1 + chance.below(12) }, () => randomTarget(chance)),
      };
    case 'uri':
      return {
        op,
        params,
        match: chance.pick(['equals', 'below', 'above'] as const),
        uri: chance.pick([...uris, 'http://x/a/b/c']),
      };
    case 'date': {
      const { low, high } = randomDates(chance);
      return { op, params, ...comparison(chance, low, high - low) };
    }
    case 'number': {
      const prefix = chance.pick(prefixes);
      const low = chance.below(8) / 2;
      const isRange = prefix === 'eq' || prefix === 'ne' || prefix === 'ap';
      return {
        op,
        params,
        unit: chance.pick([...units, 'furlong']),
        prefix,
        low,
        high: isRange ? low + 0.5 : low,
      };
    }
  }
};

const tokenChoice = (chance: Chance): { readonly system?: string; readonly code?: string } => ({
  ...(chance.below(2) === 0 ? { system: chance.pick([...systems, 'http://none']) } : {}),
  ...(chance.below(6) === 0 ? {} : { code: chance.pick([...codes, 'z']) }),
});

const comparison = (chance: Chance, low: number, length: number): Comparison => ({
  prefix: chance.pick(prefixes),
  low,
  high: low + length,
});

export const randomSort = (chance: Chance): readonly Sort[] =>
  Array.from({ length: chance.below(3) }, () => randomSortKey(chance));

const randomSortKey = (chance: Chance): Sort => {
  const direction = chance.pick(['asc', 'desc'] as const);
  if (chance.below(4) === 0)
    return { by: chance.pick(['id', 'updated', 'type'] as const), direction };
  const by = chance.pick(kinds);
  if (by === 'date' && chance.below(2) === 0)
    return { by, params: [`${chance.pick(types)}.only-date`], direction };
  const params = chance.below(2) === 0 ? [`${chance.pick(types)}.${by}`] : randomParams(by, chance);
  return { by, params, direction };
};
