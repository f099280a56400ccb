// A store in memory: the reference for what the ports mean, and a stage for what can go wrong around them.

import { matches, compareBySort, sortValue, type Stored, type World } from '#src/search/match.ts';
import type { Plan } from '#src/search/plan.ts';
import type { Position, Sort, Window } from '#src/search/window.ts';
import {
  Conflict,
  type Change,
  type Expect,
  type HistoryWindow,
  type Key,
  type Page,
  type ResourceStore,
  type Store,
  type Version,
} from '#src/store/port.ts';
import type { Entry } from '#src/search/entry.ts';
import { createMemoryBytes } from './bytes.ts';
import { createMemoryRecords } from './records.ts';

/** What this store can be made to do, so that its callers are tested against it. */
export interface Mischief {
  /**
   * `skew`: of commits that run at the same time all see the state before them, as under snapshot isolation; those that
   * lose get `Conflict` although what they expected held when they looked.
   */
  readonly conflicts?: 'none' | 'skew';
  /** Asked at every commit: throws before it did anything, or after it did everything but before it said so. */
  readonly crash?: (commit: number) => 'before' | 'after' | undefined;
}

export interface MemoryOptions extends Mischief {
  readonly now?: () => number;
}

interface Item {
  readonly key: number;
  readonly versions: readonly Kept[];
  readonly entries: readonly Entry[];
}
interface Kept extends Version {
  readonly seq: number;
}
type State = ReadonlyMap<string, Item>;

