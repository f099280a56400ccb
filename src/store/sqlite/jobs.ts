// jobs: what the main thread asks of the writer thread and what it answers. Plain data.

import type { Change, Staged } from '../port.ts';
import type { PackedEntries } from './entry-rows.ts';

type Put = Extract<Change, { kind: 'put' }>;
type Reindex = Extract<Change, { kind: 'reindex' }>;

/** A change with its entries packed. */
export type PackedChange =
  | (Omit<Put, 'entries'> & { readonly entries: PackedEntries })
  | Extract<Change, { kind: 'check' }>
  | (Omit<Reindex, 'entries'> & { readonly entries: PackedEntries });

export type Job =
  | { readonly op: 'commit'; readonly changes: readonly PackedChange[] }
  | RecordJob
  | { readonly op: 'stage'; readonly staged: Staged; readonly at: number }
  | { readonly op: 'sweep'; readonly before: number }
  | { readonly op: 'discard'; readonly ids: readonly string[] }
  | { readonly op: 'ping' };

interface OfRecord {
  readonly kind: string;
  readonly id: string;
  readonly now: number;
}

/** Values and what is expected are JSON. */
export type RecordJob =
  | (OfRecord & {
      readonly op: 'put-record' | 'add-record';
      readonly value: string;
      readonly expires: number | null;
    })
  | (OfRecord & {
      readonly op: 'replace-record';
      readonly value: string;
      readonly expected: string;
    })
  | (OfRecord & { readonly op: 'take-record' })
  | {
      readonly op: 'drop-records';
      readonly kind: string;
      readonly where: Readonly<Record<string, string>>;
      readonly now: number;
    };

/** `conflict` is the place of the change and of its expectation. */
export type Answer =
  | { readonly done: unknown }
  | { readonly conflict: readonly [change: number, expect: number] }
  | { readonly tooSlow: true }
  | { readonly error: string };

export interface Numbered<T> {
  readonly number: number;
  readonly content: T;
}
