// The commands as operations of the FHIR API, for administrators whose app may do everything they may.
// https://hl7.org/fhir/R4/operations.html

import type { Permit } from '../access/permit.ts';
import { forbidden, invalid } from '../fhir/problem.ts';
import { without } from '../oauth/without.ts';
import { answerWith, readInputs } from '../operations/parameters.ts';
import type { Operation } from '../operations/types.ts';
import { commands } from './commands.ts';
import { definitionUrl } from './operation-definition.ts';
import { runAudited, type Who } from './run-audited.ts';
import type { Command, Tools } from './types.ts';

/** `tools` are asked for when an operation runs: the table of operations is needed to make them. */
export const administrationOperations = (tools: () => Tools): readonly Operation[] =>
  commands
    .filter(({ ways }) => ways === 'everywhere')
    .map((command) => operationOf(command, tools));

const operationOf = (command: Command, tools: () => Tools): Operation => ({
  name: `$${command.name}`,
  definition: definitionUrl(command),
  levels: ['system'],
  affectsState: true,
  handler: async (request, permit) => {
    const who = administrator(permit);
    // Addresses end in the logs of proxies, and a parameter may be a password.
    if (request.query.some(([name]) => command.inputs.some((input) => input.name === name)))
      throw invalid(`Send what $${command.name} asks for as Parameters in the body.`);
    const inputs = readInputs(request, command.inputs);
    return answerWith(await runAudited(command, inputs, who, tools()));
  },
});

/** An app with narrower scopes must not widen them by making itself a client. */
const everything = /^(user|system)\/\*\.(cruds|\*)$/;

const administrator = ({ caller }: Permit): Who => {
  if (caller?.role !== 'administrator')
    throw forbidden('Only an administrator may do this; sign in as one.');
  if (!caller.scopes.some((scope) => everything.test(scope)))
    throw forbidden('The app needs the scope user/*.cruds for this.');
  return without(caller, 'scopes', 'token', 'purposes', 'patient', 'encounter');
};
