// What the compiler carries along: the interned names, which rows count, and fresh aliases.

import type { Names } from '../names.ts';
import { raw, type Sql } from './sql.ts';

export interface Scope {
  readonly names: Names;
  /** `live`: resources that are not deleted. `kept`: deleted ones as well, for the rights on their history. */
  readonly rows: 'live' | 'kept';
  /** An alias no other part of the statement has; the same for plans of the same shape. */
  alias(): Sql;
}

export const createScope = (names: Names, rows: Scope['rows']): Scope => {
  let count = 0;
  return {
    names: {
      ...names,
      find: lookOnce((text) => names.find(text)),
      findType: lookOnce((text) => names.findType(text)),
    },
    rows,
    alias: () => raw(`t${String(count++)}`),
  };
};

/** A scope is for one plan on one state of the store: what is unknown is not looked for again, however often the plan names it. */
const lookOnce = (find: Names['find']): Names['find'] => {
  const unknown = new Set<string>();
  return (text) => {
    if (unknown.has(text)) return undefined;
    const id = find(text);
    if (id === undefined) unknown.add(text);
    return id;
  };
};

/** The same statement, but only resources that are not deleted: what a chain leads to. */
export const live = (scope: Scope): Scope =>
  scope.rows === 'live' ? scope : { ...scope, rows: 'live' };

/** The interned params, the negated ones of deleted resources as well where those count; unknown ones fall away. */
export const paramIds = (params: readonly string[], scope: Scope): readonly number[] => {
  const known = params.flatMap((param) => scope.names.find(param) ?? []);
  return scope.rows === 'live' ? known : [...known, ...known.map((id) => -id)];
};

export const typeIds = (types: readonly string[], scope: Scope): readonly number[] => {
  const known = types.flatMap((type) => scope.names.findType(type) ?? []);
  return scope.rows === 'live' ? known : [...known, ...known.map((id) => -id)];
};
