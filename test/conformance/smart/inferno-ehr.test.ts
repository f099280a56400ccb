// Inferno's SMART App Launch STU2.2 suite, group 2: a clinician opens an app out of the health record.
// https://github.com/inferno-framework/smart-app-launch-test-kit

import { expect } from 'chai';
import { publishedBehindTls } from './support/behind-tls.ts';
import { ehrToken } from './support/ehr.ts';
import {
  discovery,
  launchTests,
  openIdConnect,
  tlsTests,
  tokenRefresh,
  type Subject,
} from './support/groups.ts';
import { launch, openFromEhr, type Launched } from './support/launch.ts';
import { inferno } from './support/table.ts';
import { smartWorld } from './support/world.ts';

const scope = 'launch openid fhirUser offline_access patient/*.rs';

describe('Inferno SMART STU2.2: 2 EHR launch', () => {
  const world = smartWorld();
  let opened: URL | undefined;
  let launched: Launched | undefined;
  const subject: Subject = { world, app: () => world().apps.public, launched: () => launched! };
  before(async () => {
    const { apps, people } = world();
    const context = { patient: 'Patient/asha', encounter: 'Encounter/asha-encounter' };
    opened = await openFromEhr(world(), await ehrToken(world(), people.dora), apps.public, context);
    const changes = { launch: opened.searchParams.get('launch') ?? undefined };
    launched = await launch(world(), apps.public, scope, { person: people.dora, changes });
  });

  discovery('2.1', world);

  describe('2.2 launch', () => {
    inferno('2.2.01', 'opens the app with the address of the FHIR server', () => {
      expect(opened?.searchParams.get('iss')).to.equal(world().endpoints.base);
    });

    inferno('2.2.02', 'opens the app with a launch id', () => {
      expect(opened?.searchParams.get('launch')).to.be.a('string').that.is.not.empty;
    });

    const numbers = {
      ...{ authorizeTls: '2.2.03', redirect: '2.2.04', code: '2.2.05', tokenTls: '2.2.06' },
      ...{ exchange: '2.2.07', body: '2.2.08', headers: '2.2.09', cors: '2.2.10' },
    };
    tlsTests(numbers, publishedBehindTls());
    launchTests(numbers, subject);
  });

  openIdConnect('2.3', subject);
  tokenRefresh('2.4', subject, 'without scope');
  tokenRefresh('2.5', subject, 'with scope');
});
