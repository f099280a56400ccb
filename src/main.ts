// Main: starts the server and stops it. The compile cache comes before every other module, so that a warm start is quick.

import { enableCompileCache } from 'node:module';
import type { Context } from './interactions/types.ts';

enableCompileCache();

const { unrestricted } = await import('./access/permit.ts');
const { compose, mount } = await import('./compose.ts');
const { listen } = await import('./http/listen.ts');
const { loadDemonstration } = await import('./interactions/load-demonstration.ts');
const { readConfig } = await import('./platform/config.ts');
const { createLog } = await import('./platform/log.ts');

/** After a signal to stop. */
const stopTimes = { acceptMilliseconds: 250, graceSeconds: 30 };
/** How long an upload may wait for the resource that refers to it. */
const uploadMilliseconds = 24 * 3_600_000;
const sweepMilliseconds = 3_600_000;

const asked = readConfig(process.env);
const log = createLog(asked.logLevel);

const start = async (): Promise<void> => {
  const listening = await listen(asked.host, asked.port);
  // PORT=0 takes a free one.
  const publicUrl = asked.publicUrl.replace(/:0$/, `:${String(listening.port)}`);
  const application = await compose({ ...asked, publicUrl, port: listening.port }, log);
  const { context } = application;
  listening.serve(application.listener);
  const tidied = tidyUp(context, publicUrl);
  // Whoever asks `readyz` may send a signal from now on.
  onSignal(async () => {
    application.announceStop();
    await listening.stop(stopTimes);
    await tidied;
    await application.close();
  });
  await tidied;
  process.stdout.write(addresses(publicUrl));
};

const tidyUp = async (context: Context, publicUrl: string): Promise<void> => {
  if (asked.demo) await loadDemonstration(context, `${publicUrl}${mount}`, unrestricted, log);
  const sweep = async (): Promise<void> => {
    await context.store.bytes.sweep(new Date(Date.now() - uploadMilliseconds));
  };
  await sweep();
  const warn = (error: unknown): void => {
    log.warn({ err: error }, 'what was uploaded for nothing could not be removed');
  };
  setInterval(() => void sweep().catch(warn), sweepMilliseconds).unref();
};

const onSignal = (stop: () => Promise<void>): void => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      stop().then(() => process.exit(0), end('The server could not stop properly.'));
    });
};

const end =
  (message: string) =>
  (error: unknown): never => {
    log.fatal({ err: error }, message);
    process.exit(1);
  };

const addresses = (publicUrl: string): string => {
  const rows = [
    ['FHIR R4', `${publicUrl}${mount}`],
    ['Capabilities', `${publicUrl}${mount}/metadata`],
    ['Health', `${publicUrl}/healthz  ${publicUrl}/readyz`],
    ['Metrics', `${publicUrl}/metrics`],
    ['Data', asked.dataDir],
  ];
  const lines = rows.map(([name = '', address = '']) => `  ${name.padEnd(14)}${address}`);
  return `\nMeridian is ready.\n\n${lines.join('\n')}\n\n`;
};

await start().catch(end('The server could not start.'));
