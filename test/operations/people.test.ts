// The definitions of the operations about people are valid and name what the operations take.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OperationDefinition } from 'fhir/r4.js';
import { startServer, type TestServer } from '#test/support/server.ts';
import { clientOf, outcomeOf, type Client } from '#test/support/client.ts';

const codes = [
  ...['decide', 'register-dependant', 'confirm-dependant', 'invite-guardian'],
  ...['accept-guardianship', 'alias'],
];

describe('the definitions of the operations about people', function () {
  this.timeout(60_000);
  let server: TestServer;
  let client: Client;
  before(async () => {
    server = await startServer();
    client = clientOf(server.base);
  });
  after(async () => {
    client.close();
    await server.close();
  });

  for (const code of codes)
    it(`${code} is valid, offered, and names what it takes`, async () => {
      const file = join(import.meta.dirname, `../../profiles/OperationDefinition-${code}.json`);
      const text = readFileSync(file, 'utf8');
      const definition = JSON.parse(text) as OperationDefinition;

      const checked = await client.post('OperationDefinition/$validate', definition);
      const offered = await client.get('metadata');

      const { issue } = outcomeOf(checked);
      expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
      expect(offered.text).to.contain(`"${definition.url!}"`);
      const taken = readFileSync(
        join(import.meta.dirname, `../../src/operations/${sources[code]!}`),
        'utf8',
      );
      for (const { name, use } of definition.parameter!)
        if (use === 'in' && name !== 'relationship' && name !== 'guardian')
          expect(taken, name).to.contain(`name: '${name}'`);
    });
});

const sources: Readonly<Record<string, string>> = {
  decide: 'decide/read-decision.ts',
  'register-dependant': 'register-dependant.ts',
  'confirm-dependant': 'register-dependant.ts',
  'invite-guardian': 'invite-guardian.ts',
  'accept-guardianship': 'invite-guardian.ts',
  alias: 'alias.ts',
};
