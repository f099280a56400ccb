// collection: documents in all their revisions, so that transactions see the moment they began, and indexes over them.

import mongoose from 'mongoose';
import { duplicateKey, writeConflict } from './fault.ts';
import type { Document } from './wire.ts';

export interface IndexDefinition {
  readonly name: string;
  readonly key: Readonly<Record<string, number>>;
  readonly unique?: boolean;
  readonly expireAfterSeconds?: number;
}

interface Revision {
  readonly moment: number;
  /** undefined: there is none any more. */
  readonly document: Document | undefined;
}

/** What a transaction has written and not committed, by the name of the collection and the key of the id. */
export interface Transaction {
  readonly moment: number;
  readonly written: Map<Collection, Map<string, Document | undefined>>;
  readonly locks: Set<string>;
}

/** All that is shared between collections: the clock, and who writes what. */
export interface Shared {
  moment: number;
  readonly locks: Map<string, Transaction>;
  /** The oldest moment that somebody may still read. */
  oldest(): number;
}

export const keyOf = (value: unknown): string =>
  typeof value === 'string' ? `"${value}` : mongoose.mongo.BSON.EJSON.stringify(value ?? null);

export class Collection {
  readonly name: string;
  readonly indexes: IndexDefinition[] = [{ name: '_id_', key: { _id: 1 } }];
  readonly #revisions = new Map<string, Revision[]>();
  /** For each index: the keys of documents that have, or had, these values in its leading fields. */
  readonly #lookups = new Map<string, Map<string, Set<string>>>();
  readonly #shared: Shared;

  constructor(name: string, shared: Shared) {
    this.name = name;
    this.#shared = shared;
  }

  addIndex(index: IndexDefinition): boolean {
    if (this.indexes.some(({ name }) => name === index.name)) return false;
    this.indexes.push(index);
    for (const [key, revisions] of this.#revisions)
      for (const { document } of revisions) if (document) this.#note(key, document, [index]);
    return true;
  }

  /** The documents a reader sees, of all or of those with the keys. */
  *visible(transaction: Transaction | undefined, keys?: Iterable<string>): Generator<Document> {
    const own = transaction?.written.get(this);
    const all = keys ?? new Set([...this.#revisions.keys(), ...(own?.keys() ?? [])]);
    for (const key of all) {
      const document = this.get(key, transaction);
      if (document !== undefined) yield document;
    }
  }

  get(key: string, transaction: Transaction | undefined): Document | undefined {
    const own = transaction?.written.get(this);
    if (own?.has(key)) return own.get(key);
    const moment = transaction?.moment ?? Infinity;
    return this.#revisions.get(key)?.findLast((revision) => revision.moment <= moment)?.document;
  }

  /** Keys of documents that may have the values in the leading fields of an index; undefined when no index tells. */
  keysWith(fields: readonly string[], values: readonly unknown[]): ReadonlySet<string> | undefined {
    return this.#lookups.get(fields.join(' '))?.get(values.map(keyOf).join(' '));
  }

  hasLookup(fields: readonly string[]): boolean {
    return this.#lookups.has(fields.join(' '));
  }

  /** Writes into the transaction; without one at once. Throws WriteConflict and DuplicateKey. */
  write(key: string, document: Document | undefined, transaction: Transaction | undefined): void {
    if (transaction === undefined) {
      this.#refuseDuplicates(key, document, undefined);
      this.#shared.moment += 1;
      this.commit(key, document, this.#shared.moment);
      return;
    }
    const newest = this.#revisions.get(key)?.at(-1)?.moment ?? 0;
    if (newest > transaction.moment) throw writeConflict();
    this.#lock(`${this.name} ${key}`, transaction);
    this.#refuseDuplicates(key, document, transaction);
    const written = transaction.written.get(this) ?? new Map<string, Document | undefined>();
    transaction.written.set(this, written.set(key, document));
    if (document) this.#note(key, document, this.indexes);
  }

  /** The transaction that is writing the document. */
  holder(key: string): Transaction | undefined {
    return this.#shared.locks.get(`${this.name} ${key}`);
  }

  commit(key: string, document: Document | undefined, moment: number): void {
    const revisions = this.#revisions.get(key) ?? [];
    const oldest = this.#shared.oldest();
    const needed = revisions.filter(
      (_, place) => (revisions[place + 1]?.moment ?? Infinity) > oldest,
    );
    if (document === undefined && needed.length === 0) this.#revisions.delete(key);
    else this.#revisions.set(key, [...needed, { moment, document }]);
    if (document) this.#note(key, document, this.indexes);
  }

  #lock(name: string, transaction: Transaction): void {
    const holder = this.#shared.locks.get(name);
    if (holder !== undefined && holder !== transaction) throw writeConflict();
    this.#shared.locks.set(name, transaction);
    transaction.locks.add(name);
  }

  #refuseDuplicates(
    key: string,
    document: Document | undefined,
    transaction: Transaction | undefined,
  ): void {
    if (document === undefined) return;
    for (const index of this.indexes.filter(({ unique }) => unique)) {
      const fields = Object.keys(index.key);
      const values = fields.map((field) => document[field]);
      if (transaction)
        this.#lock(`${this.name} ${index.name} ${values.map(keyOf).join(' ')}`, transaction);
      for (const other of this.keysWith(fields, values) ?? []) {
        const there = other === key ? undefined : this.get(other, undefined);
        if (there && fields.every((field, place) => keyOf(there[field]) === keyOf(values[place])))
          throw duplicateKey(this.name, index.name);
      }
    }
  }

  #note(key: string, document: Document, indexes: readonly IndexDefinition[]): void {
    for (const index of indexes)
      for (const fields of leadingFields(index)) {
        const name = fields.join(' ');
        const lookup = this.#lookups.get(name) ?? new Map<string, Set<string>>();
        this.#lookups.set(name, lookup);
        for (const value of valuesOf(document, fields)) {
          const keys = lookup.get(value) ?? new Set();
          lookup.set(value, keys.add(key));
        }
      }
  }
}

/** The first field, and the first two when they are of one array (or the index is unique: then all). */
const leadingFields = ({ key, unique }: IndexDefinition): readonly (readonly string[])[] => {
  const fields = Object.keys(key).filter((field) => field !== 'key');
  if (unique) return [fields];
  const [first = '', second = ''] = fields;
  const root = first.split('.')[0];
  const isOneArray = first.includes('.') && second.startsWith(`${String(root)}.`);
  return isOneArray ? [[first], [first, second]] : [[first]];
};

const valuesOf = (document: Document, fields: readonly string[]): readonly string[] => {
  const [root = '', inside] = fields[0]!.split('.');
  if (inside === undefined || !Array.isArray(document[root]))
    return [fields.map((field) => keyOf(at(document, field))).join(' ')];
  const elements = document[root] as readonly Document[];
  return elements.map((element) =>
    fields.map((field) => keyOf(element[field.slice(root.length + 1)])).join(' '),
  );
};

const at = (document: Document, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (value as Document | undefined)?.[name], document);
