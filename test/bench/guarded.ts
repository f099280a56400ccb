// What the guard costs: the same reads with a token and without a guard, on copies of one folder, in turns.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild, startUnguarded, type ChildServer } from '../support/child-server.ts';
import { drive } from './drive.ts';
import { measures } from './measures.ts';

export interface Asked {
  readonly resources: number;
  readonly connections: number;
  readonly seconds: number;
}

export interface Compared {
  readonly title: string;
  /** Requests a second: the middle of the rounds. */
  readonly perSecond: number;
  /** Of what the same request makes without a guard. */
  readonly ratio: number;
  /** Microseconds of processor a request takes in the server: true on a busy machine, too. */
  readonly cpu: number;
  readonly cpuRatio: number;
  readonly fault?: string | undefined;
}

/** Turns, so that both meet the same minutes of the machine. */
const rounds = 5;
const compared = ['read', 'patient-code-date', 'name'];
const day = 86_400;

/** Limits as in use, but so high that only their cost is left. */
const env = {
  LOG_LEVEL: 'error',
  LIMIT_ENTRIES: '20000',
  RATE_LIMIT_CLIENT: '1000000000',
  RATE_LIMIT_ADDRESS: '1000000000',
};

export const compareGuard = async (asked: Asked): Promise<readonly Compared[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'));
  const [own, copy] = [join(folder, 'guarded'), join(folder, 'unguarded')];
  try {
    const tokens = await fill(own, asked);
    await cp(own, copy, { recursive: true });
    const [guarded, open] = await Promise.all([startChild(own, env), startUnguarded(copy, env)]);
    try {
      return await takeTurns({ guarded, open, tokens }, asked);
    } finally {
      await Promise.all([guarded.end('SIGTERM'), open.end('SIGTERM')]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

type Tokens = Readonly<Record<'clinician' | 'network', string>>;

/** The population as one hospital wrote it, so that the hospital's clinician sees it. */
const fill = async (dataDir: string, { resources }: Asked): Promise<Tokens> => {
  const server = await startChild(dataDir, env);
  const admin = async (...words: readonly string[]): Promise<string> => {
    const options = { env: { ...process.env, DATA_DIR: dataDir } };
    const root = join(import.meta.dirname, '../..');
    const command = [join(root, 'src/admin.ts'), ...words];
    return (await promisify(execFile)(process.execPath, command, options)).stdout.trim();
  };
  const token = (...words: readonly string[]): Promise<string> =>
    admin('create-token', '--seconds', String(day), ...words);
  try {
    const organization = await admin('create-organization', '--name', 'Bench');
    const practitioner = await admin('create-practitioner', '--family', 'Bench');
    const acting = ['--organization', organization];
    const filled = await drive({
      ...{ kind: 'fill', resources, connections: 4, ...portOf(server) },
      token: await token('--scope', 'system/*.cruds', ...acting),
    });
    if (filled.faults > 0) throw new Error(`The population did not load: ${server.log()}`);
    return {
      clinician: await token('--scope', 'user/*.rs', '--user', practitioner, ...acting),
      network: await token('--scope', 'system/*.rs'),
    };
  } finally {
    await server.end('SIGTERM');
  }
};

interface Sides {
  readonly guarded: ChildServer;
  readonly open: ChildServer;
  readonly tokens: Tokens;
}

const takeTurns = async ({ guarded, open, tokens }: Sides, asked: Asked) => {
  const found: Compared[] = [];
  for (const measure of compared) {
    const job = { kind: 'load', measure, ...asked } as const;
    const sides = [
      { name: '', server: open, token: undefined },
      { name: "with a clinician's token", server: guarded, token: tokens.clinician },
      { name: "with a network system's token", server: guarded, token: tokens.network },
    ].map((side) => ({
      ...side,
      rates: [] as number[],
      costs: [] as number[],
      fault: undefined as string | undefined,
    }));
    for (let round = 0; round < rounds; round += 1)
      for (const side of sides) {
        // What a server still does after its turn, such as bringing its audit into the store, is its own to pay.
        const other = side.server === open ? guarded : open;
        process.kill(other.pid, 'SIGSTOP');
        const before = await side.server.cpuSeconds();
        const result = await drive({
          ...{ ...job, ...portOf(side.server) },
          ...(side.token === undefined ? {} : { token: side.token }),
        }).finally(() => process.kill(other.pid, 'SIGCONT'));
        side.rates.push(result.perSecond);
        side.costs.push((((await side.server.cpuSeconds()) - before) * 1e6) / result.requests);
        side.fault ??= result.fault;
      }
    const title = measures.find(({ name }) => name === measure)!.title;
    const [rate, cost] = [middle(sides[0]!.rates), middle(sides[0]!.costs)];
    for (const { name, rates, costs, fault } of sides)
      found.push({
        title: name === '' ? `${title}, no guard` : `  ${name}`,
        ...{ perSecond: middle(rates), ratio: middle(rates) / rate },
        ...{ cpu: middle(costs), cpuRatio: cost / middle(costs), fault },
      });
  }
  return found;
};

const portOf = ({ url }: ChildServer) => ({ port: Number(new URL(url).port), base: '/fhir' });

const middle = (rates: readonly number[]): number =>
  rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)]!;
