// The definitions of health IDs and of the operations about them are valid and say what the server does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OperationDefinition, OperationOutcome } from 'fhir/r4.js';
import { namingSystemOf } from '#src/health-id/naming-system.ts';
import { readConfig } from '#src/platform/config.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { openInside } from '#test/support/rights.ts';
import {
  addressOf,
  definedIn,
  strangeParameters,
  takenIn,
} from '#test/support/taken-parameters.ts';

const read = (name: string): object =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../profiles', `${name}.json`), 'utf8'),
  ) as object;

const names = ['enrol', 'register', 'merge', 'unmerge'].map(
  (code) => `OperationDefinition-${code}`,
);

describe('the definitions of health IDs', () => {
  const inside = openInside(openMemoryStore());

  for (const name of [...names, 'NamingSystem-uhid', 'CodeSystem-identity-task'])
    it(`${name} is valid`, async () => {
      const body = read(name);
      const type = name.split('-')[0]!;

      const { json } = await inside.by()('POST', `${type}/$validate`, { body });

      const { issue } = json as OperationOutcome;
      expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });

  for (const name of names)
    it(`${name} names only parameters the operation takes`, async () => {
      const definition = read(name) as OperationDefinition;

      const { text } = await inside.by()('POST', addressOf(definition), {
        body: strangeParameters,
      });

      expect(takenIn(text)).to.deep.equal(definedIn(definition));
    });

  it('has the naming system that is the default', () => {
    expect(read('NamingSystem-uhid')).to.deep.equal(namingSystemOf(readConfig({}).healthId.system));
  });
});
