// Runs a command by its name, with its parameters as texts: what the command line sends.

import { invalid } from '../fhir/problem.ts';
import { nearest } from '../fhir/nearest.ts';
import { readInputs, type OutputParameter } from '../operations/parameters.ts';
import { commands } from './commands.ts';
import { runAudited } from './run-audited.ts';
import { checkSecret } from './secret.ts';
import type { Tools } from './types.ts';

export interface Asked {
  readonly command: string;
  readonly parameters: readonly (readonly [string, string])[];
  /** ADMIN_SECRET of who asks. */
  readonly secret?: string | undefined;
}

/** Who may open the data folder is not known by a name here. */
const commandLine = { name: 'command line', client: 'command-line' };

export type RunCommand = (asked: Asked) => Promise<readonly OutputParameter[]>;

/** Throws a `Problem` for an unknown command, a parameter that is wrong, and a secret that is missing. */
export const createRunCommand =
  (tools: Tools): RunCommand =>
  async ({ command, parameters, secret }) => {
    const found = commands.find(({ name }) => name === command);
    if (!found) {
      const names = commands.map(({ name }) => name);
      const near = nearest(command, names);
      throw invalid(
        `The command '${command}' is not known; ${near === undefined ? `there are ${names.join(', ')}.` : `did you mean '${near}'?`}`,
      );
    }
    if (found.ways === 'command line') await checkSecret(secret, tools);
    const request = { path: '', headers: {}, base: tools.base, query: parameters };
    const inputs = readInputs({ ...request, method: 'GET' }, found.inputs);
    return runAudited(found, inputs, commandLine, tools);
  };
