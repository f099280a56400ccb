// by-date: the parts of a list that is sorted by a date, from where it is read on. Each part is narrowed by the index of dates, so
// that a page of a long list does not put all of the list in order.

import type { Position, Sort } from '../../search/window.ts';
import { match, run, type Asking, type Question } from './asking.ts';
import { oneOf } from './compile/values.ts';
import type { Filter } from './compile/filter.ts';

/** Documents that may be in the part, and of those the ones that are, by their sort value `s0`. */
export interface ListPart {
  readonly candidates: Filter;
  readonly chosen: Filter;
}

type DateSort = Extract<Sort, { params: unknown }>;

export const isByDate = ({ rows, window, limit, within }: Question): boolean =>
  window.sort[0]?.by === 'date' &&
  rows === 'live' &&
  within === undefined &&
  Number.isFinite(limit);

/** In the order they are read: first those with a date, then those without; read backward the other way round. */
export const partsByDate = async function* (
  { window }: Question,
  asking: Asking,
): AsyncGenerator<ListPart> {
  const sort = window.sort[0] as DateSort;
  const position = window.after ?? window.before;
  const isBackward = window.before !== undefined;
  const direction = (sort.direction === 'asc') === isBackward ? -1 : 1;
  const place = placeOf(position);
  if (isBackward && place === 'without') yield without(sort);
  if (isBackward || place !== 'without')
    for await (const stretch of stretches(place === 'without' ? undefined : place, direction, {
      ...{ sort, asking },
    }))
      yield within(sort, stretch);
  if (!isBackward) yield without(sort);
};

/** The date of a position; undefined at the beginning of the list. */
const placeOf = (position: Position | undefined): number | 'without' | undefined => {
  if (position === undefined) return undefined;
  return position[0] === null || position[0] === undefined ? 'without' : Number(position[0]);
};

interface Stretch {
  readonly low: number;
  readonly high: number;
}

const within = ({ params }: DateSort, { low, high }: Stretch): ListPart => ({
  candidates: { date: { $elemMatch: { p: oneOf(params), l: { $gte: low, $lte: high } } } },
  chosen: { s0: { $gte: low, $lte: high } },
});

/** The parts of composites do not count for a sort. */
const without = ({ params }: DateSort): ListPart => ({
  candidates: {
    $nor: [{ date: { $elemMatch: { p: oneOf(params), n: { $exists: false } } } }],
  },
  chosen: { h0: 1 },
});

const end = 8.64e15;
const day = 86_400_000;
const shortest = 60_000;
/** Where most dates lie: reading from either end begins there, after what lies beyond it. */
const anchors = { '1': Date.UTC(1900, 0, 1), '-1': () => Date.now() } as const;

/** As long as they hold few dates, each longer than the one before. */
const stretches = async function* (
  from: number | undefined,
  direction: 1 | -1,
  tools: { readonly sort: DateSort; readonly asking: Asking },
): AsyncGenerator<Stretch> {
  const last = direction * end;
  const anchor = direction === 1 ? anchors['1'] : anchors['-1']();
  let near = from ?? -last;
  let length = from === undefined ? Math.abs(anchor - near) : day;
  let most = tools.asking.mostSorted;
  while (direction * near <= end) {
    const far = Math.min(end, direction * near + length) * direction;
    const stretch = direction === 1 ? { low: near, high: far } : { low: far, high: near };
    if (length > shortest && (await isDense(stretch, most, tools))) {
      length = Math.floor(length / 2);
      continue;
    }
    yield stretch;
    near = far + direction;
    // From the anchor on in days; after a stretch that did not fill the page the next may hold more.
    length = far === anchor ? day : length * 2;
    most *= 2;
  }
};

const isDense = async (
  { low, high }: Stretch,
  most: number,
  { sort, asking }: { readonly sort: DateSort; readonly asking: Asking },
): Promise<boolean> => {
  const { candidates } = within(sort, { low, high });
  const [found] = await run<{ n: number }>(asking, [
    match(candidates),
    { $limit: most },
    { $count: 'n' },
  ]);
  return (found?.n ?? 0) >= most;
};
