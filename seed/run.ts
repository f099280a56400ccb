// The command `npm run seed -- --patients 200`: made-up patients, into the running server of this data folder or into the
// folder itself. Broken off, it goes on where it was when it is run again; what is there is not written twice.

import { parseArgs } from 'node:util';
import { askServer } from '../src/administration/ask-server.ts';
import type { Asked } from '../src/administration/run-command.ts';
import type { Answered } from '../src/administration/socket.ts';
import { Problem } from '../src/fhir/problem.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import { InUse } from '../src/store/port.ts';
import { createProgress } from './progress.ts';

const usage = `Usage: npm run seed -- [--patients 200] [--seed <word>]
Made-up hospitals and patients; the same word, the same people. A data folder keeps the word it was begun with.
`;

/** Asked for at a time: a server that runs serves others in between. */
const atOnce = 10;

type Ask = (asked: Asked) => Promise<Answered>;

const config = readConfig(process.env);
const { stdout, stderr } = process;

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopped = true;
  });

const run = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { patients: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  const patients = Number(values.patients ?? '200');
  if (values.help === true || !Number.isInteger(patients) || patients < 1) {
    stderr.write(usage);
    return values.help === true ? 0 : 2;
  }
  const { ask, close } = await reach();
  try {
    return await seedAll(patients, values.seed, ask);
  } finally {
    await close();
  }
};

/** The server that runs on the folder, or else the folder itself. */
const reach = async (): Promise<{ readonly ask: Ask; readonly close: () => Promise<void> }> => {
  const { dataDir } = config;
  // A command that is not known is answered at once, and tells that somebody is there.
  if (await askServer(dataDir, { command: '', parameters: [] })) {
    const ask: Ask = async (asked) =>
      (await askServer(dataDir, asked)) ?? { fault: 'The server has stopped; run this again.' };
    return { ask, close: () => Promise.resolve() };
  }
  const { compose } = await import('../src/compose.ts');
  const application = await compose(config, createLog('warn', 'stderr'));
  const ask: Ask = (asked) =>
    application.administer(asked).then(
      (outputs) => ({ outputs }),
      (error: unknown) => {
        if (error instanceof Problem) return { fault: error.message };
        throw error;
      },
    );
  return { ask, close: () => application.close() };
};

const seedAll = async (of: number, seed: string | undefined, ask: Ask): Promise<number> => {
  const show = createProgress(stdout);
  let written = 0;
  for (let from = 1; from <= of; from += atOnce) {
    if (stopped) return say('\nStopped; run it again to go on.\n', 1);
    const to = Math.min(of, from + atOnce - 1);
    const { outputs = [], fault } = await ask(askedFor(from, to, seed));
    if (fault !== undefined) return say(`\n${fault}\n`, 1);
    const [output] = outputs as readonly { readonly valueUnsignedInt?: number }[];
    written += output?.valueUnsignedInt ?? 0;
    show({ patients: to, of, written });
  }
  return say(stdout.isTTY ? '\n' : '', 0);
};

const say = (text: string, code: number): number => {
  (code === 0 ? stdout : stderr).write(text);
  return code;
};

const askedFor = (from: number, to: number, seed: string | undefined): Asked => ({
  command: 'seed',
  parameters: [
    ['from', String(from)],
    ['to', String(to)],
    ...(seed === undefined ? [] : [['seed', seed] as const]),
  ],
  secret: config.adminSecret,
});

process.exitCode = await run().catch((error: unknown) => {
  const text =
    error instanceof InUse
      ? `A server runs on '${error.dataDir}' and cannot be asked: run this as the user who started it.`
      : error instanceof Error
        ? error.message
        : String(error);
  return say(`${text}\n`, 1);
});
