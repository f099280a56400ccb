// A whole server for a test: the real store in a temporary folder, on a free port.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, mount, type Application } from '../../src/compose.ts';
import { openGuard, type Guard } from '../../src/http/guard.ts';
import { listen } from '../../src/http/listen.ts';
import type { Context } from '../../src/interactions/types.ts';
import { readConfig, type Limits } from '../../src/platform/config.ts';
import { createLog, type Log } from '../../src/platform/log.ts';
import { useMongo } from './mongo.ts';

export type StoreName = 'sqlite' | 'mongo';

export interface ServerOptions {
  /** Limits other than the standard ones. */
  readonly limits?: Partial<Limits>;
  /** A folder to keep; without it one is made and removed. */
  readonly dataDir?: string;
  /** Answers by Express alone, without the quick way in front of it. */
  readonly express?: boolean;
  /** Variables of the environment besides. */
  readonly env?: Readonly<Record<string, string>>;
  /** Who may reach what; without it everyone may reach everything, and `standard` is what users meet. */
  readonly guard?: Guard | 'standard';
  /** The name in its addresses; passkeys belong to a name, never to a number. */
  readonly host?: 'localhost';
  /** Where it keeps everything; without it what STORE says. */
  readonly store?: StoreName;
  /** Takes what is logged. */
  readonly log?: Log;
}

export interface TestServer {
  /** Address of the FHIR base: `http://127.0.0.1:50123/fhir`. */
  readonly base: string;
  /** Address of the server without the base. */
  readonly url: string;
  readonly context: Context;
  readonly application: Application;
  close(): Promise<void>;
}

export const startServer = async (options: ServerOptions = {}): Promise<TestServer> => {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'meridian-test-')));
  const mongo = await databaseOf(options);
  const listening = await listen('127.0.0.1', 0);
  const url = `http://${options.host ?? '127.0.0.1'}:${String(listening.port)}`;
  const standard = readConfig({
    ...{ DATA_DIR: dataDir, DEMO: 'off', PUBLIC_URL: url, RATE_LIMIT: 'off' },
    // What is stored is what was sent; suites about health IDs set it on.
    ENROL_ON_CREATE: 'off',
    ...mongo.env,
    ...options.env,
  });
  const config = { ...standard, limits: { ...standard.limits, ...options.limits } };
  // A fault of ours fails the test that met it; its reason should not be lost.
  const log = options.log ?? createLog(process.env['LOG_LEVEL'] ?? 'error');
  const guard = options.guard ?? openGuard;
  const application = await compose(config, log, guard === 'standard' ? {} : { guard });
  listening.serve(options.express ? application.app : application.listener);
  return {
    ...{ url, application, context: application.context, base: `${url}${mount}` },
    close: async () => {
      application.announceStop();
      await listening.stop({ acceptMilliseconds: 0, graceSeconds: 1 });
      await application.close();
      await mongo.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** STORE=mongo runs the same suites over MongoDB, each server on a database of its own. */
const asked: StoreName = process.env['STORE'] === 'mongo' ? 'mongo' : 'sqlite';

const databaseOf = async ({ env = {}, store = asked }: ServerOptions) => {
  if (store !== 'mongo' || 'MONGODB_URL' in env) return { env: {}, close: () => Promise.resolve() };
  const server = await useMongo();
  const url = server.freshUrl();
  return {
    env: { MONGODB_URL: url },
    close: async () => {
      await server.drop(url);
      await server.release();
    },
  };
};

/** A suite of whole servers once for each store, which its title names. */
export const describeOnStores = (
  title: string,
  suite: (this: Mocha.Suite, store: StoreName) => void,
): void => {
  for (const store of ['sqlite', 'mongo'] as const)
    describe(`${title}, on ${store}`, function () {
      this.timeout(180_000);
      suite.call(this, store);
    });
};
