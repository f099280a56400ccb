// Rows: the files of an upload as they change, and which go next: three at once, in their order.

import { canBeSent, faultOf, isOver, isUnderWay, wordsOf, type Row, type Words } from './row.ts';

export type RowsChange =
  | { readonly do: 'add'; readonly rows: readonly Row[] }
  | { readonly do: 'edit'; readonly key: string; readonly own: Partial<Words> }
  | { readonly do: 'note'; readonly key: string; readonly of: Partial<Omit<Row, 'key' | 'file'>> }
  | { readonly do: 'remove'; readonly key: string }
  /** All that can go, or one of them. What is said for all is said for each of them then. */
  | { readonly do: 'send'; readonly all: Words; readonly key?: string }
  /** The same, without sending: what is said for all is about to be about somebody else. */
  | { readonly do: 'settle'; readonly all: Words }
  | { readonly do: 'clear' };

export const changeRows = (rows: readonly Row[], change: RowsChange): readonly Row[] => {
  const one = (key: string, by: (row: Row) => Row) =>
    rows.map((row) => (row.key === key ? by(row) : row));
  switch (change.do) {
    case 'add':
      return [...rows, ...change.rows.filter((row) => !rows.some((each) => isSame(each, row)))];
    case 'edit':
      return one(change.key, (row) => ({
        ...row,
        own: { ...row.own, ...change.own },
        // What was refused may be right now.
        state: canBeSent(row) ? { at: 'ready' } : row.state,
      }));
    case 'note':
      return one(change.key, (row) => ({ ...row, ...change.of }));
    case 'remove':
      return rows.filter(({ key }) => key !== change.key);
    case 'send':
      return rows.map((row) =>
        canBeSent(row) &&
        (change.key === undefined || change.key === row.key) &&
        faultOf(row, change.all) === undefined
          ? { ...row, own: wordsOf(row, change.all), state: { at: 'queued' } }
          : row,
      );
    case 'settle':
      return rows.map((row) => (canBeSent(row) ? { ...row, own: wordsOf(row, change.all) } : row));
    case 'clear':
      return rows.filter((row) => !isOver(row));
  }
};

/** The same file chosen twice is one. */
const isSame = (one: Row, other: Row): boolean =>
  !isOver(one) &&
  one.file.name === other.file.name &&
  one.file.size === other.file.size &&
  one.file.lastModified === other.file.lastModified;

const atOnce = 3;

export const nextRows = (rows: readonly Row[]): readonly Row[] =>
  rows
    .filter(({ state: { at } }) => at === 'queued')
    .slice(0, Math.max(0, atOnce - rows.filter(isUnderWay).length));

/** How many are where, for one line that is read aloud. */
export const countRows = (rows: readonly Row[]) => {
  const count = (...states: readonly Row['state']['at'][]) =>
    rows.filter(({ state: { at } }) => states.includes(at)).length;
  return {
    all: rows.length,
    filed: count('filed', 'known'),
    held: count('held'),
    failed: count('failed', 'refused'),
    going: count('queued', 'sending', 'filing'),
  };
};
