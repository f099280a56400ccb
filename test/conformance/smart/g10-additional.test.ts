// The (g)(10) kit's group 9, additional authorization, by its numbers for SMART 2.2: what must work besides, and what must fail.
// https://github.com/onc-healthit/onc-certification-g10-test-kit

import { expect } from 'chai';
import { bundleOf } from '../../support/client.ts';
import { openAgent } from './support/agent.ts';
import { exchange, refresh, type Parameters, type Reply } from './support/app.ts';
import { publishedBehindTls } from './support/behind-tls.ts';
import { checkTokenBody, checkTokenHeaders } from './support/checks.ts';
import { ehrToken } from './support/ehr.ts';
import { discovery, launchTests, readsPatient, tlsTests, type Subject } from './support/groups.ts';
import {
  authorize,
  codeOf,
  launch,
  openFromEhr,
  type Answered,
  type Launched,
} from './support/launch.ts';
import { revokeInAccount } from './support/account.ts';
import { inferno } from './support/table.ts';
import {
  checkCapabilities,
  contextScopes,
  patientTypes,
  searchOf,
  typesOfUsCore,
} from './support/us-core.ts';
import { smartWorld } from './support/world.ts';

const basic = [...contextScopes, 'patient/Patient.rs'].join(' ');

describe('Inferno (g)(10): 9.3 token revocation', () => {
  const world = smartWorld();
  let launched: Launched | undefined;
  before(async () => {
    const { apps, people } = world();
    launched = await launch(world(), apps.secret, basic, { person: people.asha });
    await readsPatient(world(), launched.reply);
  });

  inferno('9.3.01', 'lets the patient end the access of an app in the account', async () => {
    await revokeInAccount(world(), launched!.agent, world().apps.secret);
  });

  inferno('9.3.02', 'answers 401 to the token on the next request', async () => {
    const { json } = launched!.reply;
    const answer = await world()
      .fhir(json.access_token)
      .get(`Patient/${String(json.patient)}`);

    expect(answer.status).to.equal(401);
  });

  inferno('9.3.03', 'answers 400 or 401 to the refresh token', async () => {
    const { apps, endpoints } = world();
    const reply = await refresh(apps.secret, endpoints, launched!.reply.json.refresh_token);

    expect(reply.status).to.be.oneOf([400, 401]);
  });
});

describe('Inferno (g)(10): 9.4 invalid aud', () => {
  const world = smartWorld();

  inferno('9.4.01', 'issues no code to an app that names another FHIR server', async () => {
    const { apps, people } = world();
    const changes = { aud: 'https://shrimp.argo.run/bad' };
    const { page, sent } = await authorize(world(), apps.secret, basic, {
      person: people.asha,
      changes,
    });

    expect(sent.get('code')).to.equal(null);
    expect(sent.get('error') ?? String(page.status)).to.be.oneOf(['invalid_request', '400']);
  });
});

describe('Inferno (g)(10): 9.16 public client launch with OpenID Connect', () => {
  const world = smartWorld();
  let launched: Launched | undefined;
  const subject: Subject = { world, app: () => world().apps.public, launched: () => launched! };
  before(async () => {
    launched = await launch(world(), world().apps.public, basic, { person: world().people.asha });
  });

  inferno('9.16.01', 'publishes its SMART configuration', () =>
    checkPublished(world().endpoints.base),
  );

  const numbers = {
    ...{ authorizeTls: '9.16.02', redirect: '9.16.03', code: '9.16.04', tokenTls: '9.16.05' },
    ...{ exchange: '9.16.06', body: '9.16.07', headers: '9.16.08', cors: '9.16.09' },
  };
  tlsTests(numbers, publishedBehindTls());
  launchTests(numbers, subject);

  inferno('9.16.10', 'gives a patient that the token can read', () =>
    readsPatient(world(), launched!.reply),
  );

  inferno('9.16.11', 'gives an id_token', () => {
    expect(launched!.reply.json.id_token).to.be.a('string').that.is.not.empty;
  });
});

