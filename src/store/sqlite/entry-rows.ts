// entry-rows: index values as flat lists, which cross to the writer at a fraction of what objects cost, and as table rows.

import type { Entry, EntryKind } from '../../search/entry.ts';
import type { Value } from './compile/sql.ts';

/** For each kind the values of its rows one after another: param, n, and what `entryColumns` names. */
export type PackedEntries = Readonly<Record<EntryKind, readonly (string | number)[]>>;

/** The columns after key, param and n; those of `interned` hold the number of a name. */
export const entryColumns: Readonly<Record<EntryKind, readonly string[]>> = {
  token: ['code', 'system'],
  string: ['folded', 'exact'],
  reference: ['target'],
  uri: ['uri'],
  date: ['low', 'high'],
  number: ['unit', 'low', 'high'],
};
/** Place of the interned column in the packed row, after param and n. */
const interned: Readonly<Partial<Record<EntryKind, number>>> = { token: 3, number: 2 };

export const pack = (entries: readonly Entry[]): PackedEntries => {
  const packed: Record<EntryKind, (string | number)[]> = {
    token: [],
    string: [],
    reference: [],
    uri: [],
    date: [],
    number: [],
  };
  for (const entry of entries) {
    switch (entry.kind) {
      case 'token':
        packed.token.push(entry.param, entry.n, entry.code, entry.system);
        break;
      case 'string':
        packed.string.push(entry.param, entry.n, entry.folded, entry.exact);
        break;
      case 'reference':
        packed.reference.push(entry.param, entry.n, entry.target);
        break;
      case 'uri':
        packed.uri.push(entry.param, entry.n, entry.uri);
        break;
      case 'date':
        packed.date.push(entry.param, entry.n, entry.low, entry.high);
        break;
      case 'number':
        packed.number.push(entry.param, entry.n, entry.unit, entry.low, entry.high);
        break;
    }
  }
  return packed;
};

/** The rows of one kind, with names interned: param, n, values. */
export const unpack = (
  kind: EntryKind,
  packed: PackedEntries,
  intern: (text: string) => number,
): readonly (readonly Value[])[] => {
  const values = packed[kind];
  const width = entryColumns[kind].length + 2;
  const name = interned[kind];
  const rows: Value[][] = [];
  for (let start = 0; start < values.length; start += width) {
    const row: Value[] = values.slice(start, start + width);
    row[0] = intern(String(row[0]));
    if (name !== undefined) row[name] = intern(String(row[name]));
    rows.push(row);
  }
  return rows;
};
