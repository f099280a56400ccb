// The command `npm run reindex`: takes all index values anew after the definitions have changed. A server over the embedded
// store must be stopped; beside servers over MongoDB it may run.

import { loadDefinitions } from './fhir/definitions/load.ts';
import { reindex, type Progress } from './jobs/reindex.ts';
import { readConfig } from './platform/config.ts';
import { createRegistry } from './registry.ts';
import { indexFingerprint } from './search/index-fingerprint.ts';
import { openStore } from './store/open.ts';
import { InUse } from './store/port.ts';

/** Two processes on one folder would write over each other's index values, so the folder is locked. */
const reasonOf = (error: unknown): string => {
  if (error instanceof InUse)
    return `The data folder '${error.dataDir}' is in use by a running Meridian server or another reindex, and a reindex needs it for itself. Stop the server, run npm run reindex again, then start the server.`;
  return error instanceof Error ? error.message : String(error);
};

const config = readConfig(process.env);
const definitions = loadDefinitions();
const fingerprint = indexFingerprint(definitions);
const store = await openStore({
  ...{ dataDir: config.dataDir, mongo: config.mongo, fingerprint },
  searchSeconds: config.limits.searchSeconds,
}).catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
});

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopped = true;
  });

const started = performance.now();
const { stdout } = process;

const show = ({ done, total }: Progress): void => {
  if (!stdout.isTTY) return;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const width = 40;
  const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(done / Math.max(seconds, 0.001));
  stdout.write(
    `\r${bar} ${(share * 100).toFixed(1).padStart(5)} %  ${String(done)} of ${String(total)}  ${String(rate)}/s `,
  );
};

const registry = createRegistry(definitions, `${config.publicUrl}/fhir`);
const progress = await reindex({
  ...{ store, registry, fingerprint, report: show, isStopped: () => stopped },
});
await store.close();

if (stdout.isTTY) stdout.write('\n');
for (const fault of progress.faults) process.stderr.write(`Not indexed: ${fault}\n`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
stdout.write(
  progress.isComplete
    ? `Reindexed ${String(progress.done)} resources in ${seconds} s; ${String(progress.faults.length)} could not be indexed.\n`
    : `Stopped after ${String(progress.done)} of ${String(progress.total)} resources; run it again to go on.\n`,
);
process.exitCode = progress.isComplete && progress.faults.length === 0 ? 0 : 1;
