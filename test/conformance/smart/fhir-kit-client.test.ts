// fhir-kit-client, a client nobody here wrote, finds the authorization server and works with a token of it.
// https://github.com/Vermonster/fhir-kit-client

import { expect } from 'chai';
import { Client } from 'fhir-kit-client';
import { launch } from './support/launch.ts';
import { smartWorld } from './support/world.ts';

describe('fhir-kit-client with sign-in', () => {
  const world = smartWorld();

  it('finds the endpoints', async () => {
    const { endpoints, configuration } = world();
    const found = await new Client({ baseUrl: endpoints.base }).smartAuthMetadata();

    expect(found.authorizeUrl?.href).to.equal(endpoints.authorize);
    expect(found.tokenUrl?.href).to.equal(endpoints.token);
    expect(found.registerUrl?.href).to.equal(configuration.registration_endpoint);
  });

  it('reads, searches and pages with a token, and nothing without one', async () => {
    const { endpoints, apps, people } = world();
    const scope = 'launch/patient openid fhirUser patient/*.rs';
    const { reply } = await launch(world(), apps.secret, scope, { person: people.asha });
    const client = new Client({ baseUrl: endpoints.base, bearerToken: reply.json.access_token });
    const stranger = await new Client({ baseUrl: endpoints.base })
      .read({ resourceType: 'Patient', id: 'asha' })
      .then(
        () => undefined,
        (error: unknown) => error as { readonly response?: { readonly status?: number } },
      );
    const patient = await client.read({ resourceType: 'Patient', id: 'asha' });
    const first = await client.search({
      ...{ resourceType: 'Observation', searchParams: { patient: 'asha', _count: 4 } },
    });
    const second = await client.nextPage({ bundle: first as never });

    expect(stranger?.response?.status).to.equal(401);
    expect(patient).to.deep.include({ resourceType: 'Patient', id: 'asha' });
    expect(entries(first) + entries(second)).to.equal(6);
  });
});

const entries = (bundle: unknown): number =>
  (bundle as { readonly entry?: readonly unknown[] }).entry?.length ?? 0;