describe('Inferno (g)(10): 9.17 invalid token request', () => {
  const world = smartWorld();
  let answered: Answered | undefined;
  const trade = async (changes: {
    parameters?: Parameters;
    headers?: Record<string, string>;
  }): Promise<Reply> => {
    const { apps, endpoints } = world();
    const { verifier } = answered!.request;
    return exchange(apps.secret, endpoints, { code: codeOf(answered!), verifier }, changes);
  };
  before(async () => {
    answered = await authorize(world(), world().apps.secret, basic, {
      person: world().people.asha,
    });
  });

  inferno('9.17.01', 'takes the user in', () => {
    expect(answered!.seen).to.include('consent');
  });

  inferno('9.17.02', 'sends the app a code', () => {
    expect(codeOf(answered!)).to.be.a('string');
  });

  inferno('9.17.03', 'answers 400 to a code that is none', async () => {
    expect((await trade({ parameters: { code: 'BAD_CODE' } })).status).to.equal(400);
  });

  inferno('9.17.04', 'answers 400 or 401 to a client that is none', async () => {
    const authorization = `Basic ${btoa('BAD_CLIENT_ID:secret')}`;

    expect((await trade({ headers: { authorization } })).status).to.be.oneOf([400, 401]);
  });
});

describe('Inferno (g)(10): 9.18 invalid PKCE code verifier', () => {
  const world = smartWorld();
  const cases: readonly (readonly [
    string,
    string,
    string,
    string,
    (answered: Answered) => Parameters,
  ])[] = [
    ['9.18.01', '9.18.02', '9.18.03', 'no verifier', () => ({ code_verifier: undefined })],
    ['9.18.04', '9.18.05', '9.18.06', 'a blank verifier', () => ({ code_verifier: '' })],
    [
      '9.18.07',
      '9.18.08',
      '9.18.09',
      'a wrong verifier',
      () => ({ code_verifier: `${crypto.randomUUID()}-${crypto.randomUUID()}` }),
    ],
    [
      ...(['9.18.10', '9.18.11', '9.18.12', 'the challenge as verifier'] as const),
      ({ request }) => ({ code_verifier: request.parameters['code_challenge'] }),
    ],
  ];

  for (const [redirected, code, refused, words, parameters] of cases)
    describe(words, () => {
      let answered: Answered | undefined;
      before(async () => {
        answered = await authorize(world(), world().apps.secret, basic, {
          person: world().people.asha,
        });
      });

      inferno(redirected, `takes the user in (${words})`, () => {
        expect(answered!.seen).to.include('consent');
      });

      inferno(code, `sends the app a code (${words})`, () => {
        expect(codeOf(answered!)).to.be.a('string');
      });

      inferno(refused, `answers 400 or 401 to ${words}`, async () => {
        const { apps, endpoints } = world();
        const given = { code: codeOf(answered!), verifier: answered!.request.verifier };
        const reply = await exchange(apps.secret, endpoints, given, {
          parameters: parameters(answered!),
        });

        expect(reply.status).to.be.oneOf([400, 401]);
      });
    });
});

describe('Inferno (g)(10): 9.19 EHR launch with patient scopes', () => {
  const world = smartWorld();
  let opened: URL | undefined;
  let launched: Launched | undefined;
  const subject: Subject = { world, app: () => world().apps.public, launched: () => launched! };
  before(async () => {
    const { apps, people } = world();
    opened = await openFromEhr(world(), await ehrToken(world(), people.dora), apps.public, {
      patient: 'Patient/asha',
    });
    const changes = { launch: opened.searchParams.get('launch') ?? undefined };
    const scope = 'launch openid fhirUser offline_access patient/Patient.rs';
    launched = await launch(world(), apps.public, scope, { person: people.dora, changes });
  });

  inferno('9.19.01', 'publishes its SMART configuration', () =>
    checkPublished(world().endpoints.base),
  );

  inferno('9.19.02', 'opens the app with the address of the FHIR server', () => {
    expect(opened?.searchParams.get('iss')).to.equal(world().endpoints.base);
  });

  inferno('9.19.03', 'opens the app with a launch id', () => {
    expect(opened?.searchParams.get('launch')).to.be.a('string').that.is.not.empty;
  });

  const numbers = {
    ...{ authorizeTls: '9.19.04', redirect: '9.19.05', code: '9.19.06', tokenTls: '9.19.07' },
    ...{ exchange: '9.19.08', body: '9.19.09', headers: '9.19.10', cors: '9.19.11' },
  };
  tlsTests(numbers, publishedBehindTls());
  launchTests(numbers, subject);

  inferno('9.19.12', 'gives a patient that the token can read', () =>
    readsPatient(world(), launched!.reply),
  );

  inferno('9.19.13', 'grants a scope of the patient', () => {
    expect(launched!.reply.json.scope.split(' ')).to.include('patient/Patient.rs');
  });
});

