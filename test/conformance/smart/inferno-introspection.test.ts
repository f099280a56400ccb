// Inferno's SMART App Launch STU2.2 suite, group 4, and the (g)(10) kit's 9.20: what a token is worth.
// https://hl7.org/fhir/smart-app-launch/STU2.2/token-introspection.html

import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { introspect, type Reply } from './support/app.ts';
import { checkTokenBody, splitScopes } from './support/checks.ts';
import { launch, type Launched } from './support/launch.ts';
import { inferno } from './support/table.ts';
import { smartWorld } from './support/world.ts';

const scope = 'launch/patient openid fhirUser offline_access patient/*.rs';

for (const group of ['4', '9.20'])
  describe(`Inferno: ${group} token introspection`, () => {
    const world = smartWorld();
    let launched: Launched | undefined;
    let active: Reply | undefined;
    let inactive: Reply | undefined;
    before(async () => {
      const { apps, people, endpoints } = world();
      launched = await launch(world(), apps.secret, scope, { person: people.asha });
      active = await introspect(apps.secret, endpoints, launched.reply.json.access_token);
      inactive = await introspect(apps.secret, endpoints, 'a-token-that-is-none');
    });

    inferno(`${group}.1`, 'gives a token to ask about', () => {
      checkTokenBody(launched!.reply);
    });

    inferno(`${group}.2`, 'answers 200 for a token that is good and for one that is not', () => {
      expect([active!.status, inactive!.status]).to.deep.equal([200, 200]);
    });

    inferno(`${group}.3.01`, 'tells of a good token what its reply told', () => {
      const { json } = launched!.reply;
      const { iss, sub, fhirUser } = decodeJwt(json.id_token);

      expect(active!.json).to.include({ active: true, client_id: 'secret', patient: json.patient });
      expect(active!.json).to.include({ iss, sub, fhirUser });
      expect(splitScopes(active!.json.scope)).to.have.members(splitScopes(json.scope) as string[]);
      expect(active!.json.exp).to.be.closeTo(Date.now() / 1000 + Number(json.expires_in), 60);
    });

    inferno(`${group}.3.02`, 'tells nothing of a token that is not good', () => {
      expect(inactive!.json).to.deep.equal({ active: false });
    });
  });
