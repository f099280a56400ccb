// Inferno's SMART App Launch STU2.2 suite, group 3, and the (g)(10) kit's group 8.1: a system gets a token for itself.
// https://hl7.org/fhir/smart-app-launch/STU2.2/backend-services.html

import { expect } from 'chai';
import {
  assertionOf,
  jwtBearer,
  postForm,
  type App,
  type AssertionChanges,
  type Parameters,
  type Reply,
} from './support/app.ts';
import { publishedBehindTls } from './support/behind-tls.ts';
import { checkTokenBody } from './support/checks.ts';
import { discovery } from './support/groups.ts';
import { inferno } from './support/table.ts';
import { smartWorld, type World } from './support/world.ts';

describe('Inferno SMART STU2.2: 3 backend services', () => {
  const world = smartWorld();

  discovery('3.1', world);
  authorization('3.2', world, () => world().apps.system);
});

describe('Inferno (g)(10): 8.1 bulk data authorization', () => {
  const world = smartWorld();

  authorization('8.1', world, () => world().apps.systemRsa);
});

function authorization(group: string, world: () => World, app: () => App): void {
  const published = publishedBehindTls();
  let reply: Reply | undefined;
  const ask = async (changes: Parameters = {}, bent: AssertionChanges = {}): Promise<Reply> => {
    const { token } = world().endpoints;
    return postForm(token, {
      ...{ grant_type: 'client_credentials', scope: 'system/*.rs' },
      ...{
        client_assertion_type: jwtBearer,
        client_assertion: await assertionOf(app(), token, bent),
      },
      ...changes,
    });
  };

  describe(`${group} authorization`, () => {
    inferno(`${group}.01`, 'publishes its token endpoint under https alone', () => {
      expect(published().token_endpoint).to.match(/^https:/);
    });

    inferno(`${group}.02`, 'answers 400 to a grant_type that is none', async () => {
      expect((await ask({ grant_type: 'not_a_grant_type' })).status).to.equal(400);
    });

    inferno(
      `${group}.03`,
      'answers 400 or 401 to a client_assertion_type that is none',
      async () => {
        const refused = await ask({ client_assertion_type: 'not_an_assertion_type' });

        expect(refused.status).to.be.oneOf([400, 401]);
      },
    );

    inferno(`${group}.04`, 'answers 400 or 401 to an assertion of somebody else', async () => {
      const refusals = await Promise.all([
        ask({}, { claims: { iss: 'not_a_valid_iss' } }),
        ask({}, { claims: { sub: 'not_a_valid_sub' } }),
      ]);

      for (const { status } of refusals) expect(status).to.be.oneOf([400, 401]);
    });

    inferno(`${group}.05`, 'answers 200 to a request that is right', async () => {
      reply = await ask();

      expect(reply.status, JSON.stringify(reply.json)).to.be.oneOf([200, 201]);
    });

    inferno(`${group}.06`, 'puts into the reply what SMART requires', () => {
      checkTokenBody(reply!);
      expect(reply!.json).not.to.have.property('refresh_token');
    });
  });
}
