// The (g)(10) kit's groups 1 to 3: a patient's app, the same with fewer rights, and a clinician's app out of the health record.
// https://github.com/onc-healthit/onc-certification-g10-test-kit

import { expect } from 'chai';
import { bundleOf, jsonOf } from '../../support/client.ts';
import { refresh } from './support/app.ts';
import { splitScopes } from './support/checks.ts';
import { ehrToken } from './support/ehr.ts';
import { readsPatient } from './support/groups.ts';
import { launch, openFromEhr, type Launched } from './support/launch.ts';
import { inferno } from './support/table.ts';
import {
  checkCapabilities,
  checkGranted,
  contextScopes,
  patientTypes,
  searchOf,
  typesOfUsCore,
} from './support/us-core.ts';
import { smartWorld, type World } from './support/world.ts';

const patientScopes = [...contextScopes, ...typesOfUsCore.map((type) => `patient/${type}.rs`)];

describe('Inferno (g)(10): 1 standalone patient app', () => {
  const world = smartWorld();
  let launched: Launched | undefined;
  before(async () => {
    const { apps, people } = world();
    launched = await launch(world(), apps.secret, patientScopes.join(' '), { person: people.asha });
  });

  inferno(
    'g10 1 smart_well_known_capabilities',
    'has the capabilities a standalone app needs',
    () => {
      checkCapabilities(world(), [
        'launch-standalone',
        'client-public',
        'context-standalone-patient',
        'permission-patient',
      ]);
    },
  );

  inferno('g10 1 smart_scopes', 'grants every scope asked, each of the patient', () => {
    checkGranted(launched!.reply, patientScopes, 'patient');
  });

  inferno('g10 1 unauthorized_access', 'answers 401 to a read without a token', () =>
    refusesStrangers(world(), String(launched!.reply.json.patient)),
  );

  inferno('g10 1 patient_context', 'gives a patient that the token can read', () =>
    readsPatient(world(), launched!.reply),
  );

  inferno(
    'g10 1 token_refresh patient_context',
    'lets the refreshed token read the patient',
    async () => {
      const { apps, endpoints } = world();
      const { json } = launched!.reply;
      const reply = await refresh(apps.secret, endpoints, json.refresh_token);

      await readsPatient(world(), { ...reply, json: { patient: json.patient, ...reply.json } });
    },
  );

  inferno(
    'g10 1 invalid_token_refresh',
    'answers 400 or 401 to a refresh token that is none',
    async () => {
      const { apps, endpoints } = world();
      const reply = await refresh(apps.secret, endpoints, 'not-a-refresh-token');

      expect(reply.status).to.be.oneOf([400, 401]);
    },
  );

  inferno(
    'g10 1 unrestricted_resource_type_access',
    'lets the token search each type of US Core',
    async () => {
      const { json } = launched!.reply;
      const fhir = world().fhir(json.access_token);

      for (const type of patientTypes) {
        const found = bundleOf(await fhir.get(searchOf(type, json.patient)));
        expect(found.entry, type).to.be.an('array').that.is.not.empty;
      }
    },
  );
});

describe('Inferno (g)(10): 2 standalone patient app with limited access', () => {
  const world = smartWorld();
  const ticked = ['Patient', 'Condition', 'Observation'];
  let launched: Launched | undefined;
  before(async () => {
    const { apps, people } = world();
    launched = await launch(world(), apps.secret, patientScopes.join(' '), {
      person: people.asha,
      consent: (scope) =>
        !scope.includes('/') || ticked.includes(/\/(\w+)\.rs$/.exec(scope)?.[1] ?? ''),
    });
  });

  inferno('g10 2 patient_context', 'gives a patient that the token can read', () =>
    readsPatient(world(), launched!.reply),
  );

  inferno('g10 2 limited_scope_grant', 'grants what the user left ticked, and nothing else', () => {
    const granted = splitScopes(launched!.reply.json.scope).filter((scope) =>
      scope.startsWith('patient/'),
    );

    expect(granted).to.have.members(ticked.map((type) => `patient/${type}.rs`));
  });

  inferno(
    'g10 2 restricted_resource_type_access',
    'lets the token search these types and answers 403 to all others',
    async () => {
      const { json } = launched!.reply;
      const fhir = world().fhir(json.access_token);

      for (const type of patientTypes) {
        const { status } = await fhir.get(searchOf(type, json.patient));
        if (ticked.includes(type)) expect(status, type).to.equal(200);
        else expect(status, type).to.be.oneOf([401, 403]);
      }
    },
  );
});

