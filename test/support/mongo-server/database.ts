// database: the state of the stand-in: collections, sessions with their transactions, cursors.

import { Collection, type Shared, type Transaction } from './collection.ts';
import { Fault, noSuchTransaction } from './fault.ts';
import type { Document } from './wire.ts';

interface Session {
  number: number;
  transaction: Transaction | undefined;
  state: 'none' | 'open' | 'committed' | 'aborted';
  /** What a retryable write was answered, for when it is sent again. */
  answered: Document | undefined;
}

export interface Database {
  /** undefined when there is none of the name, unless it is to be made. */
  collection(name: string, missing: 'make'): Collection;
  collection(name: string, missing: 'leave'): Collection | undefined;
  readonly collections: ReadonlyMap<string, Collection>;
  drop(prefix: string): void;
  session(command: Document): Session | undefined;
  /** The transaction a command runs in; begins it when the command says so. */
  enter(command: Document): Transaction | undefined;
  commit(command: Document): void;
  abort(command: Document): void;
  /** Waits until the transaction is over. */
  over(transaction: Transaction): Promise<void>;
  readonly cursors: Map<bigint, Document[]>;
  nextCursor(): bigint;
  readonly moment: () => number;
}

export const createDatabase = (): Database => {
  const collections = new Map<string, Collection>();
  const sessions = new Map<string, Session>();
  const open = new Set<Transaction>();
  const waiting = new Map<Transaction, (() => void)[]>();
  const shared: Shared = {
    moment: 1,
    locks: new Map(),
    oldest: () => Math.min(shared.moment, ...[...open].map(({ moment }) => moment)),
  };
  let cursor = 1n;

  const end = (transaction: Transaction): void => {
    for (const lock of transaction.locks) shared.locks.delete(lock);
    open.delete(transaction);
    for (const wake of waiting.get(transaction) ?? []) wake();
    waiting.delete(transaction);
  };
  const abort = (session: Session): void => {
    if (session.transaction) end(session.transaction);
    session.transaction = undefined;
    session.state = 'aborted';
  };

  const session = (command: Document): Session | undefined => {
    const id = (command['lsid'] as { id?: { toString(encoding: string): string } } | undefined)?.id;
    if (id === undefined) return undefined;
    const name = id.toString('hex');
    const known = sessions.get(name) ?? {
      number: -1,
      transaction: undefined,
      state: 'none',
      answered: undefined,
    };
    sessions.set(name, known);
    const number = command['txnNumber'] === undefined ? undefined : Number(command['txnNumber']);
    if (number !== undefined && number > known.number) {
      if (known.transaction) abort(known);
      Object.assign(known, { number, state: 'none', answered: undefined });
    }
    return known;
  };

  const find = (name: string, missing: 'make' | 'leave'): Collection | undefined => {
    const known = collections.get(name);
    if (known !== undefined || missing === 'leave') return known;
    const made = new Collection(name, shared);
    collections.set(name, made);
    return made;
  };

  return {
    collections,
    cursors: new Map(),
    collection: find as Database['collection'],
    drop: (prefix) => {
      for (const name of collections.keys()) if (name.startsWith(prefix)) collections.delete(name);
    },
    session,
    enter: (command) => {
      if (command['autocommit'] !== false) return undefined;
      const own = session(command);
      if (own === undefined)
        throw new Fault(72, 'InvalidOptions', 'A transaction needs a session.');
      if (command['startTransaction'] === true) {
        if (own.state !== 'none')
          throw new Fault(256, 'ConflictingOperationInProgress', 'The transaction has begun.');
        own.transaction = { moment: shared.moment, written: new Map(), locks: new Set() };
        own.state = 'open';
        open.add(own.transaction);
      }
      refuseConcerns(command);
      if (own.state !== 'open' || own.transaction === undefined) throw noSuchTransaction();
      return own.transaction;
    },
    commit: (command) => {
      const own = session(command);
      if (own?.state === 'committed') return;
      if (own?.state !== 'open' || own.transaction === undefined) throw noSuchTransaction();
      shared.moment += 1;
      for (const [collection, documents] of own.transaction.written)
        for (const [key, document] of documents) collection.commit(key, document, shared.moment);
      end(own.transaction);
      own.transaction = undefined;
      own.state = 'committed';
    },
    abort: (command) => {
      const own = session(command);
      if (own?.state !== 'open') throw noSuchTransaction();
      abort(own);
    },
    over: (transaction) =>
      open.has(transaction)
        ? new Promise((resolve) => {
            waiting.set(transaction, [...(waiting.get(transaction) ?? []), resolve]);
          })
        : Promise.resolve(),
    nextCursor: () => (cursor += 1n),
    moment: () => shared.moment,
  };
};

/** As a server does: concerns are said where a transaction begins and where it ends, and nowhere in between. */
const refuseConcerns = (command: Document): void => {
  const isFirst = command['startTransaction'] === true;
  if ('readConcern' in command && !isFirst)
    throw new Fault(72, 'InvalidOptions', 'Only the first command may specify a readConcern.');
  const { level } = (command['readConcern'] ?? {}) as { readonly level?: string };
  if (isFirst && level !== 'snapshot')
    throw new Fault(
      72,
      'InvalidOptions',
      `The stand-in is asked for snapshots only, not ${String(level)}.`,
    );
  if ('writeConcern' in command)
    throw new Fault(72, 'InvalidOptions', 'writeConcern is not allowed within a transaction.');
};
