// resources: the resource port over MongoDB.

import type { mongo } from 'mongoose';
import {
  Conflict,
  type Change,
  type Key,
  type Page,
  type ResourceStore,
  type Version,
} from '../port.ts';
import type { Position } from '../../search/window.ts';
import type { Asking, Question } from './asking.ts';
import { positionOf } from './compile/order.ts';
import {
  nameOf,
  toFormerVersion,
  toVersion,
  versionProjection,
  type Found,
  type FormerDocument,
  type ResourceDocument,
} from './documents.ts';
import { explain } from './explain.ts';
import { count, find } from './find.ts';
import { countVersions, findVersions } from './history.ts';
import type { Reach } from './reachable.ts';
import type { Sequence } from './sequence.ts';
import { isDuplicate, type Transact } from './transact.ts';
import { documentOf, type Write } from './write.ts';

export interface ResourceTools {
  readonly reach: Reach;
  readonly database: mongo.Db;
  readonly resources: mongo.Collection<ResourceDocument>;
  readonly versions: mongo.Collection<FormerDocument>;
  readonly transact: Transact;
  readonly write: Write;
  readonly sequence: Sequence;
  readonly searchSeconds: number;
  readonly mostListed: number;
  readonly mostSorted: number;
}

export const createResources = (tools: ResourceTools): ResourceStore => {
  const { resources, versions, searchSeconds, mostListed, mostSorted, reach } = tools;
  const until = (): number => performance.now() + searchSeconds * 1000;
  const asking = (): Asking => ({
    collection: resources,
    until: until(),
    mostListed,
    mostSorted,
    answers: new Map(),
  });
  const question = (
    plan: Question['plan'],
    window: Question['window'],
    limit: number,
  ): Question => ({
    ...{ plan, window, limit, rows: 'live', fields: versionProjection },
  });
  return {
    read: (keys) => reach.again(() => read(keys, tools)),
    search: (plan, window) =>
      reach.again(async () => {
        if (window.size === 0) return { items: [] };
        const asked = question(plan, window, window.size + 1);
        return toPage(await find<Found>(asked, asking()), window);
      }),
    count: (plan) => reach.again(() => count(plan, asking())),
    versions: (of, plan, window) =>
      reach.again(() =>
        findVersions({ of, plan, window }, window.size, { asking: asking(), versions }),
      ),
    countVersions: (of, plan, window) =>
      reach.again(() => countVersions({ of, plan, window }, { asking: asking(), versions })),
    commit: (changes) => commit(changes, tools, until),
    explain: (plan, window) =>
      reach.again(() => explain(question(plan, window, window.size + 1), asking(), tools.database)),
  };
};

/** A former version is looked for after the current ones: what stops being current in between is found as a former one. */
const read = async (
  keys: readonly Key[],
  { resources, versions }: ResourceTools,
): Promise<readonly (Version | undefined)[]> => {
  const names = [...new Set(keys.map(nameOf))];
  const projection = versionProjection;
  const current = await resources.find<Found>({ _id: { $in: names } }, { projection }).toArray();
  const byName = new Map(current.map((found) => [found._id, toVersion(found)]));
  const isCurrent = (key: Key): boolean =>
    key.version === undefined || byName.get(nameOf(key))?.version === key.version;
  const former = keys.filter((key) => !isCurrent(key)).map(formerName);
  const found = former.length === 0 ? [] : await versions.find({ _id: { $in: former } }).toArray();
  const byVersion = new Map(found.map((each) => [each._id, toFormerVersion(each)]));
  return keys.map((key) =>
    isCurrent(key) ? byName.get(nameOf(key)) : byVersion.get(formerName(key)),
  );
};

const formerName = (key: Key): string => `${nameOf(key)}/${String(key.version)}`;

const commit = async (
  changes: readonly Change[],
  tools: ResourceTools,
  until: () => number,
): Promise<void> => {
  const only = changes.length === 1 ? changes[0] : undefined;
  if (only !== undefined && isPlainCreate(only)) return create(only, tools);
  await tools.reach.once(() =>
    tools.transact((session) => tools.write({ changes, session, until: until() })),
  );
};

type Put = Extract<Change, { kind: 'put' }>;

/** One new resource whose id must be free: a single document, which needs no transaction to be all or nothing. */
const isPlainCreate = (change: Change): change is Put =>
  change.kind === 'put' &&
  change.adopts === undefined &&
  change.expect.length === 1 &&
  change.expect.every(
    (expect) =>
      expect.op === 'version' &&
      expect.version === undefined &&
      nameOf(expect.key) === nameOf(change.version),
  );

const create = async (
  change: Put,
  { resources, sequence, reach }: ResourceTools,
): Promise<void> => {
  const seq = sequence();
  const document = documentOf(change, { key: seq, seq });
  await reach.again(async () => {
    try {
      await resources.insertOne(document);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // It may be our own, of which no answer came.
      const found = await resources.findOne({ _id: document._id }, { projection: { seq: 1 } });
      if (found?.seq !== seq) throw new Conflict(0, change.expect[0]!, { cause: error });
    }
  });
};

/** What was asked after or before a position has something on that side. A page read backward comes from its end. */
const toPage = (
  found: readonly Found[],
  window: { readonly size: number } & Question['window'],
): Page<Version> => {
  const back = window.before !== undefined;
  const taken = found.slice(0, window.size);
  const items = back ? taken.toReversed() : taken;
  const isMore = found.length > window.size;
  const place = (at: Found | undefined): Position | undefined => at && positionOf(window.sort, at);
  const next = back || isMore ? place(items.at(-1)) : undefined;
  const previous = (back ? isMore : window.after !== undefined) ? place(items[0]) : undefined;
  return {
    items: items.map(toVersion),
    ...(next === undefined ? {} : { next }),
    ...(previous === undefined ? {} : { previous }),
  };
};
