// The three ports every engine implements: resources, records, bytes. A store stores: ids, versions, clocks, validation,
// rights and audit are settled above it.

import type { Entry } from '../search/entry.ts';
import type { Plan } from '../search/plan.ts';
import type { Position, Window } from '../search/window.ts';

export interface Key {
  readonly type: string;
  readonly id: string;
  /** Without it the current version is meant. */
  readonly version?: string;
}

/** One version of a resource. `text` is its JSON ('' when this version is a deletion). */
export interface Version {
  readonly type: string;
  readonly id: string;
  /** '1', '2', … : meta.versionId and the ETag. */
  readonly version: string;
  /** meta.lastUpdated, milliseconds since 1970. */
  readonly at: number;
  readonly deleted: boolean;
  /** How it came about: Bundle.entry.request.method of a history. */
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The Organization on whose behalf it was written (`Organization/1`). */
  readonly custodian?: string;
  readonly text: string;
}

/** What must hold at the moment of the commit, over the earlier changes of the same commit. */
export type Expect =
  /** The current version (a deletion counts) is this one; undefined: the id was never used. */
  | { readonly op: 'version'; readonly key: Key; readonly version: string | undefined }
  /** The plan matches no resource. */
  | { readonly op: 'none'; readonly plan: Plan }
  /** The plan matches exactly one resource, and it is this one. */
  | { readonly op: 'only'; readonly plan: Plan; readonly key: Key };

export type Change =
  /**
   * A new current version. `entries` replace the index values of the version before; a deletion keeps those of the last
   * version (for the rights on its history) though no search finds them. `adopts` names staged bytes this version refers to.
   */
  | {
      readonly kind: 'put';
      readonly version: Version;
      readonly entries: readonly Entry[];
      readonly expect: readonly Expect[];
      readonly adopts?: readonly string[];
    }
  | { readonly kind: 'check'; readonly expect: readonly Expect[] }
  /** New index values for a version that stays as it is; skipped silently when it is no longer current. */
  | {
      readonly kind: 'reindex';
      readonly key: Required<Key>;
      readonly entries: readonly Entry[];
    };

/** Thrown by `commit` when an `expect` does not hold. Nothing was written. */
export class Conflict extends Error {
  /** Place of the change in the list given to `commit`. */
  readonly change: number;
  readonly expect: Expect;

  constructor(change: number, expect: Expect, options?: ErrorOptions) {
    super(`change ${String(change)} expected ${expect.op}`, options);
    this.name = 'Conflict';
    this.change = change;
    this.expect = expect;
  }
}

/** Thrown by `openStore` when another process has the data folder. */
export class InUse extends Error {
  override readonly name = 'InUse';
  readonly dataDir: string;

  constructor(dataDir: string, options?: ErrorOptions) {
    super(
      `The data folder '${dataDir}' is in use by another Meridian server. Stop it first, or set DATA_DIR to another folder.`,
      options,
    );
    this.dataDir = dataDir;
  }
}

/** Thrown by `search`, `count` and `versions` when they run longer than the engine's limit (`LIMIT_SEARCH_SECONDS`). */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** Thrown when the engine cannot serve just now: it waits for another server, or others were in the way too long. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Thrown by `commit` when the engine cannot hold a resource of this size. Nothing was written. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** History is newest first. `at` keeps the versions that were current at that time or during that period. */
export interface HistoryWindow {
  readonly size: number;
  readonly after?: Position;
  readonly before?: Position;
  readonly since?: number;
  readonly at?: { readonly low: number; readonly high: number };
  readonly types?: readonly string[];
}

/** `next` and `previous` are there when there is something on that side. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: Position;
  readonly previous?: Position;
}

export interface ResourceStore {
  /** In the order of the keys; undefined where there is none. Deletions are returned as versions with `deleted`. */
  read(keys: readonly Key[]): Promise<readonly (Version | undefined)[]>;
  /** History of an instance, a type or everything, of resources whose current (or last) version meets the plan. */
  versions(of: Partial<Key>, plan: Plan, window: HistoryWindow): Promise<Page<Version>>;
  /** How many versions `versions` would give over all pages. */
  countVersions(of: Partial<Key>, plan: Plan, window: Omit<HistoryWindow, 'size'>): Promise<number>;
  search(plan: Plan, window: Window): Promise<Page<Version>>;
  count(plan: Plan): Promise<number>;
  /** All or nothing, durable when it resolves. Throws `Conflict` (naming the change) when an `expect` does not hold. */
  commit(changes: readonly Change[]): Promise<void>;
  /** How the engine would run it, in words and the engine's own query language, for `?__explain`. */
  explain(plan: Plan, window: Window): Promise<unknown>;
}

/** Users, sessions, codes, tokens, clients, jobs, claims: small JSON by kind and id. Expired is absent. */
export interface RecordStore {
  get(kind: string, id: string): Promise<unknown>;
  /** `where` compares top-level string fields. */
  find(kind: string, where: Readonly<Record<string, string>>): Promise<readonly unknown[]>;
  put(kind: string, id: string, value: object, expires?: Date): Promise<void>;
  /** false when it was there: claims, replay. */
  add(kind: string, id: string, value: object, expires?: Date): Promise<boolean>;
  /** Compare and set: false when what is stored is not `expected`. Keeps the expiry. */
  replace(kind: string, id: string, value: object, expected: object): Promise<boolean>;
  /** Reads and removes in one step: works once. */
  take(kind: string, id: string): Promise<unknown>;
  /** How many were removed. */
  drop(kind: string, where: Readonly<Record<string, string>>): Promise<number>;
}

export interface Staged {
  readonly id: string;
  readonly size: number;
  /** Hex. */
  readonly sha1: string;
  readonly sha256: string;
}

/** First and last byte, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Bytes kept outside the resources. Streams: no method holds a whole file in memory. */
export interface ByteStore {
  /** Durable when it resolves; nobody sees it until a `put` change adopts it. */
  stage(bytes: AsyncIterable<Uint8Array>): Promise<Staged>;
  /** undefined when there is no such id. */
  describe(id: string): Promise<Staged | undefined>;
  open(id: string, range?: Range): AsyncIterable<Uint8Array>;
  /** Removes these of what was staged; what a version has adopted stays, and what is not there is not missed. */
  discard(ids: readonly string[]): Promise<void>;
  /** Removes what was staged before the date and never adopted; says how many. */
  sweep(before: Date): Promise<number>;
}

export interface Store {
  readonly resources: ResourceStore;
  readonly records: RecordStore;
  readonly bytes: ByteStore;
  /** Rejects when the engine cannot serve: `/readyz`. */
  ping(): Promise<void>;
  /** Finishes what was begun. */
  close(): Promise<void>;
}

/** A record with all that is kept of it. */
export interface KeptRecord {
  readonly kind: string;
  readonly id: string;
  readonly value: object;
  readonly expires?: Date;
}

/** A part of a list and where the next part begins; without `next` it was the last. */
export interface Part<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** What the ports do not list, for moving to another engine: in parts, so that a move that was broken off goes on. */
export interface Inventory {
  /** Every resource that ever was, deleted ones too, in the order they were first stored. */
  names(after: string | undefined, size: number): Promise<Part<Key>>;
  records(after: string | undefined, size: number): Promise<Part<KeptRecord>>;
  /** Stages bytes under the id they had. */
  restore(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Staged>;
}

/** What the engines that keep something are. */
export interface MovableStore extends Store {
  readonly inventory: Inventory;
}
