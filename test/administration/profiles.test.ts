// Each command that is an operation has its OperationDefinition among the profiles, and it says what the command takes.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { commands } from '#src/administration/commands.ts';
import { operationDefinition } from '#src/administration/operation-definition.ts';

const folder = join(import.meta.dirname, '../../profiles');

describe('administration/operation-definition', () => {
  for (const command of commands.filter(({ ways }) => ways === 'everywhere'))
    it(`keeps that of $${command.name} in profiles as it is`, () => {
      const file = join(folder, `OperationDefinition-${command.name}.json`);

      expect(
        JSON.parse(readFileSync(file, 'utf8')),
        'node test/administration/write-profiles.ts',
      ).to.deep.equal(JSON.parse(JSON.stringify(operationDefinition(command))));
    });
});
