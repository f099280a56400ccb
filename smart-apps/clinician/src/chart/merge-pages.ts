// Merge pages: several lists, each newest first and read page by page, as one list that is newest first; what might still have
// something newer before it on a page that was not read yet is held back until that page is there.

export interface Source<T> {
  /** Newest first, as far as it was read. */
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

export interface Merged<T> {
  readonly items: readonly T[];
  /** The sources, by their place, whose next page decides what comes next; none where everything is shown or held by nobody. */
  readonly waitsFor: readonly number[];
}

/** `timeOf` answers milliseconds since 1970; what has no date is -Infinity and comes last. */
export const mergePages = <T>(
  sources: readonly Source<T>[],
  timeOf: (item: T) => number,
): Merged<T> => {
  const all = sources.flatMap(({ items }) => items);
  const oldestRead = sources.map(({ items, hasMore }) =>
    hasMore && items.length > 0 ? timeOf(items.at(-1)!) : Number.NEGATIVE_INFINITY,
  );
  const floor = Math.max(Number.NEGATIVE_INFINITY, ...oldestRead);
  return {
    items: all
      .filter((item) => timeOf(item) >= floor)
      .sort((a, b) => compare(timeOf(b), timeOf(a))),
    waitsFor: oldestRead.flatMap((time, place) =>
      sources[place]!.hasMore && time >= floor ? [place] : [],
    ),
  };
};

/** Two that have no date are equal, where their difference would be no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
