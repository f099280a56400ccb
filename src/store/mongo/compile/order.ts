// order: sort values of a document as expressions, and what comes after or before a position in a sorted list.

import type { EntryKind } from '../../../search/entry.ts';
import type { Position, Sort, Window } from '../../../search/window.ts';
import { all, always, any, type Filter } from './filter.ts';

/** One column of the order of a list. */
interface Column {
  readonly field: string;
  readonly direction: 1 | -1;
}

export interface Order {
  /** Fields that have to be computed before anything is put in order; undefined when the documents have them. */
  readonly computed: Filter | undefined;
  /** What comes after, or before, the position of the window. */
  readonly beyond: Filter;
  readonly sort: Readonly<Record<string, 1 | -1>>;
}

/** A page before a position is read from its end. */
export const orderOf = ({ sort, after, before }: Omit<Window, 'size'>): Order => {
  const columns = columnsOf(sort);
  const turn = before === undefined ? 1 : -1;
  const turned = columns.map(({ field, direction }): Column => ({
    field,
    direction: direction === turn ? 1 : -1,
  }));
  const position = after ?? before;
  const computed = sort.flatMap(computedFields);
  return {
    computed: computed.length === 0 ? undefined : Object.fromEntries(computed),
    beyond: position === undefined ? always : beyond(turned, placesOf(sort, position)),
    sort: Object.fromEntries(turned.map(({ field, direction }) => [field, direction])),
  };
};

/** The position of a document that was found by this order. */
export const positionOf = (
  sort: readonly Sort[],
  found: Readonly<Record<string, unknown>>,
): Position => [
  ...sort.map((key, place) => jsonOf(found[fieldOf(key, place)])),
  String(found['key']),
];

/** What a pipeline has to keep of a document so that its position can be told. */
export const positionFields = (sort: readonly Sort[]): Readonly<Record<string, 1>> =>
  Object.fromEntries([...sort.map(fieldOf), 'key'].map((field) => [field, 1 as const]));

// JSON has no infinite numbers.
const jsonOf = (value: unknown): string | number | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value as string;
};

const plainFields = { id: 'id', updated: 'at', type: 'type' } as const;

const isPlain = (key: Sort): key is Extract<Sort, { by: keyof typeof plainFields }> =>
  key.by in plainFields;

const fieldOf = (key: Sort, place: number): string =>
  isPlain(key) ? plainFields[key.by] : `s${String(place)}`;

/** Resources without a value come last in both directions: `h` says that there is none. */
const columnsOf = (sort: readonly Sort[]): readonly Column[] => {
  const columns = sort.flatMap((key, place): readonly Column[] => {
    const column: Column = {
      field: fieldOf(key, place),
      direction: key.direction === 'asc' ? 1 : -1,
    };
    return isPlain(key) ? [column] : [{ field: `h${String(place)}`, direction: 1 }, column];
  });
  // The same field twice adds nothing the second time.
  const known = new Set<string>();
  return [...columns, { field: 'key', direction: 1 } as const].filter(({ field }) => {
    const isNew = !known.has(field);
    known.add(field);
    return isNew;
  });
};

const computedFields = (key: Sort, place: number): readonly (readonly [string, unknown])[] => {
  if (isPlain(key)) return [];
  const value = sortValue(key);
  return [
    [`s${String(place)}`, value],
    [`h${String(place)}`, { $cond: [{ $eq: [value, null] }, 1, 0] }],
  ];
};

/** The smallest value when ascending, the largest when descending; null when there is none. */
const sortValue = ({ by, params, direction }: Exclude<Sort, { by: keyof typeof plainFields }>) => ({
  [direction === 'asc' ? '$min' : '$max']: {
    $map: {
      input: {
        $filter: {
          input: { $ifNull: [`$${by}`, []] },
          as: 'e',
          cond: { $and: counts(by, params) },
        },
      },
      as: 'e',
      in: `$$e.${sortFields[by]}`,
    },
  },
});

/** The parts of composites do not count, and of a quantity the number as it was written does. */
const counts = (by: EntryKind, params: readonly string[]): readonly unknown[] => [
  { $in: ['$$e.p', { $literal: params }] },
  { $eq: [{ $ifNull: ['$$e.n', 0] }, 0] },
  ...(by === 'number' ? [{ $eq: ['$$e.u', ''] }] : []),
];

const sortFields: Readonly<Record<EntryKind, string>> = {
  token: 'c',
  string: 'f',
  reference: 't',
  uri: 'u',
  date: 'l',
  number: 'l',
};

/** The values of the columns at a position. */
const placesOf = (
  sort: readonly Sort[],
  position: Position,
): ReadonlyMap<string, string | number | null> => {
  const places = new Map<string, string | number | null>([['key', position.at(-1) ?? null]]);
  for (const [place, key] of sort.entries()) {
    const value = position[place] ?? null;
    const isNumber = value !== null && (key.by === 'date' || key.by === 'number');
    places.set(fieldOf(key, place), isNumber ? Number(value) : value);
    places.set(`h${String(place)}`, value === null ? 1 : 0);
  }
  return places;
};

/** Equal in some columns from the left, and beyond the place in the next. */
const beyond = (
  columns: readonly Column[],
  places: ReadonlyMap<string, string | number | null>,
): Filter =>
  any(
    columns.flatMap(({ field, direction }, count) => {
      const value = places.get(field) ?? null;
      // Those without a value differ in the columns after this one only.
      if (value === null) return [];
      const equal = columns
        .slice(0, count)
        .map((column): Filter => ({ [column.field]: { $eq: places.get(column.field) ?? null } }));
      return [all([...equal, { [field]: { [direction === 1 ? '$gt' : '$lt']: value } }])];
    }),
  );
