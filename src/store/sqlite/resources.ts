// resources: the resource port over the embedded store. What is quick runs right here, the rest in a reader thread.

import { Conflict, type Change, type ResourceStore } from '../port.ts';
import { pack } from './entry-rows.ts';
import type { PackedChange } from './jobs.ts';
import type { Effort, Reader } from './reader.ts';
import type { Readers } from './readers.ts';
import { expectsOf } from './write.ts';
import { UnmetAt, type Writer } from './writer.ts';

/**
 * What may keep the main thread busy, in rows looked at (a microsecond each, more or less): handing a search to another
 * thread costs as much as some hundred of them.
 */
const quick: Effort = { cost: 3000, steps: 4000 };

export const createResources = (
  reader: Reader,
  readers: Readers,
  writer: Writer,
): ResourceStore => ({
  read: async (keys) => reader.read(keys),
  search: async (plan, window) =>
    reader.search(plan, window, quick) ?? readers.run('search', [plan, window]),
  count: async (plan) => reader.count(plan, quick) ?? readers.run('count', [plan]),
  versions: async (of, plan, window) =>
    reader.versions(of, plan, window, quick) ?? readers.run('versions', [of, plan, window]),
  countVersions: async (of, plan, window) =>
    reader.countVersions(of, plan, window, quick) ??
    readers.run('countVersions', [of, plan, window]),
  commit: async (changes) => {
    try {
      await writer.run({ op: 'commit', changes: changes.map(packed) });
    } catch (error) {
      throw error instanceof UnmetAt ? toConflict(error, changes) : error;
    }
  },
  explain: async (plan, window) => reader.explain(plan, window),
});

const packed = (change: Change): PackedChange =>
  change.kind === 'check' ? change : { ...change, entries: pack(change.entries) };

const toConflict = ({ place: [change, expect] }: UnmetAt, changes: readonly Change[]): Conflict =>
  new Conflict(change, expectsOf(changes[change]!)[expect]!);
