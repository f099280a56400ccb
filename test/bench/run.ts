// The benchmark: `npm run bench -- [--quick] [--only read,create,guard] [--sizes 10000,100000] [--connections 32] [--seconds 5] [--store mongo]`.
// The server runs in its own process on a temporary folder, the load comes from another; the floors are of the same run.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startUnguarded } from '../support/child-server.ts';
import { useMongo } from '../support/mongo.ts';
import { hasShared, readShared } from '../support/shared.ts';
import { clientOf } from '../support/client.ts';
import { drive } from './drive.ts';
import { sqliteReadsPerSecond } from './floor.ts';
import { compareGuard } from './guarded.ts';
import type { Result } from './load.ts';
import { measures, type Measure } from './measures.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    sizes: { type: 'string' },
    connections: { type: 'string', default: '32' },
    seconds: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
  },
});
const seconds = Number(values.seconds ?? (values.quick ? 2 : 5));
const sizes = (values.sizes ?? (values.quick ? '10000' : '10000,100000')).split(',').map(Number);
const connections = Number(values.connections);
const restMilliseconds = values.quick ? 2_000 : 10_000;
const chosen = measures.filter(({ name }) => values.only?.split(',').includes(name) ?? true);

const bench = import.meta.dirname;

interface Floor {
  readonly port: number;
  readonly end: () => void;
}

