#!/usr/bin/env node
// The program `meridian`, as its users run it: compiled to plain JavaScript in the package (`prepack`), on Node 20 or newer.

import { run } from './run.ts';

const stopping = new AbortController();
// The second time it ends at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopping.abort();
  });

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  print: (text) => process.stdout.write(text),
  screen: process.stderr,
  signal: stopping.signal,
});
