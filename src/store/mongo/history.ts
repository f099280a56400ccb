// history: versions newest first, from two collections: the current ones lie with the resources, the former by themselves.

import type { mongo } from 'mongoose';
import type { Plan } from '../../search/plan.ts';
import type { Position } from '../../search/window.ts';
import type { HistoryWindow, Key, Page, Version } from '../port.ts';
import { match, run, type Asking, type Stage } from './asking.ts';
import { all, always, any, type Filter } from './compile/filter.ts';
import {
  nameOf,
  toFormerVersion,
  toVersion,
  versionProjection,
  type FormerDocument,
  type Found,
} from './documents.ts';
import { find } from './find.ts';

export interface History {
  readonly of: Partial<Key>;
  /** Rights: the versions are those of resources for which it holds. */
  readonly plan: Plan;
  readonly window: Omit<HistoryWindow, 'size'>;
}

interface Line {
  readonly name: string;
  readonly position: readonly [at: number, seq: string];
  readonly version: Version;
}

export const findVersions = async (
  history: History,
  size: number,
  tools: Tools,
): Promise<Page<Version>> => {
  if (size === 0) return { items: [] };
  const { after, before } = history.window;
  const lines: Line[] = [];
  let from = after ?? before;
  for (let batch = size + 1; ; batch = Math.min(largestBatch, batch * 2)) {
    const read = await readLines(history, { from, limit: batch }, tools);
    lines.push(...(await visible(read, history.plan, tools)));
    if (lines.length > size || read.length < batch) break;
    from = read.at(-1)!.position;
  }
  return toPage(lines, size, history.window);
};

export const countVersions = async (history: History, tools: Tools): Promise<number> => {
  if (history.plan.op === 'everything') return countAll(history, tools);
  let count = 0;
  let from: Position | undefined;
  for (;;) {
    const limit = largestBatch;
    const read = await readLines(history, { from, limit, fields: 'bare' }, tools);
    count += (await visible(read, history.plan, tools)).length;
    if (read.length < limit) return count;
    from = read.at(-1)!.position;
  }
};

const largestBatch = 1000;

export interface Tools {
  readonly asking: Asking;
  readonly versions: mongo.Collection<FormerDocument>;
}

const countAll = async (history: History, { asking, versions }: Tools): Promise<number> => {
  const current = await run<{ n: number }>(asking, [
    match(currentFilter(history)),
    { $count: 'n' },
  ]);
  const former = await run<{ n: number }>({ ...asking, collection: versions as never }, [
    match(formerFilter(history)),
    { $count: 'n' },
  ]);
  return (current[0]?.n ?? 0) + (former[0]?.n ?? 0);
};

interface Reach {
  readonly from: Position | undefined;
  readonly limit: number;
  readonly fields?: 'bare';
}

/**
 * A page of both collections, put together in order. The current versions are read first: a version that becomes a former
 * one in between is then there twice, and taken once, and never missed.
 */
const readLines = async (
  history: History,
  { from, limit, fields }: Reach,
  { asking, versions }: Tools,
): Promise<readonly Line[]> => {
  const direction = history.window.before === undefined ? -1 : 1;
  const beyond = from === undefined ? always : beyondOf(from, direction);
  const stages = (filter: Filter): readonly Stage[] => [
    match(all([filter, beyond])),
    { $sort: { at: direction, seq: direction } },
    { $limit: limit },
    { $project: fields === 'bare' ? bareProjection : { ...versionProjection, ...ofFormer } },
  ];
  const current = await run<Found>(asking, stages(currentFilter(history)));
  const former = await run<FormerDocument>(
    { ...asking, collection: versions as never },
    stages(formerFilter(history)),
  );
  const lines = new Map<string, Line>();
  for (const found of current)
    lines.set(found.seq, {
      name: found._id,
      position: [found.at, found.seq],
      version: toVersion(found),
    });
  for (const found of former)
    lines.set(found.seq, {
      name: found.name,
      position: [found.at, found.seq],
      version: toFormerVersion(found),
    });
  return [...lines.values()]
    .toSorted((a, b) => direction * compare(a.position, b.position))
    .slice(0, limit);
};

const ofFormer = { name: 1, type: 1, deleted: 1 } as const;
const bareProjection = { _id: 1, name: 1, id: 1, type: 1, seq: 1, at: 1 } as const;

const compare = (a: Line['position'], b: Line['position']): number =>
  a[0] - b[0] || Number(a[1] > b[1]) - Number(a[1] < b[1]);

const beyondOf = (from: Position, direction: 1 | -1): Filter => {
  const operator = direction === 1 ? '$gt' : '$lt';
  const [at, seq] = from;
  return any([
    { at: { [operator]: Number(at) } },
    { at: { $eq: Number(at) }, seq: { [operator]: seq } },
  ]);
};

/** Those whose resource meets the plan, by what it is now or, deleted, was last. */
const visible = async (
  lines: readonly Line[],
  plan: Plan,
  { asking }: Tools,
): Promise<readonly Line[]> => {
  if (plan.op === 'everything' || lines.length === 0) return lines;
  const within = { _id: { $in: [...new Set(lines.map(({ name }) => name))] } };
  const question = { plan, rows: 'kept' as const, window: { sort: [] }, limit: Infinity, within };
  const found = await find<{ _id: string }>({ ...question, fields: { _id: 1 } }, asking);
  const names = new Set(found.map(({ _id }) => _id));
  return lines.filter(({ name }) => names.has(name));
};

const currentFilter = ({ of, window }: History): Filter =>
  all([
    of.id !== undefined && of.type !== undefined
      ? { _id: { $eq: nameOf({ type: of.type, id: of.id }) } }
      : ofTypes(of, window.types, (types) => ({ of: { $in: types } })),
    ...commonFilters(of, window),
    // What is current has not ended.
    ...(window.at === undefined ? [] : [{ at: { $lt: window.at.high } }]),
  ]);

const formerFilter = ({ of, window }: History): Filter =>
  all([
    of.id !== undefined && of.type !== undefined
      ? { name: { $eq: nameOf({ type: of.type, id: of.id }) } }
      : ofTypes(of, window.types, (types) => ({ type: { $in: types } })),
    ...commonFilters(of, window),
    ...(window.at === undefined
      ? []
      : [{ at: { $lt: window.at.high }, until: { $gt: window.at.low } }]),
  ]);

const commonFilters = (of: Partial<Key>, { since }: History['window']): readonly Filter[] => [
  ...(of.id !== undefined && of.type === undefined ? [{ id: { $eq: of.id } }] : []),
  ...(of.version === undefined ? [] : [{ version: { $eq: of.version } }]),
  ...(since === undefined ? [] : [{ at: { $gte: since } }]),
];

const ofTypes = (
  { type }: Partial<Key>,
  types: readonly string[] | undefined,
  filter: (types: readonly string[]) => Filter,
): Filter => {
  if (type === undefined) return types === undefined ? always : filter(types);
  return types === undefined || types.includes(type) ? filter([type]) : filter([]);
};

const toPage = (
  lines: readonly Line[],
  size: number,
  window: Pick<HistoryWindow, 'after' | 'before'>,
): Page<Version> => {
  const back = window.before !== undefined;
  const taken = lines.slice(0, size);
  const items = back ? taken.toReversed() : taken;
  const isMore = lines.length > size;
  const first = items[0];
  const last = items.at(-1);
  return {
    items: items.map(({ version }) => version),
    ...((back || isMore) && last !== undefined ? { next: last.position } : {}),
    ...((back ? isMore : window.after !== undefined) && first !== undefined
      ? { previous: first.position }
      : {}),
  };
};
