// The condition a value leaf puts on one row of its table, and the pieces of it an index can look up.

import type {
  NumberLeaf,
  StringLeaf,
  TokenLeaf,
  UriLeaf,
  ValueLeaf,
} from '../../../search/plan.ts';
import { compares } from './comparison.ts';
import type { Scope } from './scope.ts';
import { all, always, any, never, oneOf, sql, type Sql } from './sql.ts';

/**
 * What must hold of the row `t` besides its param. An equality with one value is left open to an index; every other
 * column carries a `+`, which keeps SQLite from walking a range of values where it should look at one resource's rows.
 */
export const valueCondition = (leaf: ValueLeaf, t: Sql, scope: Scope): Sql => {
  switch (leaf.op) {
    case 'token':
      return tokenCondition(leaf, t, scope);
    case 'string':
      return stringCondition(leaf, t);
    case 'reference':
      return equality(sql`${t}.target`, leaf.targets);
    case 'uri':
      return uriCondition(leaf, t);
    case 'date':
      return compares('date', sql`+${t}.low`, sql`+${t}.high`, leaf);
    case 'number':
      return numberCondition(leaf, t, scope);
  }
};

const equality = (column: Sql, values: readonly string[]): Sql =>
  oneOf(values.length === 1 ? column : sql`+${column}`, values);

const tokenCondition = (leaf: TokenLeaf, t: Sql, scope: Scope): Sql => {
  const only = leaf.any.length === 1 ? leaf.any[0]! : undefined;
  if (only !== undefined) return alternative(only.system, only.code, t, scope);
  return any(
    [...codesBySystem(leaf)].map(([system, codes]) =>
      codes === undefined
        ? alternative(system, undefined, t, scope)
        : all([systemIs(system, t, scope), oneOf(sql`+${t}.code`, codes)]),
    ),
  );
};

const alternative = (
  system: string | undefined,
  code: string | undefined,
  t: Sql,
  scope: Scope,
): Sql => all([code === undefined ? always : sql`${t}.code = ${code}`, systemIs(system, t, scope)]);

const systemIs = (system: string | undefined, t: Sql, scope: Scope): Sql => {
  if (system === undefined) return always;
  const id = scope.names.find(system);
  return id === undefined ? never : sql`+${t}.system = ${id}`;
};

/** The codes asked for of each system; undefined for any code of it. The key undefined stands for any system. */
const codesBySystem = (
  leaf: TokenLeaf,
): ReadonlyMap<string | undefined, readonly string[] | undefined> => {
  const bySystem = new Map<string | undefined, string[] | undefined>();
  for (const { system, code } of leaf.any) {
    const codes = bySystem.has(system) ? bySystem.get(system) : [];
    bySystem.set(system, code === undefined || codes === undefined ? undefined : [...codes, code]);
  }
  return bySystem;
};

const stringCondition = ({ match, text }: StringLeaf, t: Sql): Sql => {
  switch (match) {
    case 'exact':
      return sql`+${t}.exact = ${text}`;
    case 'contains':
      return sql`instr(${t}.folded, ${text}) > 0`;
    case 'starts':
      return sql`+${t}.folded >= ${text} AND +${t}.folded < ${afterPrefix(text)}`;
  }
};

/** The end of all texts that begin like this: no text has a character above the last code point. */
export const afterPrefix = (text: string): string => `${text}\u{10ffff}`;

const uriCondition = ({ match, uri }: UriLeaf, t: Sql): Sql => {
  switch (match) {
    case 'equals':
      return sql`${t}.uri = ${uri}`;
    case 'above':
      return equality(sql`${t}.uri`, uriAndAbove(uri));
    case 'below':
      // '0' is the character after '/'.
      return sql`(+${t}.uri = ${uri} OR (+${t}.uri >= ${`${uri}/`} AND +${t}.uri < ${`${uri}0`}))`;
  }
};

/** The uri and everything it begins with up to a '/'. */
export const uriAndAbove = (uri: string): readonly string[] => [
  uri,
  ...[...uri.matchAll(/\//g)].map(({ index }) => uri.slice(0, index)),
];

const numberCondition = (leaf: NumberLeaf, t: Sql, scope: Scope): Sql => {
  const unit = scope.names.find(leaf.unit);
  if (unit === undefined) return never;
  return sql`+${t}.unit = ${unit} AND ${compares('number', sql`+${t}.low`, sql`+${t}.high`, leaf)}`;
};