describe('Inferno (g)(10): 3 EHR practitioner app', () => {
  const world = smartWorld();
  const asked = [
    'launch',
    'openid',
    'fhirUser',
    'offline_access',
    ...typesOfUsCore.map((type) => `user/${type}.rs`),
  ];
  let launched: Launched | undefined;
  before(async () => {
    const { apps, people } = world();
    const context = { patient: 'Patient/asha', encounter: 'Encounter/asha-encounter' };
    const opened = await openFromEhr(
      world(),
      await ehrToken(world(), people.dora),
      apps.secret,
      context,
    );
    const changes = { launch: opened.searchParams.get('launch') ?? undefined };
    launched = await launch(world(), apps.secret, asked.join(' '), {
      person: people.dora,
      changes,
      method: 'POST',
    });
  });

  inferno(
    'g10 3 smart_well_known_capabilities',
    'has the capabilities an app of the EHR needs',
    () => {
      checkCapabilities(world(), [
        ...['launch-ehr', 'context-banner', 'context-style', 'context-ehr-patient'],
        ...['context-ehr-encounter', 'permission-user'],
      ]);
    },
  );

  inferno('g10 3 smart_scopes', 'grants every scope asked, each of the user', () => {
    checkGranted(launched!.reply, asked, 'user');
  });

  inferno('g10 3 unauthorized_access', 'answers 401 to a read without a token', () =>
    refusesStrangers(world(), String(launched!.reply.json.patient)),
  );

  inferno(
    'g10 3 patient_context',
    'gives the patient of the launch, and the token can read it',
    async () => {
      expect(launched!.reply.json.patient).to.equal('asha');
      await readsPatient(world(), launched!.reply);
    },
  );

  inferno(
    'g10 3 encounter_context',
    'gives the encounter of the launch, and the token can read it',
    async () => {
      const { json } = launched!.reply;
      const answer = await world()
        .fhir(json.access_token)
        .get(`Encounter/${String(json.encounter)}`);

      expect(json.encounter).to.equal('asha-encounter');
      expect(answer.status, answer.text).to.equal(200);
      expect(jsonOf(answer)).to.have.property('resourceType', 'Encounter');
    },
  );

  inferno(
    'g10 3 smart_style_url',
    'gives an address of styles that answers with JSON',
    async () => {
      const answer = await fetch(launched!.reply.json.smart_style_url);

      expect(answer.status).to.equal(200);
      expect(await answer.json()).to.be.an('object').that.is.not.empty;
    },
  );

  inferno(
    'g10 3 smart_need_patient_banner',
    'says whether the app has to show whose record it is',
    () => {
      expect(launched!.reply.json.need_patient_banner).to.be.a('boolean');
    },
  );

  inferno(
    'g10 3 invalid_token_refresh',
    'answers 400 or 401 to a refresh token that is none',
    async () => {
      const { apps, endpoints } = world();
      const reply = await refresh(apps.secret, endpoints, 'not-a-refresh-token');

      expect(reply.status).to.be.oneOf([400, 401]);
    },
  );
});

async function refusesStrangers(world: World, patient: string): Promise<void> {
  const answer = await world.fhir().get(`Patient/${patient}`);

  expect(answer.status).to.equal(401);
}
