// The command `npm run admin -- <command> …`: asks the running server of this data folder, or opens the folder itself.

import { askServer } from './administration/ask-server.ts';
import { readWords, show, usage } from './administration/command-line.ts';
import type { Answered } from './administration/socket.ts';
import type { Asked } from './administration/run-command.ts';
import { Problem } from './fhir/problem.ts';
import { readConfig, type Config } from './platform/config.ts';
import { createLog } from './platform/log.ts';
import { InUse } from './store/port.ts';

const runAlone = async (config: Config, asked: Asked): Promise<Answered> => {
  // Most often a server runs, and then nothing of this is needed.
  const { compose } = await import('./compose.ts');
  const application = await compose(config, createLog('warn', 'stderr'));
  try {
    return { outputs: await application.administer(asked) };
  } catch (error) {
    if (error instanceof Problem) return { fault: error.message };
    throw error;
  } finally {
    await application.close();
  }
};

const run = async (words: readonly string[]): Promise<Answered> => {
  const config = readConfig(process.env);
  const asked = { ...readWords(words), secret: config.adminSecret };
  return (await askServer(config.dataDir, asked)) ?? (await runAlone(config, asked));
};

const reasonOf = (error: unknown): string => {
  if (error instanceof InUse)
    return `A server runs on '${error.dataDir}' and cannot be asked: run this as the user who started it.`;
  return error instanceof Error ? error.message : String(error);
};

const words = process.argv.slice(2);
if (words.length === 0 || words.includes('--help')) process.stdout.write(usage());
else {
  const { outputs = [], fault } = await run(words).catch((error: unknown): Answered => ({
    fault: reasonOf(error),
  }));
  if (fault === undefined) process.stdout.write(show(outputs));
  else process.stderr.write(`${fault}\n`);
  process.exitCode = fault === undefined ? 0 : 1;
}