describe('Inferno (g)(10): 9.21 asymmetric client launch', () => {
  const world = smartWorld();
  let launched: Launched | undefined;
  let refreshed: Reply | undefined;
  const subject: Subject = { world, app: () => world().apps.signed, launched: () => launched! };
  before(async () => {
    const { apps, people, endpoints } = world();
    launched = await launch(world(), apps.signed, basic, { person: people.asha });
    refreshed = await refresh(apps.signed, endpoints, launched.reply.json.refresh_token);
  });

  discovery('9.21.1', world);

  const numbers = {
    ...{
      authorizeTls: '9.21.2.01',
      redirect: '9.21.2.02',
      code: '9.21.2.03',
      tokenTls: '9.21.2.04',
    },
    ...{ exchange: '9.21.2.05', body: '9.21.2.06', headers: '9.21.2.07' },
  };
  tlsTests(numbers, publishedBehindTls());
  launchTests(numbers, subject);

  inferno('9.21.2.09', 'gives a patient that the token can read', () =>
    readsPatient(world(), launched!.reply),
  );

  inferno('9.21.2.10', 'gives an id_token', () => {
    expect(launched!.reply.json.id_token).to.be.a('string').that.is.not.empty;
  });

  inferno('9.21.3.01', 'gives a new token for the refresh token', () => {
    expect(refreshed!.status, JSON.stringify(refreshed!.json)).to.equal(200);
  });

  inferno('9.21.3.02', 'puts into the reply what SMART requires', () => {
    checkTokenBody(refreshed!);
  });

  inferno('9.21.3.03', 'forbids caches to keep it', () => {
    checkTokenHeaders(refreshed!);
  });

  inferno('9.21.3.04', 'lets the refreshed token read the patient', () =>
    readsPatient(world(), {
      ...refreshed!,
      json: { ...refreshed!.json, patient: launched!.reply.json.patient },
    }),
  );

  inferno('9.21.3.05', 'answers 400 or 401 to a refresh token that is none', async () => {
    const { apps, endpoints } = world();

    expect((await refresh(apps.signed, endpoints, 'not-a-refresh-token')).status).to.be.oneOf([
      400, 401,
    ]);
  });
});

describe('Inferno (g)(10): 9.22 launch with v1 scopes', () => {
  const world = smartWorld();
  const asked = [...contextScopes, ...typesOfUsCore.map((type) => `patient/${type}.read`)];
  let launched: Launched | undefined;
  const subject: Subject = { world, app: () => world().apps.secret, launched: () => launched! };
  before(async () => {
    const { apps, people } = world();
    launched = await launch(world(), apps.secret, asked.join(' '), { person: people.asha });
  });

  discovery('9.22.1', world);

  inferno('9.22.1.05', 'has the capability of v1 scopes among those a standalone app needs', () => {
    checkCapabilities(world(), [
      'launch-standalone',
      'client-public',
      'context-standalone-patient',
      'permission-patient',
    ]);
  });

  const numbers = {
    ...{
      authorizeTls: '9.22.2.01',
      redirect: '9.22.2.02',
      code: '9.22.2.03',
      tokenTls: '9.22.2.04',
    },
    ...{ exchange: '9.22.2.05', body: '9.22.2.06', headers: '9.22.2.07' },
  };
  tlsTests(numbers, publishedBehindTls());
  launchTests(numbers, subject);

  inferno('9.22.2.09', 'grants every type that was asked for in the manner of v1', () => {
    const granted: readonly string[] = launched!.reply.json.scope.split(' ');

    expect(granted).to.include.members([...contextScopes]);
    for (const type of typesOfUsCore)
      expect(granted).to.satisfy((scopes: readonly string[]) =>
        scopes.some((scope) => [`patient/${type}.read`, `patient/${type}.rs`].includes(scope)),
      );
  });

  inferno('9.22.2.10', 'answers 401 to a read without a token', async () => {
    expect((await world().fhir().get('Patient/asha')).status).to.equal(401);
  });

  inferno('9.22.2.11', 'gives a patient that the token can read', () =>
    readsPatient(world(), launched!.reply),
  );

  inferno('9.22.3.01', 'lets the token search each type of US Core', async () => {
    const { json } = launched!.reply;
    const fhir = world().fhir(json.access_token);

    for (const type of patientTypes)
      expect(bundleOf(await fhir.get(searchOf(type, json.patient))).entry, type).not.to.be.empty;
  });
});

async function checkPublished(base: string): Promise<void> {
  const page = await openAgent(base).get(`${base}/.well-known/smart-configuration`);

  expect(page.status).to.equal(200);
  expect(page.headers.get('content-type')).to.match(/^application\/json/);
}