const startFloor = async (): Promise<Floor> => {
  const child = spawn(process.execPath, [join(bench, 'floor.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(line.toString()), end: () => child.kill() };
};

type Drive = (seconds: number) => Promise<Result>;

/** How often the floor and a measure take turns. */
const turns = 5;

/**
 * The middle one of each. What else runs on the machine changes from second to second: only what is measured in turn, in
 * short slices, can be compared.
 */
const inTurn = async (floor: Drive, measure: Drive): Promise<readonly [Result, Result]> => {
  const found: [Result, Result][] = [];
  // Both compile what they do often during their first seconds of it, and a slice is short.
  await floor(warmSeconds);
  await measure(warmSeconds);
  for (let turn = 0; turn < turns; turn += 1)
    found.push([await floor(seconds / turns), await measure(seconds / turns)]);
  return [middle(found.map(([first]) => first)), middle(found.map(([, second]) => second))];
};

const warmSeconds = 3;

const middle = (results: readonly Result[]): Result => {
  const sorted = results.toSorted((a, b) => a.perSecond - b.perSecond);
  const faulty = sorted.find(({ faults }) => faults > 0);
  return faulty ?? sorted[Math.floor(sorted.length / 2)]!;
};

const grouped = (number: number): string =>
  number.toLocaleString('en', { maximumFractionDigits: 0 });
const ms = (number: number): string => number.toFixed(number < 10 ? 2 : 1);
const row = (cells: readonly string[]): void => {
  const [first = '', ...rest] = cells;
  console.log(`  ${first.padEnd(34)}${rest.map((cell) => cell.padStart(11)).join('')}`);
};

interface Measured {
  readonly measure: Measure;
  readonly result: Result;
  /** Of one processor, what the server's process used meanwhile; NaN where the system does not say. */
  readonly cpuShare: number;
}

const mongo = values.store === 'mongo' ? await useMongo() : undefined;

const runSize = async (
  resources: number,
  store: { readonly freshUrl: () => string } | undefined,
): Promise<readonly Measured[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'));
  const server = await startUnguarded(folder, {
    LOG_LEVEL: 'error',
    LIMIT_ENTRIES: '20000',
    // All load comes from one address.
    RATE_LIMIT: 'off',
    ...(store === undefined ? {} : { MONGODB_URL: store.freshUrl() }),
  });
  const floor = await startFloor();
  const at = { port: Number(new URL(server.url).port), base: '/fhir', resources };
  const found: Measured[] = [];
  try {
    console.log(`\n${grouped(resources)} resources (started in ${ms(server.startedInMs)} ms)`);
    row(['', 'ops/s', 'p50 ms', 'p99 ms', 'x Express', 'RssAnon MB']);
    const filled = await drive({ kind: 'fill', ...at, connections: 4 });
    row([
      'load by transactions, resources/s',
      grouped(filled.perSecond),
      ms(filled.p50),
      ms(filled.p99),
      '',
      ms(await server.anonymousMegabytes()),
      filled.faults > 0 ? `${String(filled.faults)} FAULTS` : '',
    ]);
    if (filled.faults > 0) throw new Error(`The population did not load: ${server.log()}`);
    // What is measured is the server at work, not its tidying up after a load that filled it within seconds.
    await setTimeout(restMilliseconds);
    const express: Drive = (time) =>
      drive({
        ...at,
        kind: 'load',
        port: floor.port,
        base: '',
        measure: { path: '/document' },
        connections,
        seconds: time,
      });
    for (const measure of chosen) {
      const own: Drive = (time) =>
        drive({
          kind: 'load',
          ...at,
          measure: measure.name,
          connections: measure.batch === undefined ? connections : 4,
          seconds: time,
        });
      const began = { at: performance.now(), cpu: await server.cpuSeconds() };
      // Only what reads one resource is like the floor.
      const [bare, result] =
        measure.name === 'read' ? await inTurn(express, own) : [undefined, await own(seconds)];
      const cpuSeconds = (await server.cpuSeconds()) - began.cpu;
      // The floor has its turns, too.
      const share = bare === undefined ? 1 : 2;
      const cpuShare = (cpuSeconds * 1000 * share) / (performance.now() - began.at);
      found.push({ measure, result, cpuShare });
      if (bare !== undefined)
        row(['bare Express, 2 KB (floor)', grouped(bare.perSecond), ms(bare.p50), ms(bare.p99)]);
      row([
        measure.title,
        grouped(result.perSecond),
        ms(result.p50),
        ms(result.p99),
        bare === undefined ? '' : (result.perSecond / bare.perSecond).toFixed(2),
        ms(await server.anonymousMegabytes()),
        result.fault === undefined ? '' : ` ${String(result.faults)} x ${result.fault}`,
      ]);
    }
    if (chosen.some(({ name }) => name === 'transaction')) await synthea(server.base);
  } finally {
    floor.end();
    await server.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
  return found;
};

/** Real records, one after the other: the Synthea bundles beside the project. */
const synthea = async (base: string): Promise<void> => {
  if (!hasShared) {
    console.log('  Synthea upload skipped: the shared data is not beside the project.');
    return;
  }
  const files = (
    JSON.parse(readShared('synthea', 'expected.json.gz')) as { file: string; entries: number }[]
  ).slice(0, values.quick ? 10 : 30);
  const texts = files.map(({ file }) => readShared('synthea', file));
  const client = clientOf(base);
  const began = performance.now();
  for (const text of texts) {
    const answer = await client.post('', text);
    if (answer.status !== 200)
      throw new Error(`Synthea: ${String(answer.status)} ${answer.text.slice(0, 200)}`);
  }
  const perSecond =
    files.reduce((sum, { entries }) => sum + entries, 0) / ((performance.now() - began) / 1000);
  client.close();
  row(['Synthea upload, one by one, res/s', grouped(perSecond)]);
};

console.log(
  `Node ${process.versions.node}, ${String(cpus().length)} x ${cpus()[0]?.model ?? 'processor'}; the server and the load share them; ${String(connections)} connections, ${String(seconds)} s a row`,
);
if (mongo?.kind === 'stand-in')
  console.log(
    'Store: the stand-in for MongoDB of the tests, which is slow and keeps nothing: these figures say what Meridian adds, and nothing of MongoDB.',
  );
else console.log(`Store: ${mongo === undefined ? 'SQLite' : 'MongoDB'}`);
const sqlite = sqliteReadsPerSecond(1);
row(['floor', 'ops/s', 'p50 ms']);
row(['bare SQLite read, 2 KB, in process', grouped(sqlite), ms(1000 / sqlite)]);

const runs = new Map<number, readonly Measured[]>();
for (const size of chosen.length > 0 ? sizes : []) runs.set(size, await runSize(size, mongo));

const [small, large] = [runs.get(Math.min(...sizes)), runs.get(Math.max(...sizes))];
if (small && large && small !== large) {
  console.log('\nCost at the larger size, as a multiple of the smaller');
  for (const [place, { measure, result }] of small.entries())
    row([measure.title, (result.perSecond / large[place]!.result.perSecond).toFixed(2)]);
}

/** Both engines, measure by measure, at the smaller size; and what the one on MongoDB has its time from. */
const compareEngines = async (measured: readonly Measured[]): Promise<void> => {
  console.log('\nFor comparison, SQLite:');
  const embedded = await runSize(Math.min(...sizes), undefined);
  console.log('\nMongoDB beside SQLite, and what bounds each');
  row(['', 'MongoDB/s', 'SQLite/s', 'ratio', 'MongoDB by', 'SQLite by']);
  for (const [place, { measure, result, cpuShare }] of measured.entries()) {
    const other = embedded[place]!;
    row([
      ...[measure.title, grouped(result.perSecond), grouped(other.result.perSecond)],
      (result.perSecond / other.result.perSecond).toFixed(3),
      ...[boundBy(cpuShare), boundBy(other.cpuShare)],
    ]);
  }
};

/** Most of one processor: what the server itself does. Less: it waits for the store, its disk, or its turn on the machine. */
const boundBy = (cpuShare: number): string =>
  Number.isNaN(cpuShare) ? 'unknown' : `${cpuShare > 0.8 ? 'CPU' : 'waits'} ${cpuShare.toFixed(2)}`;

if (mongo !== undefined && small) await compareEngines(small);

if (mongo === undefined && (values.only?.split(',').includes('guard') ?? true)) {
  const resources = Math.min(...sizes);
  console.log(`\nWhat the guard costs, at ${grouped(resources)} resources`);
  row(['', 'ops/s', 'x no guard', 'µs CPU', 'x no guard']);
  for (const { title, perSecond, ratio, cpu, cpuRatio, fault } of await compareGuard({
    ...{ resources, connections, seconds },
  }))
    row([
      ...[title, grouped(perSecond), ratio.toFixed(2)],
      ...[grouped(cpu), cpuRatio.toFixed(2), fault ?? ''],
    ]);
}
await mongo?.release();
