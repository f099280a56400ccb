// Inferno's SMART App Launch STU2.2 suite, group 1: a patient opens an app that stands alone.
// https://github.com/inferno-framework/smart-app-launch-test-kit

import {
  discovery,
  launchTests,
  openIdConnect,
  tlsTests,
  tokenRefresh,
  type Subject,
} from './support/groups.ts';
import { launch, type Launched } from './support/launch.ts';
import { publishedBehindTls } from './support/behind-tls.ts';
import { smartWorld } from './support/world.ts';

const scope = 'launch/patient openid fhirUser offline_access patient/*.rs';

describe('Inferno SMART STU2.2: 1 standalone launch', () => {
  const world = smartWorld();
  let launched: Launched | undefined;
  const subject: Subject = { world, app: () => world().apps.public, launched: () => launched! };
  before(async () => {
    launched = await launch(world(), world().apps.public, scope, { person: world().people.asha });
  });

  discovery('1.1', world);

  describe('1.2 launch', () => {
    const numbers = {
      ...{ authorizeTls: '1.2.01', redirect: '1.2.02', code: '1.2.03', tokenTls: '1.2.04' },
      ...{ exchange: '1.2.05', body: '1.2.06', headers: '1.2.07', cors: '1.2.08' },
    };
    tlsTests(numbers, publishedBehindTls());
    launchTests(numbers, subject);
  });

  openIdConnect('1.3', subject);
  tokenRefresh('1.4', subject, 'without scope');
  tokenRefresh('1.5', subject, 'with scope');
});
