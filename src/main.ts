// Main: starts the server and stops it. The compile cache comes before every other module, so that a warm start is quick.

import { enableCompileCache } from 'node:module';

enableCompileCache();

const { compose, mount } = await import('./compose.ts');
const { listen } = await import('./http/listen.ts');
const { readConfig } = await import('./platform/config.ts');
const { createLog } = await import('./platform/log.ts');
const { loadDemonstration } = await import('./interactions/load-demonstration.ts');

const graceSeconds = 30;
const asked = readConfig(process.env);
const log = createLog(asked.logLevel);

const listening = await listen(asked.host, asked.port);
// PORT=0 takes a free one.
const publicUrl = asked.publicUrl.replace(/:0$/, `:${String(listening.port)}`);
const config = { ...asked, publicUrl, port: listening.port };
const application = await compose(config, log);
listening.serve(application.listener);
if (config.demo) await loadDemonstration(application.context, `${publicUrl}${mount}`, log);
process.stdout.write(addresses());

const stop = async (): Promise<void> => {
  application.announceStop();
  await listening.stop(graceSeconds);
  await application.close();
};

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'could not stop properly');
        process.exit(1);
      },
    );
  });

function addresses(): string {
  const rows = [
    ['FHIR R4', `${publicUrl}${mount}`],
    ['Capabilities', `${publicUrl}${mount}/metadata`],
    ['Health', `${publicUrl}/healthz  ${publicUrl}/readyz`],
    ['Metrics', `${publicUrl}/metrics`],
    ['Data', config.dataDir],
  ];
  const lines = rows.map(([name = '', address = '']) => `  ${name.padEnd(14)}${address}`);
  return `\nMeridian is ready.\n\n${lines.join('\n')}\n\n`;
}
