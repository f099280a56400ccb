// The gallery: what an app may ask for in plain words, where it can be shown, and opening it.

import { expect } from 'chai';
import {
  launchApp,
  mayBeFramed,
  readApps,
} from '../../../../smart-apps/clinician/src/gallery/apps.ts';
import { askedBy } from '../../../../smart-apps/clinician/src/gallery/scopes.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

describe('an app of the gallery', () => {
  it('is read as the server lists it', async () => {
    const { fhir } = recordingFhir(() => ({
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'app',
          part: [
            { name: 'client', valueString: 'c' },
            { name: 'name', valueString: 'Heart Diary' },
            { name: 'origin', valueUrl: 'https://heart.example' },
            { name: 'scope', valueString: 'launch' },
            { name: 'scope', valueString: 'patient/*.rs' },
          ],
        },
      ],
    }));

    expect(await readApps(fhir)).to.deep.equal([
      {
        ...{ client: 'c', name: 'Heart Diary', origin: 'https://heart.example', site: undefined },
        scopes: ['launch', 'patient/*.rs'],
      },
    ]);
  });

  it('may change what its scopes let it change, which is said first', () => {
    const { rights, knowsUser, isLasting } = askedBy([
      ...['openid', 'launch', 'offline_access', 'patient/*.rs', 'patient/Observation.cruds'],
      ...['user/Patient.read', 'patient/*.rs?category=x'],
    ]);

    expect(rights).to.deep.equal([
      { reach: 'patient', type: 'Observation', mayChange: true },
      { reach: 'patient', type: '*', mayChange: false },
      { reach: 'user', type: 'Patient', mayChange: false },
    ]);
    expect([knowsUser, isLasting]).to.deep.equal([true, true]);
  });

  for (const [origin, here, may] of [
    ['http://localhost:9000', 'http://localhost:8080', true],
    ['http://localhost:8080', 'http://localhost:8080', false],
    ['https://apps.example', 'https://records.example', false],
    ['http://127.0.0.1:9000', 'http://localhost:8080', false],
    ['http://records.example', 'https://records.example', false],
    ['not an address', 'https://records.example', false],
  ] as const)
    it(`of ${origin} is ${may ? '' : 'not '}shown inside a page of ${here}`, () => {
      expect(mayBeFramed(origin, here)).to.equal(may);
    });

  it('in a frame is told that the page around it says whose record it is', async () => {
    const { fhir, asked } = recordingFhir(() => ({
      ...{ resourceType: 'Parameters', parameter: [{ name: 'url', valueUrl: 'https://go' }] },
    }));
    const whom = { client: 'c', patient: 'p', encounter: 'e' };

    expect(await launchApp(fhir, { ...whom, place: 'frame' })).to.equal('https://go');
    await launchApp(fhir, { ...whom, place: 'tab' });

    const names = asked.map(({ body }) =>
      (body as { parameter: { name: string }[] }).parameter.map(({ name }) => name),
    );
    expect(names).to.deep.equal([
      ['client', 'patient', 'encounter', 'needPatientBanner'],
      ['client', 'patient', 'encounter'],
    ]);
  });
});
