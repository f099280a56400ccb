// The OperationDefinition of a command, as `profiles/` keeps it.
// https://hl7.org/fhir/R4/operationdefinition.html

import type { Resource } from '../fhir/resource.ts';
import type { Command, Input, Output } from './types.ts';

const canonical = 'https://meridian.example/OperationDefinition';

export const definitionUrl = ({ name }: Pick<Command, 'name'>): string => `${canonical}/${name}`;

export const operationDefinition = (command: Command): Resource => ({
  resourceType: 'OperationDefinition',
  id: command.name,
  url: definitionUrl(command),
  name: command.name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
  title: command.name.replaceAll('-', ' '),
  status: 'active',
  kind: 'operation',
  description: `${command.about} For administrators, with the scope user/*.cruds.`,
  affectsState: true,
  code: command.name,
  system: true,
  type: false,
  instance: false,
  parameter: [...command.inputs.map(inputOf), ...command.outputs.map(outputOf)],
});

const inputOf = ({ name, type, about, required, repeats }: Input): object => ({
  ...{ name, use: 'in', min: required ? 1 : 0, max: repeats ? '*' : '1' },
  ...{ documentation: about, type },
});

const outputOf = ({ name, type, about }: Output): object => ({
  ...{ name, use: 'out', min: 0, max: '1', documentation: about, type },
});
