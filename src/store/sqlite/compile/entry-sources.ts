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
import { entryArm, mostOrderedArms, paramGroups, type Source } from './arm.ts';
import { stretches } from './comparison.ts';
import { paramIds, type Scope } from './scope.ts';
import { all, always, oneOf, raw, sql, type Sql } from './sql.ts';
import { afterPrefix, uriAndAbove, valueCondition } from './values.ts';

export const presentSource = (
  table: EntryKind,
  params: readonly string[],
  scope: Scope,
): Source => ({
  words: `any ${namesOf(params)}`,
  exact: true,
  arms: [
    entryArm(
      { table, name: `${table}_value` },
      paramIds(params, scope),
      { bounds: () => always, filter: () => always },
      'unordered',
      scope,
    ),
  ],
});

/** None when a code is left open: no index finds the tokens of a system. */
export const tokenSource = (leaf: TokenLeaf, scope: Scope): readonly Source[] => {
  const codes = new Set(leaf.any.flatMap(({ code }) => code ?? []));
  if (leaf.any.some(({ code }) => code === undefined)) return [];
  return [byValue('token', 'code', leaf, [...codes], scope)];
};

export const referenceSource = (leaf: ReferenceLeaf, scope: Scope): Source =>
  byValue('reference', 'target', leaf, leaf.targets, scope);

export const uriSource = (leaf: UriLeaf, scope: Scope): Source => {
  if (leaf.match === 'equals') return byValue('uri', 'uri', leaf, [leaf.uri], scope);
  if (leaf.match === 'above') return byValue('uri', 'uri', leaf, uriAndAbove(leaf.uri), scope);
  const conditions = {
    // '0' is the character after '/'.
    bounds: (t: Sql) => sql`${t}.uri >= ${leaf.uri} AND ${t}.uri < ${`${leaf.uri}0`}`,
    filter: (t: Sql) => valueCondition(leaf, t, scope),
  };
  const arms = paramGroups(leaf.params, scope).map((params) =>
    entryArm({ table: 'uri', name: 'uri_value' }, params, conditions, 'unordered', scope),
  );
  return { words: wordsOf(leaf.params, leaf.uri), exact: true, arms };
};

/** Params and values that must be the same: a few pairs each in the order of the keys, or many as lists. */
const byValue = (
  table: EntryKind,
  column: string,
  leaf: TokenLeaf | ReferenceLeaf | UriLeaf,
  values: readonly string[],
  scope: Scope,
): Source => {
  const distinct = [...new Set(values)];
  const params = paramIds(leaf.params, scope);
  const few = params.length * distinct.length <= mostOrderedArms;
  const groups = few ? distinct.map((value) => [value]) : [distinct];
  const arms = (few ? params.map((param) => [param]) : [params]).flatMap((ofParams) =>
    groups.map((ofValues) =>
      entryArm(
        { table, name: `${table}_value` },
        ofParams,
        {
          bounds: (t) => oneOf(sql`${t}.${raw(column)}`, ofValues),
          filter: (t) => valueCondition(leaf, t, scope),
        },
        few ? 'ordered' : 'unordered',
        scope,
      ),
    ),
  );
  return { words: wordsOf(leaf.params, namesOf(distinct)), exact: true, arms };
};

/**
 * A beginning is found in the order of the texts, or, when three characters of it are known, in the order of the keys
 * among all texts with the same head. The first is good for rare beginnings, the second for common ones.
 */
export const stringSources = (leaf: StringLeaf, scope: Scope): readonly Source[] => {
  const words = wordsOf(leaf.params, leaf.text);
  const source = (
    name: string,
    order: 'ordered' | 'unordered',
    bounds: (t: Sql) => Sql,
  ): Source => {
    const conditions = { bounds, filter: (t: Sql) => valueCondition(leaf, t, scope) };
    const arms = paramGroups(leaf.params, scope).map((params) =>
      entryArm({ table: 'string', name }, params, conditions, order, scope),
    );
    return { words: `${words} (${name})`, exact: true, arms };
  };

  if (leaf.match === 'exact') {
    const folded = leaf.folded;
    if (folded === undefined) return [];
    return [source('string_value', 'ordered', (t) => sql`${t}.folded = ${folded}`)];
  }
  if (leaf.match === 'contains' || leaf.text === '') return [];
  const byText = source(
    'string_value',
    'unordered',
    (t) => sql`${t}.folded >= ${leaf.text} AND ${t}.folded < ${afterPrefix(leaf.text)}`,
  );
  const head = [...leaf.text].slice(0, 3);
  if (head.length < 3) return [byText];
  const byHead = source(
    'string_head',
    'ordered',
    (t) => sql`substr(${t}.folded, 1, 3) = ${head.join('')}`,
  );
  return [byText, byHead];
};

export const rangeSource = (leaf: DateLeaf | NumberLeaf, scope: Scope): readonly Source[] => {
  const found = stretches(leaf.op, leaf);
  if (found === undefined) return [];
  const unit = leaf.op === 'number' ? scope.names.find(leaf.unit) : undefined;
  const arms = paramGroups(leaf.params, scope).flatMap((params) =>
    found.map((stretch) =>
      entryArm(
        { table: leaf.op, name: stretch.index },
        params,
        {
          bounds: (t) =>
            all([
              unit === undefined ? always : sql`${t}.unit = ${unit}`,
              stretch.bounds(sql`${t}.low`, sql`${t}.high`),
            ]),
          filter: (t) => valueCondition(leaf, t, scope),
        },
        'unordered',
        scope,
      ),
    ),
  );
  return [{ words: wordsOf(leaf.params, `${leaf.prefix} …`), exact: true, arms }];
};

const wordsOf = (params: readonly string[], value: string): string =>
  `${namesOf(params)} = ${value}`;

const namesOf = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
