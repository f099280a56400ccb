// Standalone launch of a public client: the pages, the token, and what the token opens.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-standalone-launch

import { expect } from 'chai';
import { launch, readPatient } from './support/launch.ts';
import { openWorld, type World } from './support/world.ts';

describe('a standalone launch', () => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({});
  });
  after(() => world.close());

  it('gives a public client a token for the chosen patient', async () => {
    const { status, body, headers } = await launch(world, {
      client,
      scope: 'launch/patient openid fhirUser patient/*.rs',
    });

    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.include({ token_type: 'Bearer', patient: 'asha', expires_in: 3600 });
    expect(body.scope.split(' ')).to.have.members([
      'launch/patient',
      'openid',
      'fhirUser',
      'patient/*.rs',
    ]);
    expect(headers.get('cache-control')).to.contain('no-store');
    expect(headers.get('pragma')).to.equal('no-cache');
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(200);
  });
});
