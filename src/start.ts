// Start: takes the port, puts the parts together, and stops them in order when a signal comes.

import { unrestricted } from './access/permit.ts';
import { fits, openSocket, socketPath, type Socket } from './administration/socket.ts';
import { compose, mount, type Application, type Options } from './compose.ts';
import { listen } from './http/listen.ts';
import { loadDemonstration } from './interactions/load-demonstration.ts';
import type { Context } from './interactions/types.ts';
import { readConfig, type Config } from './platform/config.ts';
import { createLog, type Log } from './platform/log.ts';

/** After a signal to stop. */
const stopTimes = { acceptMilliseconds: 250, graceSeconds: 30 };
/** How long an upload may wait for the resource that refers to it. */
const uploadMilliseconds = 24 * 3_600_000;
const sweepMilliseconds = 3_600_000;

/** Serves until a signal comes. A failure is logged and ends the process with 1. */
export const start = async (options: Options = {}): Promise<void> => {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  await serve(config, log, options).catch(end(log, 'The server could not start.'));
};

const serve = async (asked: Config, log: Log, options: Options): Promise<void> => {
  const listening = await listen(asked.host, asked.port);
  // PORT=0 takes a free one.
  const publicUrl = asked.publicUrl.replace(/:0$/, `:${String(listening.port)}`);
  const config = { ...asked, publicUrl, port: listening.port };
  const application = await compose(config, log, options);
  listening.serve(application.listener);
  const socket = await openAdministration(config.dataDir, application, log);
  const tidied = tidyUp(application.context, config, log);
  // Whoever asks `readyz` may send a signal from now on.
  onSignal(log, async () => {
    application.announceStop();
    await Promise.all([listening.stop(stopTimes), socket?.close(), tidied]);
    await application.close();
  });
  await tidied;
  process.stdout.write(addresses(config));
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

const tidyUp = async (context: Context, config: Config, log: Log): Promise<void> => {
  if (config.demo)
    await loadDemonstration(context, `${config.publicUrl}${mount}`, unrestricted, log);
  const sweep = async (): Promise<void> => {
    await context.store.bytes.sweep(new Date(Date.now() - uploadMilliseconds));
  };
  await sweep();
  const warn = (error: unknown): void => {
    log.warn({ err: error }, 'what was uploaded for nothing could not be removed');
  };
  setInterval(() => void sweep().catch(warn), sweepMilliseconds).unref();
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

const addresses = ({ publicUrl, dataDir, mongo }: Config): string => {
  const rows = [
    ['FHIR R4', `${publicUrl}${mount}`],
    ['Capabilities', `${publicUrl}${mount}/metadata`],
    ['Health', `${publicUrl}/healthz  ${publicUrl}/readyz`],
    ['Metrics', `${publicUrl}/metrics`],
    ['Data', mongo === undefined ? dataDir : 'MongoDB'],
  ];
  const lines = rows.map(([name = '', address = '']) => `  ${name.padEnd(14)}${address}`);
  return `\nMeridian is ready.\n\n${lines.join('\n')}\n\n`;
};
