// Run: the words of a call to its command, and whatever goes wrong to one line and an exit code.

import type { Command, Surroundings } from './command.ts';
import { overview, pages } from './help.ts';
import { Refused } from './outcome.ts';
import { Unreachable } from './server.ts';
import { NoAccess } from './token.ts';
import { upload } from './upload.ts';
import { version } from './version.ts';
import { whoami } from './whoami.ts';
import { Misuse, readWords } from './words.ts';

const commands: Readonly<Record<string, Command>> = { upload, whoami };

/** The exit code. What is wrong is said on the screen, never with a stack or a secret. */
export const run = async (
  given: readonly string[],
  surroundings: Surroundings,
): Promise<number> => {
  try {
    return await start(given, surroundings);
  } catch (error) {
    if (surroundings.signal.aborted) {
      surroundings.screen.write('Stopped. The same command goes on where this one ended.\n');
      return 130;
    }
    if (error instanceof Misuse) {
      surroundings.screen.write(`${error.message}\nmeridian --help says how.\n`);
      return 2;
    }
    if (!isExpected(error)) throw error;
    surroundings.screen.write(`${error.message}\n`);
    return 1;
  }
};

const start = async (given: readonly string[], surroundings: Surroundings): Promise<number> => {
  const words = readWords(given);
  const { command, isSet } = words;
  const { print } = surroundings;
  const wanted = isSet('version') ? `${await version()}\n` : helpFor(command, isSet('help'));
  if (wanted !== undefined) {
    print(wanted);
    return 0;
  }
  if (!Object.hasOwn(commands, command)) throw new Misuse(`There is no command '${command}'.`);
  return commands[command]!(words, surroundings);
};

const helpFor = (command: string, isAsked: boolean): string | undefined => {
  if (command === '') return overview;
  if (!isAsked) return undefined;
  return Object.hasOwn(pages, command) ? pages[command] : overview;
};

const isExpected = (error: unknown): error is Error =>
  error instanceof Refused || error instanceof Unreachable || error instanceof NoAccess;
