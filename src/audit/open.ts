// Open: the audit of this process: its journal, the chains of processes before it, and what brings them into the store.

import { join } from 'node:path';
import { newId } from '../platform/ids.ts';
import type { Registry } from '../search/registry.ts';
import type { Store } from '../store/port.ts';
import { createSign, newSigningKey, type SigningKey } from './chain.ts';
import type { Disk } from './disk.ts';
import {
  findEnd,
  findLastEnd,
  journalFolder,
  listFiles,
  readHead,
  type JournalFile,
} from './files.ts';
import { startIngester, type Place } from './ingest.ts';
import { createJournal } from './journal.ts';
import { folderOf, recordKinds, type RecordedHead } from './recorded.ts';
import { reportRow, whoIn, type Report } from './report.ts';
import type { AccessRow, Who } from './row.ts';
import { createStoreRows } from './store-rows.ts';

export interface AuditOptions {
  readonly dataDir: string;
  readonly store: Store;
  readonly registry: Registry;
  /** Address of the FHIR base. */
  readonly base: string;
  readonly now: () => number;
  /** When a row is on the disk itself: within 100 ms, or before the answer. */
  readonly sync: 'batched' | 'strict';
  /** What goes wrong, in words for the operator. */
  readonly failed: (error: unknown, what: string) => void;
  readonly fileBytes?: number;
  readonly disk?: Disk;
}

export interface Audit {
  /** Resolves when the row is with the operating system: only then may the answer leave. */
  readonly record: (row: Omit<AccessRow, 'w'>, who?: Who) => Promise<void>;
  readonly report: Report;
  /** Whether rows can be written, as far as is known: without that nothing may be done. */
  readonly works: () => boolean;
  /** Waits until what was done before can be searched; `behind` when that would take long. */
  readonly settled: () => Promise<'complete' | 'behind'>;
  /** Rows that cannot be searched yet. */
  readonly backlog: () => number;
  readonly close: () => Promise<void>;
}

const largestFile = 64 * 1024 * 1024;

export const openAudit = async (options: AuditOptions): Promise<Audit> => {
  const { dataDir, store, registry, base, now, failed } = options;
  const folder = journalFolder(dataDir);
  const files = await listFiles(folder);
  const key = await keyIn(store);
  const previous = await findLastEnd(folder);
  const chain = nextChain(files.at(-1)?.chain);
  const place = (await store.records.get(recordKinds.place, folderOf(chain))) as Place | undefined;

  /** Ends are remembered one after the other, and the last one before the store may be closed. */
  let remembered = Promise.resolve();
  const remember = (head: RecordedHead): void => {
    remembered = remembered
      .then(() => store.records.put(recordKinds.head, chain, head))
      .catch((error: unknown) => {
        failed(error, 'the end of the audit could not be remembered');
      });
  };

  const journal = createJournal({
    ...{ folder, chain, key: key.public, now, sync: options.sync },
    ...(previous ? { previous } : {}),
    ...(options.disk ? { disk: options.disk } : {}),
    sign: createSign(key),
    fileBytes: options.fileBytes ?? largestFile,
    failed: (error) => {
      failed(
        error,
        error === undefined ? 'the audit is written again' : 'the audit cannot be written',
      );
    },
    signed: ({ n, h }) => {
      remember({ folder: folderOf(chain), chain, n, h });
    },
  });
  const ingester = startIngester({
    ...{ folder, chain, written: journal.written, older: await countOlder(folder, files, place) },
    storeRows: createStoreRows({
      ...{ resources: store.resources, registry, base, now },
      failed: (error) => {
        failed(error, 'a row of the audit could not be made into an AuditEvent');
      },
    }),
    readPlace: () => Promise.resolve(place),
    writePlace: (next) => store.records.put(recordKinds.place, folderOf(chain), next),
    failed: (error) => {
      failed(error, 'rows of the audit could not be brought into the store; it is tried again');
    },
  });

  return {
    record: journal.append,
    report: (event) => journal.append(reportRow(event), whoIn(event)),
    works: journal.works,
    settled: ingester.settled,
    backlog: ingester.backlog,
    close: async () => {
      await ingester.stop();
      await journal.close();
      await remembered;
    },
  };
};

/** Made once. */
const keyIn = async ({ records }: Store): Promise<SigningKey> => {
  const known = await records.get(recordKinds.key, 'audit');
  if (known === undefined) await records.add(recordKinds.key, 'audit', newSigningKey());
  return (known ?? (await records.get(recordKinds.key, 'audit'))) as SigningKey;
};

const nextChain = (last: string | undefined): string => {
  const number = last === undefined ? 1 : Number(last.slice(0, 6)) + 1;
  return `${String(number).padStart(6, '0')}-${last === undefined ? newId().slice(-8) : folderOf(last)}`;
};

/** Rows of the files that no ingestion has seen. */
const countOlder = async (
  folder: string,
  files: readonly JournalFile[],
  place: Place | undefined,
): Promise<number> => {
  const waiting = files.filter(({ name }) => place === undefined || name >= place.file);
  const ends = await Promise.all(
    waiting.map(async ({ chain, name }) => {
      const path = join(folder, name);
      const [end, head] = [await findEnd(path), await readHead(path)];
      const before = name === place?.file ? place.n : (head?.n ?? 0);
      return { chain, rows: Math.max(0, (end?.n ?? before) - before) };
    }),
  );
  return ends.reduce((sum, { rows }) => sum + rows, 0);
};
