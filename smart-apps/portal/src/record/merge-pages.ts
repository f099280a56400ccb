// Merge pages: several searches, each sorted by date and read page by page, as one list by date: an item is taken only once
// every other search has shown that it holds nothing newer.

export interface Dated {
  readonly id: string;
  /** FHIR's date or dateTime, as exact as it is known; undefined sorts last, as the server does. */
  readonly date: string | undefined;
}

export interface Stream<T> {
  readonly name: string;
  /** Read, and not taken yet. */
  readonly waiting: readonly T[];
  /** The next page to be read: the first, the one at an address, or none any more. */
  readonly next: 'first' | { readonly address: string } | 'none';
}

export interface Loaded<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export type LoadPage<T> = (name: string, address: string | undefined) => Promise<Loaded<T>>;

export interface Taken<T> {
  readonly items: readonly T[];
  /** Where to go on; undefined at the end. */
  readonly rest: readonly Stream<T>[] | undefined;
}

export const beginStreams = <T>(names: readonly string[]): readonly Stream<T>[] =>
  names.map((name) => ({ name, waiting: [], next: 'first' }));

/** The next `wanted` items of all streams, newest first; fewer only at the end. */
export const takeNewest = async <T extends Dated>(
  streams: readonly Stream<T>[],
  load: LoadPage<T>,
  wanted: number,
): Promise<Taken<T>> => {
  const items: T[] = [];
  let open = streams;
  while (items.length < wanted) {
    open = (await Promise.all(open.map((stream) => fill(stream, load)))).filter(hasMore);
    const newest = newestOf(open);
    if (newest === undefined) break;
    items.push(newest.waiting[0]!);
    open = open.map((stream) =>
      stream === newest ? { ...stream, waiting: stream.waiting.slice(1) } : stream,
    );
  }
  const rest = open.filter(hasMore);
  return { items, rest: rest.length > 0 ? rest : undefined };
};

/** An empty page may have a next one. */
const fill = async <T>(stream: Stream<T>, load: LoadPage<T>): Promise<Stream<T>> => {
  if (stream.waiting.length > 0 || stream.next === 'none') return stream;
  const address = stream.next === 'first' ? undefined : stream.next.address;
  const { items, next } = await load(stream.name, address);
  const filled: Stream<T> = {
    ...{ name: stream.name, waiting: items },
    next: next === undefined ? 'none' : { address: next },
  };
  return fill(filled, load);
};

const hasMore = <T>({ waiting, next }: Stream<T>): boolean => waiting.length > 0 || next !== 'none';

const newestOf = <T extends Dated>(streams: readonly Stream<T>[]): Stream<T> | undefined =>
  streams.reduce<Stream<T> | undefined>((best, stream) => {
    if (stream.waiting.length === 0) return best;
    if (best === undefined) return stream;
    return momentOf(stream.waiting[0]!) > momentOf(best.waiting[0]!) ? stream : best;
  }, undefined);

/** Where a partial date begins; without one, before everything. */
export const momentOf = ({ date }: Dated): number => {
  const moment = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(moment) ? -Infinity : moment;
};