export const openMemoryStore = (options: MemoryOptions = {}): Store => {
  const { now = Date.now } = options;
  const bytes = createMemoryBytes(now);
  return {
    resources: createResources(options, bytes.adopt),
    records: createMemoryRecords(now),
    bytes,
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};

const createResources = (
  { conflicts = 'none', crash = () => undefined }: Mischief,
  adopt: (id: string) => void,
): ResourceStore => {
  let state: State = new Map();
  let commits = 0;
  let seq = 0;
  const nextSeq = (): number => (seq += 1);

  const matching = (plan: Plan): readonly Item[] => select(plan, state, 'live');

  return {
    read: (keys) => Promise.resolve(keys.map((key) => findVersion(key, state))),
    search: (plan, window) => {
      const items = inOrder(matching(plan), window.sort);
      const positions = (item: Item) => positionOf(item, window.sort);
      return Promise.resolve(
        mapPage(pageOf(items, window, positions, byPosition(window.sort)), (item) =>
          bare(item.versions.at(-1)!),
        ),
      );
    },
    count: (plan) => Promise.resolve(matching(plan).length),
    versions: (of, plan, window) => {
      const found = history(of, plan, window, state);
      const page = pageOf(found, window, ({ at, seq }) => [at, seq], newestFirst);
      return Promise.resolve(mapPage(page, bare));
    },
    countVersions: (of, plan, window) => Promise.resolve(history(of, plan, window, state).length),
    commit: async (changes) => {
      const fate = crash((commits += 1));
      if (fate === 'before') throw new Error('The store crashed before the commit.');
      const seen = state;
      // Others may look at the same state before any of them writes.
      if (conflicts === 'skew') await Promise.resolve();
      apply(changes, seen, nextSeq, () => undefined);
      if (conflicts === 'skew') await Promise.resolve();
      state = apply(changes, state, nextSeq, adopt);
      if (fate === 'after') throw new Error('The store crashed after the commit.');
    },
    explain: () => Promise.resolve({ way: 'all resources are looked at' }),
  };
};

/** The state after the changes; throws `Conflict` where an expectation does not hold. */
const apply = (
  changes: readonly Change[],
  before: State,
  nextSeq: () => number,
  adopt: (id: string) => void,
): State => {
  const state = new Map(before);
  changes.forEach((change, place) => {
    const expects = change.kind === 'reindex' ? [] : change.expect;
    for (const expect of expects) if (!isMet(expect, state)) throw new Conflict(place, expect);
    if (change.kind === 'put') {
      change.adopts?.forEach(adopt);
      put(change, state, nextSeq());
    }
    if (change.kind === 'reindex') reindex(change, state);
  });
  return state;
};

const isMet = (expect: Expect, state: State): boolean => {
  switch (expect.op) {
    case 'version':
      return state.get(nameOf(expect.key))?.versions.at(-1)?.version === expect.version;
    case 'none':
      return select(expect.plan, state, 'live').length === 0;
    case 'only': {
      const found = select(expect.plan, state, 'live');
      return found.length === 1 && found[0] === state.get(nameOf(expect.key));
    }
  }
};

const put = (
  { version, entries }: Extract<Change, { kind: 'put' }>,
  state: Map<string, Item>,
  seq: number,
): void => {
  const name = nameOf(version);
  const old = state.get(name);
  state.set(name, {
    key: old?.key ?? state.size + 1,
    versions: [...(old?.versions ?? []), { ...version, seq }],
    entries: version.deleted ? (old?.entries ?? entries) : entries,
  });
};

const reindex = (
  { key, entries }: Extract<Change, { kind: 'reindex' }>,
  state: Map<string, Item>,
): void => {
  const old = state.get(nameOf(key));
  const current = old?.versions.at(-1);
  if (old !== undefined && current?.version === key.version && !current.deleted)
    state.set(nameOf(key), { ...old, entries });
};

const nameOf = ({ type, id }: Key): string => `${type}/${id}`;

const findVersion = (key: Key, state: State): Version | undefined => {
  const versions = state.get(nameOf(key))?.versions;
  const found =
    key.version === undefined
      ? versions?.at(-1)
      : versions?.find(({ version }) => version === key.version);
  return found === undefined ? undefined : bare(found);
};

const bare = ({ type, id, version, at, deleted, method, custodian, text }: Kept): Version => ({
  ...{ type, id, version, at, deleted, method, text },
  ...(custodian === undefined ? {} : { custodian }),
});

/** `kept`: those of which the last version is a deletion as well. */
const select = (plan: Plan, state: State, which: 'live' | 'kept'): readonly Item[] => {
  const isLive = (item: Item): boolean => !item.versions.at(-1)!.deleted;
  const items = [...state.values()];
  const live = items.filter(isLive).map(toStored);
  const world: World = {
    get: (name) => {
      const item = state.get(name);
      return item !== undefined && isLive(item) ? toStored(item) : undefined;
    },
    all: () => live,
  };
  return items
    .filter((item) => which === 'kept' || isLive(item))
    .filter((item) => matches(plan, toStored(item), world));
};

const toStored = ({ versions, entries }: Item): Stored => {
  const { type, id, at, custodian } = versions.at(-1)!;
  return { type, id, at, entries, ...(custodian === undefined ? {} : { custodian }) };
};

const inOrder = (items: readonly Item[], sort: readonly Sort[]): readonly Item[] => {
  const compare = compareBySort(sort);
  return items.toSorted((a, b) => compare(toStored(a), toStored(b)) || a.key - b.key);
};

const positionOf = (item: Item, sort: readonly Sort[]): Position => [
  ...sort.map((key) => jsonOf(sortValue(toStored(item), key))),
  item.key,
];

const jsonOf = (value: string | number | undefined): string | number | null =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : (value ?? null);

const history = (
  of: Partial<Key>,
  plan: Plan,
  { since, at, types }: Omit<HistoryWindow, 'size'>,
  state: State,
): readonly Kept[] =>
  select(plan, state, 'kept')
    .flatMap(({ versions }) =>
      versions.filter((version, place) => {
        const next = versions[place + 1]?.at ?? Infinity;
        return (
          (of.type === undefined || of.type === version.type) &&
          (of.id === undefined || of.id === version.id) &&
          (of.version === undefined || of.version === version.version) &&
          (types?.includes(version.type) ?? true) &&
          (since === undefined || version.at >= since) &&
          (at === undefined || (version.at < at.high && next > at.low))
        );
      }),
    )
    .toSorted((a, b) => b.at - a.at || b.seq - a.seq);

/** The part of an ordered list after or before a position, whether or not anything is at that position any more. */
const pageOf = <T>(
  items: readonly T[],
  { size, after, before }: Pick<Window, 'size' | 'after' | 'before'>,
  position: (item: T) => Position,
  compare: (a: Position, b: Position) => number,
): Page<T> => {
  if (size === 0) return { items: [] };
  const end =
    before === undefined
      ? items.length
      : items.filter((item) => compare(position(item), before) < 0).length;
  const start =
    after === undefined
      ? Math.max(0, before === undefined ? 0 : end - size)
      : items.filter((item) => compare(position(item), after) <= 0).length;
  const found = items.slice(start, Math.min(end, start + size));
  return {
    items: found,
    ...(found.length > 0 && start + found.length < items.length
      ? { next: position(found.at(-1)!) }
      : {}),
    ...(found.length > 0 && start > 0 ? { previous: position(found[0]!) } : {}),
  };
};

const byPosition =
  (sort: readonly Sort[]) =>
  (a: Position, b: Position): number => {
    for (const [place, value] of a.entries()) {
      const order = comparePlaces(value, b[place]!, sort[place]);
      if (order !== 0) return order;
    }
    return 0;
  };

const comparePlaces = (
  a: Position[number],
  b: Position[number],
  sort: Sort | undefined,
): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const isNumber = sort?.by === 'number' || typeof a === 'number';
  const order = isNumber
    ? Number(Number(a) > Number(b)) - Number(Number(a) < Number(b))
    : Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return sort?.direction === 'desc' ? -order : order;
};

const newestFirst = (a: Position, b: Position): number =>
  Number(b[0]) - Number(a[0]) || Number(b[1]) - Number(a[1]);

const mapPage = <T, U>({ items, ...rest }: Page<T>, change: (item: T) => U): Page<U> => ({
  ...rest,
  items: items.map(change),
});
