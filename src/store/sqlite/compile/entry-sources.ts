// Where resources are found by their index values.

import type { EntryKind } from '../../../search/entry.ts';
import type {
  DateLeaf,
  NumberLeaf,
  ReferenceLeaf,
  StringLeaf,
  TokenLeaf,
  UriLeaf,
} from '../../../search/plan.ts';
import { entryArm, mostOrderedArms, paramGroups, type Lookup, type Source } from './arm.ts';
import { commonReach, reachOf, stretchesOf, type Reach } from './reach.ts';
import { paramIds, type Scope } from './scope.ts';
import { all, always, oneOf, raw, sql, type Sql } from './sql.ts';
import { afterPrefix, uriAndAbove, valueCondition } from './values.ts';

export const presentSource = (
  table: EntryKind,
  params: readonly string[],
  scope: Scope,
): Source => {
  const lookup: Lookup = {
    table,
    index: `${table}_value`,
    bounds: () => always,
    filter: () => always,
    order: 'unordered',
  };
  const arms = [entryArm(lookup, paramIds(params, scope), scope)];
  return { words: `any ${namesOf(params)}`, exact: true, arms };
};

/** None when a code is left open: no index finds the tokens of a system. */
export const tokenSource = (leaf: TokenLeaf, scope: Scope): readonly Source[] => {
  const codes = new Set(leaf.any.flatMap(({ code }) => code ?? []));
  if (leaf.any.some(({ code }) => code === undefined)) return [];
  return [byValue(leaf, 'code', [...codes], scope)];
};

export const referenceSource = (leaf: ReferenceLeaf, scope: Scope): Source =>
  byValue(leaf, 'target', leaf.targets, scope);

export const uriSource = (leaf: UriLeaf, scope: Scope): Source => {
  if (leaf.match === 'equals') return byValue(leaf, 'uri', [leaf.uri], scope);
  if (leaf.match === 'above') return byValue(leaf, 'uri', uriAndAbove(leaf.uri), scope);
  const lookup: Lookup = {
    table: 'uri',
    index: 'uri_value',
    // '0' is the character after '/'.
    bounds: (t) => sql`${t}.uri >= ${leaf.uri} AND ${t}.uri < ${`${leaf.uri}0`}`,
    filter: (t) => valueCondition(leaf, t, scope),
    order: 'unordered',
  };
  const arms = paramGroups(leaf.params, scope).map((params) => entryArm(lookup, params, scope));
  return { words: wordsOf(leaf.params, leaf.uri), exact: true, arms };
};

/** Params and values that must be the same: a few pairs each in the order of the keys, or many as lists. */
const byValue = (
  leaf: TokenLeaf | ReferenceLeaf | UriLeaf,
  column: string,
  values: readonly string[],
  scope: Scope,
): Source => {
  const distinct = [...new Set(values)];
  const params = paramIds(leaf.params, scope);
  const few = params.length * distinct.length <= mostOrderedArms;
  const lookup = (wanted: readonly string[]): Lookup => ({
    table: leaf.op,
    index: `${leaf.op}_value`,
    bounds: (t) => oneOf(sql`${t}.${raw(column)}`, wanted),
    filter: (t) => valueCondition(leaf, t, scope),
    order: few ? 'ordered' : 'unordered',
  });
  const arms = few
    ? params.flatMap((param) => distinct.map((value) => entryArm(lookup([value]), [param], scope)))
    : [entryArm(lookup(distinct), params, scope)];
  return { words: wordsOf(leaf.params, namesOf(distinct)), exact: true, arms };
};

/**
 * A beginning is found in the order of the texts, or, when three characters of it are known, in the order of the keys
 * among all texts with the same head. The first is good for rare beginnings, the second for common ones.
 */
export const stringSources = (leaf: StringLeaf, scope: Scope): readonly Source[] => {
  const source = (lookup: Pick<Lookup, 'index' | 'order' | 'bounds'>): Source => {
    const whole: Lookup = {
      ...lookup,
      table: 'string',
      filter: (t) => valueCondition(leaf, t, scope),
    };
    const arms = paramGroups(leaf.params, scope).map((params) => entryArm(whole, params, scope));
    const words = `${wordsOf(leaf.params, leaf.text)} (${lookup.index})`;
    return { words, exact: true, arms };
  };

  if (leaf.match === 'exact') {
    const folded = leaf.folded;
    if (folded === undefined) return [];
    const isFolded = (t: Sql): Sql => sql`${t}.folded = ${folded}`;
    return [source({ index: 'string_value', order: 'ordered', bounds: isFolded })];
  }
  if (leaf.match === 'contains' || leaf.text === '') return [];
  const begins = (t: Sql): Sql =>
    sql`${t}.folded >= ${leaf.text} AND ${t}.folded < ${afterPrefix(leaf.text)}`;
  const byText = source({ index: 'string_value', order: 'unordered', bounds: begins });
  // Code points, as SQLite's substr counts them.
  const head = Array.from(leaf.text).slice(0, 3);
  if (head.length < 3) return [byText];
  const sameHead = (t: Sql): Sql => sql`substr(${t}.folded, 1, 3) = ${head.join('')}`;
  return [byText, source({ index: 'string_head', order: 'ordered', bounds: sameHead })];
};

export const rangeSource = (leaf: DateLeaf | NumberLeaf, scope: Scope): readonly Source[] => {
  const reach = reachOf(leaf);
  return reach === undefined ? [] : [sourceOfReach(leaf, reach, scope)];
};

/** Dates of a param of which no resource has two: one and the same date has to meet them all. */
export const datesSource = (leaves: readonly DateLeaf[], scope: Scope): Source => ({
  ...sourceOfReach(leaves[0]!, commonReach(leaves), scope),
  exact: false,
});

const sourceOfReach = (leaf: DateLeaf | NumberLeaf, reach: Reach, scope: Scope): Source => {
  const unit = leaf.op === 'number' ? scope.names.find(leaf.unit) : undefined;
  const hasUnit = (t: Sql): Sql => (unit === undefined ? always : sql`${t}.unit = ${unit}`);
  const lookups = stretchesOf(leaf.op, reach).map((stretch): Lookup => ({
    table: leaf.op,
    index: stretch.index,
    bounds: (t) => all([hasUnit(t), stretch.bounds(sql`${t}.low`, sql`${t}.high`)]),
    filter: (t) => valueCondition(leaf, t, scope),
    order: 'unordered',
  }));
  const arms = paramGroups(leaf.params, scope).flatMap((params) =>
    lookups.map((lookup) => entryArm(lookup, params, scope)),
  );
  return { words: wordsOf(leaf.params, `${leaf.prefix} …`), exact: true, arms };
};

const wordsOf = (params: readonly string[], value: string): string =>
  `${namesOf(params)} = ${value}`;

const namesOf = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
