// Writes the OperationDefinitions of the commands into `profiles/`, after a command has changed: `node test/administration/write-profiles.ts`.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/administration/commands.ts';
import { operationDefinition } from '../../src/administration/operation-definition.ts';

for (const command of commands.filter(({ ways }) => ways === 'everywhere')) {
  const file = `OperationDefinition-${command.name}.json`;
  const text = JSON.stringify(operationDefinition(command), null, 2);
  writeFileSync(join(import.meta.dirname, '../../profiles', file), `${text}\n`);
}
