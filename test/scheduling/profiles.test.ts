// What scheduling adds to FHIR is written down: definitions that are valid, of operations that are offered.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OperationDefinition } from 'fhir/r4.js';
import { schedulingOperations } from '#src/operations/scheduling.ts';
import { availabilityUrl } from '#src/scheduling/rules.ts';
import { heldUntilUrl } from '#src/scheduling/taken.ts';
import { modeUrl } from '#src/scheduling/visit.ts';
import { waitingUrl } from '#src/scheduling/waiting-list/waiting.ts';
import { clientOf, outcomeOf, type Client } from '#test/support/client.ts';
import {
  addressOf,
  definedIn,
  strangeParameter,
  strangeParameters,
  takenIn,
} from '#test/support/taken-parameters.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

interface Definition {
  readonly resourceType: string;
  readonly url: string;
  readonly code?: string;
}

const folder = join(import.meta.dirname, '../../profiles');
const definitions = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Definition,
);

describe('the profiles of scheduling', function () {
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

  const extensions = [availabilityUrl, heldUntilUrl, modeUrl, waitingUrl];
  for (const url of [...extensions, ...schedulingOperations.map(({ definition }) => definition)])
    it(`has ${url.replace('https://meridian.example/', '')}, and it is valid`, async () => {
      const definition = definitions.find((each) => each.url === url)!;

      const checked = await client.post(`${definition.resourceType}/$validate`, definition);

      const { issue } = outcomeOf(checked);
      expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });

  it('offers each operation by its definition', async () => {
    const { text } = await client.get('metadata');

    for (const { definition, name } of schedulingOperations) {
      expect(text).to.contain(`"${definition}"`);
      expect(definitions.find(({ url }) => url === definition)!.code).to.equal(name.slice(1));
    }
  });

  for (const { definition, name, affectsState } of schedulingOperations)
    it(`takes for ${name} the parameters of its definition`, async () => {
      const found = definitions.find(({ url }) => url === definition)! as OperationDefinition;

      const { text } = affectsState
        ? await client.post(addressOf(found), strangeParameters)
        : await client.get(`${addressOf(found)}?${strangeParameter}=x`);

      expect(takenIn(text), text).to.deep.equal(definedIn(found));
    });
});
