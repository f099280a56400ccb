// Start: takes the port, puts the parts together, and stops them in order when a signal comes.

import {
  demonstrationSignIns,
  hasDemonstration,
  loadDemonstration,
} from './administration/demonstration.ts';
import { rememberSecret } from './administration/secret.ts';
import { fits, openSocket, socketPath, type Socket } from './administration/socket.ts';
import { compose, mount, type Application, type Options } from './compose.ts';
import { listen } from './http/listen.ts';
import { publishNamingSystem } from './health-id/naming-system.ts';
import type { Context } from './interactions/types.ts';
import { readConfig, type Config } from './platform/config.ts';
import { createLog, type Log } from './platform/log.ts';
import { demonstrationWarning, productionFaults } from './platform/production.ts';
import { endRequests } from './sharing/end-requests.ts';
import type { Store } from './store/port.ts';
import { welcome } from './welcome.ts';

/** After a signal to stop. */
const stopTimes = { acceptMilliseconds: 250, graceSeconds: 30 };
/** How long an upload may wait for the resource that refers to it. */
const uploadMilliseconds = 24 * 3_600_000;
const sweepMilliseconds = 3_600_000;

/** Serves until a signal comes. A failure is logged and ends the process with 1. */
export const start = async (options: Options = {}): Promise<void> => {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  refuse(productionFaults(config));
  const warning = demonstrationWarning(config);
  if (warning !== undefined) log.warn(warning);
  await serve(config, log, options).catch(end(log, 'The server could not start.'));
};

const serve = async (asked: Config, log: Log, options: Options): Promise<void> => {
  const listening = await listen(asked.host, asked.port);
  // PORT=0 takes a free one.
  const publicUrl = asked.publicUrl.replace(/:0$/, `:${String(listening.port)}`);
  const config = { ...asked, publicUrl, port: listening.port };
  const application = await compose(config, log, options);
  const { store } = application.context;
  if (config.production) await prepareProduction(config, application);
  listening.serve(application.listener);
  const socket = await openAdministration(config.dataDir, application, log);
  endOverdueRequests(application.context, log);
  const tidied = Promise.all([fill(config, application, log), sweepUploads(store, log)]);
  // Whoever asks `readyz` may send a signal from now on.
  onSignal(log, async () => {
    application.announceStop();
    await Promise.all([listening.stop(stopTimes), socket?.close(), tidied]);
    await application.close();
  });
  await tidied;
  const isDemonstration = config.demo && (await hasDemonstration(store.records));
  process.stdout.write(welcome(config, isDemonstration ? await demonstrationSignIns() : []));
};

/** Says each reason on a line of its own, and ends. */
const refuse = (reasons: readonly string[]): void => {
  if (reasons.length === 0) return;
  process.stderr.write(`Meridian does not start in production like this:\n`);
  for (const reason of reasons) process.stderr.write(`- ${reason}\n`);
  process.exit(1);
};

const prepareProduction = async (config: Config, application: Application): Promise<void> => {
  const { records } = application.context.store;
  if (await hasDemonstration(records)) {
    await application.close();
    refuse([
      `DATA_DIR '${config.dataDir}' holds the accounts of the demonstration, whose passwords are public: use a new folder.`,
    ]);
  }
  await rememberSecret(records, config.adminSecret);
};

/** undefined where the folder's path is too long for a socket: the command line then needs the server stopped. */
const openAdministration = async (
  dataDir: string,
  { administer }: Application,
  log: Log,
): Promise<Socket | undefined> => {
  if (!fits(socketPath(dataDir))) {
    log.warn('the path of DATA_DIR is too long for npm run admin while the server runs');
    return undefined;
  }
  return openSocket(dataDir, administer, (error) => {
    log.error({ err: error }, 'fault in a command of an administrator');
  });
};

const fill = async (
  { demo, publicUrl, healthId }: Config,
  { context, administer }: Application,
  log: Log,
): Promise<void> => {
  const base = `${publicUrl}${mount}`;
  if (demo && (await loadDemonstration({ context, administer, base })))
    log.info('the demonstration was loaded into the empty store');
  await publishNamingSystem(healthId.system, context, base);
};

const sweepUploads = async (store: Store, log: Log): Promise<void> => {
  const sweep = async (): Promise<void> => {
    await store.bytes.sweep(new Date(Date.now() - uploadMilliseconds));
  };
  await sweep();
  const warn = (error: unknown): void => {
    log.warn({ err: error }, 'what was uploaded for nothing could not be removed');
  };
  setInterval(() => void sweep().catch(warn), sweepMilliseconds).unref();
};

const endOverdueRequests = (context: Context, log: Log): void => {
  const warn = (error: unknown): void => {
    log.warn({ err: error }, 'requests for access that are over could not be ended');
  };
  setInterval(() => void endRequests(context).catch(warn), sweepMilliseconds).unref();
};

const onSignal = (log: Log, stop: () => Promise<void>): void => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      stop().then(() => process.exit(0), end(log, 'The server could not stop properly.'));
    });
};

const end =
  (log: Log, message: string) =>
  (error: unknown): never => {
    log.fatal({ err: error }, message);
    process.exit(1);
  };
