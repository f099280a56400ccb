// The definitions of the operations about people are valid and name what the operations take.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OperationDefinition } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { serversPermit } from '#src/access/permit.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { clientOf, outcomeOf, type Client } from '#test/support/client.ts';
import {
  addressOf,
  definedIn,
  strangeParameters,
  takenIn,
} from '#test/support/taken-parameters.ts';

const codes = [
  ...['decide', 'register-dependant', 'confirm-dependant', 'invite-guardian'],
  ...['accept-guardianship', 'alias'],
];

describe('the definitions of the operations about people', function () {
  this.timeout(60_000);
  let server: TestServer;
  let client: Client;
  before(async () => {
    const patient: Caller = {
      ...{ client: 'app', token: 'token', role: 'patient', scopes: ['patient/*.cruds'] },
      ...{ user: 'x', fhirUser: 'Patient/x', patient: 'x' },
    };
    server = await startServer({ guard: () => serversPermit({ caller: patient }) });
    client = clientOf(server.base);
    await client.put('Patient/x', { resourceType: 'Patient', id: 'x', birthDate: '1980-01-01' });
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
      const answered = await client.post(addressOf(definition), strangeParameters);
      expect(takenIn(answered.text), answered.text).to.deep.equal(definedIn(definition));
    });
});
