// A reader thread: searches that would keep the main thread from everything else.

import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './connection.ts';
import { createReader, type Effort } from './reader.ts';
import type { Reading, ReaderOptions } from './readers.ts';

const options = workerData as ReaderOptions;
const port = parentPort!;
const reader = createReader(openConnection(options.path, 'read', 8));

const run = ({ method, parameters, milliseconds }: Reading): unknown => {
  const effort: Effort = { cost: Infinity, until: performance.now() + milliseconds };
  switch (method) {
    case 'search':
      return reader.search(...parameters, effort);
    case 'count':
      return reader.count(...parameters, effort);
    case 'versions':
      return reader.versions(...parameters, effort);
    case 'countVersions':
      return reader.countVersions(...parameters, effort);
  }
};

port.on('message', (reading: Reading) => {
  try {
    port.postMessage({ result: run(reading) });
  } catch (error) {
    port.postMessage({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
