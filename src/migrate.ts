// The command `npm run migrate -- --from sqlite:<data folder> --to mongodb://…`, and the other way round: moves everything,
// histories included, and compares. Servers must be stopped. Run again, it goes on where it was broken off.

import { parseArgs } from 'node:util';
import { loadDefinitions } from './fhir/definitions/load.ts';
import { migrate, type MigrationProgress } from './jobs/migrate.ts';
import { readConfig } from './platform/config.ts';
import { createRegistry } from './registry.ts';
import { indexFingerprint } from './search/index-fingerprint.ts';
import { openStore } from './store/open.ts';
import type { MovableStore } from './store/port.ts';

const usage = `Usage: npm run migrate -- --from <store> --to <store>
A store is sqlite:<data folder>, mongodb://<server>/<database>, or mongodb (the one that MONGODB_URL names).
Stop all servers first.
`;

const config = readConfig(process.env);
const definitions = loadDefinitions();
const { stdout, stderr } = process;

const run = async (): Promise<number> => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  if (values.from === undefined || values.to === undefined) {
    stderr.write(usage);
    return 2;
  }
  const [source, target] = [values.from, values.to];
  const from = await open(source);
  try {
    const to = await open(target);
    try {
      return await move(from, to, source);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
};

const open = (name: string): Promise<MovableStore> => {
  const common = {
    searchSeconds: config.limits.searchSeconds,
    fingerprint: indexFingerprint(definitions),
    inform: (message: string) => void stdout.write(`${message}\n`),
  };
  const { dataDir } = config;
  if (name.startsWith('sqlite:'))
    return openStore({ ...common, dataDir: name.slice('sqlite:'.length) });
  const url = name === 'mongodb' ? config.mongo?.url : name;
  if (url === undefined || !/^mongodb(\+srv)?:\/\//.test(url))
    throw new Error(`'${withoutSecrets(name)}' names no store.\n${usage}`);
  return openStore({ ...common, dataDir, mongo: { waitSeconds: 30, ...config.mongo, url } });
};

const withoutSecrets = (name: string): string => name.replace(/\/\/[^@/]*@/, '//***@');

const move = async (from: MovableStore, to: MovableStore, source: string): Promise<number> => {
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stopped = true;
    });
  const registry = createRegistry(definitions, `${config.publicUrl}/fhir`);
  const name = withoutSecrets(source);
  const moved = await migrate({
    ...{ from, to, registry, name },
    report: show,
    isStopped: () => stopped,
  });
  if (stdout.isTTY) stdout.write('\n');
  if (!moved.isComplete) {
    stdout.write('Stopped; run it again to go on.\n');
    return 1;
  }
  for (const difference of moved.differences) stderr.write(`Not the same: ${difference}\n`);
  const counts = `${String(moved.resources)} resources with ${String(moved.versions)} versions, and ${String(moved.records)} records`;
  stdout.write(
    moved.differences.length === 0
      ? `Moved and compared ${counts}; SHA-256 of all versions: ${moved.digest}\n`
      : `Moved ${counts}, with ${String(moved.differences.length)} differences.\n`,
  );
  return moved.differences.length === 0 ? 0 : 1;
};

const width = 40;
const show = ({ step, done, total }: MigrationProgress): void => {
  if (!stdout.isTTY) return;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
  stdout.write(
    `\r${step.padEnd(10)} ${bar} ${(share * 100).toFixed(1).padStart(5)} %  ${String(done)} of ${String(total)} `,
  );
};

process.exitCode = await run().catch((error: unknown) => {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
