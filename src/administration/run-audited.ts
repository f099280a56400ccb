// Runs a command and tells the audit what was asked, by whom and with what end, before the answer leaves.

import type { Reported } from '../audit/report.ts';
import { Problem } from '../fhir/problem.ts';
import { readText, type Inputs, type OutputParameter } from '../operations/parameters.ts';
import type { Command, Tools } from './types.ts';

export type Who = Pick<
  Reported,
  'client' | 'user' | 'name' | 'fhirUser' | 'role' | 'organization' | 'grant'
>;

export const runAudited = async (
  command: Command,
  inputs: Inputs,
  who: Who,
  tools: Tools,
): Promise<readonly OutputParameter[]> => {
  const patient = readText(inputs, 'patient');
  const event = {
    ...who,
    ...(patient === undefined ? {} : { patient }),
    detail: [command.name, ...wordsOf(inputs)].join(' '),
  };
  try {
    const outputs = await command.run(inputs, tools);
    await tools.report({ kind: command.event, ...event });
    return outputs;
  } catch (error) {
    const reason = error instanceof Problem ? String(error.status) : 'fault';
    await tools.report({ kind: 'administration-refused', ...event, error: reason });
    throw error;
  }
};

const secrets: ReadonlySet<string> = new Set(['password', 'client-secret']);

const wordsOf = (inputs: Inputs): readonly string[] =>
  [...inputs].flatMap(([name, values]) =>
    secrets.has(name) ? [] : values.map((value) => `${name}=${String(value)}`),
  );
