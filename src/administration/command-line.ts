// The command line: words to a command and back, and the page that says what there is.

import type { OutputParameter } from '../operations/parameters.ts';
import { commands } from './commands.ts';
import type { Asked } from './run-command.ts';

/** `create-user --username anna --role clinician`. Throws with the sentence to print. */
export const readWords = ([command = '', ...words]: readonly string[]): Omit<Asked, 'secret'> => {
  const parameters: [string, string][] = [];
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place]!;
    if (!word.startsWith('--'))
      throw new Error(`'${word}' stands alone; write parameters as --name value.`);
    const [name, given] = splitAt(word.slice(2), '=');
    // A word that is followed by no value is true: --network.
    const next = words[place + 1];
    const isFlag = given === undefined && (next === undefined || next.startsWith('--'));
    if (given === undefined && !isFlag) place += 1;
    parameters.push([name, given ?? (isFlag ? 'true' : next!)]);
  }
  return { command, parameters };
};

const splitAt = (text: string, mark: string): readonly [string, string?] => {
  const place = text.indexOf(mark);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
};

/** A line per value, `organization  Organization/1`; one value alone stands bare, for scripts. */
export const show = (outputs: readonly object[]): string => {
  const rows = (outputs as readonly OutputParameter[]).map(
    ({ name, ...rest }) => [name, String(Object.values(rest)[0])] as const,
  );
  if (rows.length === 1) return `${rows[0]![1]}\n`;
  return rows.map(([name, value]) => `${name.padEnd(16)}${value}\n`).join('');
};

export const usage = (): string =>
  [
    'npm run admin -- <command> --parameter value …',
    ...commands.flatMap(({ name, about, inputs }) => [
      '',
      `${name}: ${about}`,
      ...inputs.map(
        (input) => `  --${input.name.padEnd(16)}${input.required ? '(needed) ' : ''}${input.about}`,
      ),
    ]),
    '',
  ].join('\n');
