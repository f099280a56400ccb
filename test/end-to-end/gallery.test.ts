// The gallery: a clinician opens an app that registered itself a moment ago for the patient in view, in a tab and in a frame,
// with one password.  https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-ehr-launch

import { hash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { openWorld, type World } from '../conformance/smart/support/world.ts';
import { openBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';
import { writeApp, type AppPages } from './support/app-pages.ts';
import { startApp, type AppServer } from './support/app-server.ts';

const scope = 'launch openid fhirUser online_access user/Practitioner.r patient/*.rs';

/** What the gallery does with a launch address: shows it in a frame. */
const frame = `
const frame = document.createElement('iframe');
frame.src = decodeURIComponent(location.hash.slice(1));
if (location.hash) document.body.append(frame);`;

// A browser compares sites by name, not by port; the app is at 127.0.0.1.
for (const [site, host] of [
  ['the same site', undefined],
  ['another site', 'localhost'],
] as const)
  describe(`an app of ${site}, out of the gallery`, function () {
    this.timeout(120_000);
    let browser: Browser | undefined;
    let pages: AppPages | undefined;
    let world: World | undefined;
    let app: AppServer | undefined;
    let context: BrowserContext;
    let client = '';
    let token = '';
    before(async function () {
      browser = await openBrowser(this);
      pages = await writeApp('clinician', frame);
      const env = { APPS_DIR: pages.folder };
      world = await openWorld(
        await startServer({ guard: 'standard', env, ...(host === undefined ? {} : { host }) }),
      );
      const iss = world.endpoints.base;
      app = await startApp(() => ({
        ...{ clientId: client, iss, standaloneScope: scope, ehrScope: scope },
      }));
      client = await register(world, app.origin);
      context = await browser.newContext();
      context.setDefaultTimeout(60_000);
      token = await signInToClinician(await context.newPage(), world);
    });
    after(async () => {
      await browser?.close();
      await world?.close();
      await app?.close();
      await pages?.remove();
    });

    const launchOf = async (patient: string): Promise<string> => {
      const answer = await world!.fhir(token).post('$smart-launch', {
        resourceType: 'Parameters',
        parameter: [
          { name: 'client', valueString: client },
          { name: 'patient', valueString: patient },
        ],
      });
      const { parameter } = JSON.parse(answer.text) as Parameters;
      return parameter[0]!.valueUrl!;
    };

    const openInTab = async (patient: string): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(await launchOf(patient));
      return page;
    };
    const showInFrame = async (page: Page, patient: string): Promise<void> => {
      const home = `${world!.server.url}/apps/clinician/`;
      await page.goto(`${home}#${encodeURIComponent(await launchOf(patient))}`);
    };

    it('is listed with what it may ask for', async () => {
      const answer = await world!.fhir(token).get('$launchable-apps');

      expect(answer.status, answer.text).to.equal(200);
      const { parameter } = JSON.parse(answer.text) as Parameters;
      const listed = parameter.find(({ part }) => part?.[0]?.valueString === client);
      const scopes = listed?.part?.filter(({ name }) => name === 'scope');
      expect(scopes?.map(({ valueString }) => valueString)).to.deep.equal(scope.split(' '));
      expect(listed?.part).to.deep.include({ name: 'origin', valueUrl: app!.origin });
    });

    it('opens in a tab: asks what it may do, never for a password, and is about the patient', async () => {
      const page = await openInTab('asha');
      await page.waitForURL(/interaction/);
      expect(await page.locator('input[type=password]').count()).to.equal(0);
      await page.getByRole('button', { name: /allow/i }).first().click();

      const result = await resultOf(page.mainFrame());
      expect(result).to.include({ patient: 'asha', name: 'Asha', user: 'Practitioner/dora' });
      expect(result['scope']!.split(' ')).to.have.members(scope.split(' '));
    });

    it('opens in a tab again without a question, about whoever is in view then', async () => {
      const page = await openInTab('ben');

      expect(await resultOf(page.mainFrame())).to.include({ patient: 'ben', name: 'Ben' });
    });

    if (host === undefined)
      it('opens in a frame of the gallery once it was allowed', async () => {
        const page = await context.newPage();
        const back = page.waitForEvent('framenavigated', (shown) => /\/app\?/.test(shown.url()));
        await showInFrame(page, 'ben');

        expect(await resultOf(await back)).to.include({ patient: 'ben', name: 'Ben' });
      });
    else
      it('is not shown in a frame: the browser sends no session there, and no page of sign-in is framed', async () => {
        const page = await context.newPage();
        const refused = page.waitForEvent('console', (message) =>
          message.text().includes('frame-ancestors'),
        );
        await showInFrame(page, 'ben');

        expect((await refused).text()).to.contain(world!.server.url);
      });
  });

interface Parameters {
  readonly parameter: readonly {
    readonly name: string;
    readonly valueUrl?: string;
    readonly part?: readonly {
      readonly name: string;
      readonly valueString?: string;
      readonly valueUrl?: string;
    }[];
  }[];
}

/** As a third party does it at run time. */
const register = async ({ server }: World, origin: string): Promise<string> => {
  const [token] = await server.application.administer({
    ...{ command: 'create-registration-token', parameters: [] },
  });
  const answered = await fetch(`${server.url}/oauth/reg`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token?.['valueString'] as string}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      ...{ client_name: 'Heart Diary', token_endpoint_auth_method: 'none', scope },
      ...{ redirect_uris: [`${origin}/app`], launch_uri: `${origin}/launch` },
    }),
  });
  const { client_id: id } = (await answered.json()) as { readonly client_id: string };
  expect(answered.status).to.equal(201);
  return id;
};

/** With the only password of the story. */
const signInToClinician = async (page: Page, { server, people }: World): Promise<string> => {
  const verifier = randomBytes(32).toString('base64url');
  const home = `${server.url}/apps/clinician/`;
  const asked = new URLSearchParams({
    ...{ response_type: 'code', client_id: 'clinician', redirect_uri: home, aud: server.base },
    ...{ scope: 'openid fhirUser online_access user/*.cruds', state: 's' },
    ...{ code_challenge: hash('sha256', verifier, 'base64url'), code_challenge_method: 'S256' },
  });
  await page.goto(`${server.url}/oauth/auth?${asked.toString()}`);
  await page.fill('#username', people.dora.username);
  await page.fill('#password', people.dora.password);
  await page.getByRole('button', { name: /^sign in$/i }).click();
  await page.waitForURL(/apps\/clinician\/\?/);
  const answered = await fetch(`${server.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', client_id: 'clinician', redirect_uri: home },
      ...{ code: new URL(page.url()).searchParams.get('code') ?? '', code_verifier: verifier },
    }),
  });
  const { access_token: token } = (await answered.json()) as { readonly access_token: string };
  return token;
};

const resultOf = async (shown: Frame): Promise<Readonly<Record<string, string>>> => {
  await shown.waitForFunction('document.getElementById("result")?.textContent');
  return JSON.parse((await shown.textContent('#result')) ?? '') as Readonly<Record<string, string>>;
};
