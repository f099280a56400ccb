// An app that is not ours: it registers itself at run time, a patient opens it alone, and it gets what she allowed and no more.
// Opened by a clinician out of the gallery: ../gallery.test.ts.  https://www.rfc-editor.org/rfc/rfc7591

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { startApp, type AppServer } from '../support/app-server.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

const scope = [
  'launch/patient openid fhirUser offline_access',
  'patient/Patient.r patient/Observation.rs patient/MedicationRequest.rs',
].join(' ');
const refused = 'patient/MedicationRequest.rs';

describe('an app of somebody else', function () {
  this.timeout(240_000);
  let apps: Apps | undefined;
  let app: AppServer | undefined;
  let visit: Visit;
  let page: Page;
  let clientId = '';
  before(async function () {
    apps = await openApps(this);
    const iss = apps.server.base;
    app = await startApp(() => ({ clientId, iss, standaloneScope: scope, ehrScope: scope }));
    clientId = await register();
    visit = await apps.visit(375);
    page = visit.page;
  });
  after(async () => {
    await app?.close();
    await apps?.close();
  });

  it('is opened by a patient, who leaves out one of the things it asks for', async () => {
    await page.goto(app!.origin);
    await page.getByLabel(/user ?name/i).fill('priya');
    await page.getByLabel(/^password/i).fill('green-hill-demo');
    await page.getByRole('button', { name: /^sign in$/i }).click();
    await page.getByRole('button', { name: /^Priya Sharma/ }).click();
    await page.locator(`input[value="${refused}"]`).uncheck();
    await page.getByRole('button', { name: /^allow/i }).click();
    await page.waitForURL((url) => url.origin === app!.origin && url.pathname === '/app');
    await page.waitForFunction('document.getElementById("result")?.textContent');

    const result = JSON.parse(await page.locator('#result').innerText()) as Result;

    expect(result).to.include({ patient: 'priya-sharma', user: 'Patient/priya-sharma' });
    expect(result.observations).to.be.greaterThan(0);
    expect(result.scope.split(' ')).to.have.members(
      scope.split(' ').filter((each) => each !== refused),
    );
  });

  for (const [what, path] of [
    ['what she left out', 'MedicationRequest?patient=priya-sharma'],
    ['a single one of them', 'MedicationRequest/metformin-priya'],
    ['what it never asked for', 'Condition?patient=priya-sharma'],
  ] as const)
    it(`is not shown ${what}`, async () => {
      expect(await statusOf(path)).to.equal(403);
    });

  it('may not write where it may read', async () => {
    expect(await statusOf('Observation', 'POST')).to.equal(403);
  });

  it('finds nothing of another patient', async () => {
    expect(await countOf('Observation?patient=arjun-nair')).to.equal(0);
    expect(await statusOf('Patient/arjun-nair')).to.equal(404);
  });

  it('has no access any more once it is taken from it', async () => {
    await apps!.server.application.administer({
      command: 'revoke-access',
      parameters: [['client', clientId]],
    });

    expect(await statusOf('Observation?patient=priya-sharma')).to.equal(401);
  });

  /** As a third party does it at run time. */
  const register = async (): Promise<string> => {
    const { application, url } = apps!.server;
    const [token] = await application.administer({
      ...{ command: 'create-registration-token', parameters: [] },
    });
    const answered = await fetch(`${url}/oauth/reg`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${String(token!.valueString)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        ...{ client_name: 'Heart Diary', token_endpoint_auth_method: 'none', scope },
        ...{ redirect_uris: [`${app!.origin}/app`], launch_uri: `${app!.origin}/launch` },
      }),
    });
    const { client_id: id } = (await answered.json()) as { readonly client_id: string };
    expect(answered.status).to.equal(201);
    return id;
  };

  /** What the app is answered, asked by the library on its own page. */
  const statusOf = (path: string, method: 'GET' | 'POST' = 'GET'): Promise<number> =>
    page.evaluate<number>(
      `FHIR.oauth2.ready()
        .then((client) => client.request({ url: '${path}', method: '${method}', ${method === 'POST' ? body : ''} }))
        .then(() => 200, (error) => error.status)`,
    );
  const countOf = (path: string): Promise<number> =>
    page.evaluate<number>(
      `FHIR.oauth2.ready().then((client) => client.request('${path}')).then(({ entry = [] }) => entry.length)`,
    );
});

interface Result {
  readonly patient: string;
  readonly user: string;
  readonly scope: string;
  readonly observations: number;
}

const body = `headers: { 'content-type': 'application/fhir+json' },
  body: JSON.stringify({ resourceType: 'Observation', status: 'final', code: { text: 'Pulse' }, subject: { reference: 'Patient/priya-sharma' } })`;
