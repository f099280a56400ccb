// fhirclient, the library apps are written with, launches alone and out of the EHR, in a real browser, by keyboard only, on a
// phone and on a desk. https://github.com/smart-on-fhir/client-js

import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { ehrToken } from '../conformance/smart/support/ehr.ts';
import { openFromEhr } from '../conformance/smart/support/launch.ts';
import { openWorld, type Person, type World } from '../conformance/smart/support/world.ts';
import { openBrowser } from '../support/browser.ts';
import { startApp, type AppServer } from './support/app-server.ts';
import { press, tabTo, typeInto } from './support/keyboard.ts';
import { checkPage } from './support/check-page.ts';
import { collectComplaints } from './support/complaints.ts';

const standaloneScope = 'launch/patient openid fhirUser offline_access patient/*.rs';
const ehrScope = 'launch openid fhirUser offline_access user/Practitioner.r patient/*.rs';

for (const width of [375, 1280])
  describe(`fhirclient in a browser ${width} pixels wide`, () => {
    let browser: Browser | undefined;
    let world: World | undefined;
    let app: AppServer | undefined;
    before(async function () {
      this.timeout(120_000);
      browser = await openBrowser(this);
      world = await openWorld();
      const iss = world.endpoints.base;
      app = await startApp(() => ({ clientId: 'library', iss, standaloneScope, ehrScope }));
      await register(world, app.origin);
    });
    after(async () => {
      await browser?.close();
      await world?.close();
      await app?.close();
    });

    it('launches alone: signs in, chooses a person, allows, reads, refreshes', async function () {
      this.timeout(60_000);
      const page = await openPage(browser!, width);
      const complaints = collectComplaints(page);
      await page.goto(app!.origin);
      await page.waitForURL(/interaction/);
      await lookAt(page, 'sign-in', width);
      await signIn(page, world!.people.asha);
      await lookAt(page, 'picker', width);
      await press(page, /Ben/);
      await lookAt(page, 'consent', width);
      await allow(page);

      const result = await resultOf(page);
      expect(result).to.include({ patient: 'ben', name: 'Ben', again: 'ben', isRenewed: true });
      expect(result).to.include({ user: 'RelatedPerson/ben-relatedperson', observations: 6 });
      expect(complaints).to.deep.equal([]);
      await page.context().close();
    });

    it('launches out of the EHR: the patient and the encounter are there already', async function () {
      this.timeout(60_000);
      const { people } = world!;
      const token = await ehrToken(world!, people.dora);
      const opened = await openFromEhr(
        world!,
        token,
        { ...world!.apps.public, id: 'library' },
        {
          ...{ patient: 'Patient/asha', encounter: 'Encounter/asha-encounter', intent: 'summary' },
        },
      );
      const page = await openPage(browser!, width);
      const complaints = collectComplaints(page);
      await page.goto(opened.href);
      await signIn(page, people.dora);
      await lookAt(page, 'consent-of-staff', width);
      await allow(page);

      const result = await resultOf(page);
      expect(result).to.include({
        patient: 'asha',
        encounter: 'asha-encounter',
        intent: 'summary',
      });
      expect(result).to.include({
        name: 'Asha',
        again: 'asha',
        user: 'Practitioner/dora',
        isRenewed: true,
      });
      expect(complaints).to.deep.equal([]);
      await page.context().close();
    });

    it('shows what was wrong at sign-in, and keeps the way back to the app', async function () {
      this.timeout(60_000);
      const page = await openPage(browser!, width);
      await page.goto(app!.origin);
      await page.waitForURL(/interaction/);
      await typeInto(page, /^user ?name/i, 'asha');
      await typeInto(page, /^password/i, 'a wrong pass phrase');
      await press(page, /^sign in$/i);
      await lookAt(page, 'sign-in-refused', width);
      await signIn(page, world!.people.asha);
      await press(page, /Cancel/);

      expect(page.url()).to.include('error=access_denied');
      await page.context().close();
    });
  });

const register = async ({ server }: World, origin: string): Promise<void> => {
  const parameters = {
    ...{
      'client-id': 'library',
      name: 'Heart Diary',
      kind: 'public',
      scope: `${standaloneScope} ${ehrScope}`,
    },
    ...{ 'redirect-uri': `${origin}/app`, 'launch-uri': `${origin}/launch` },
  };
  await server.application.administer({
    command: 'create-client',
    parameters: Object.entries(parameters),
  });
};

const openPage = async (browser: Browser, width: number): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
};

/** Each page is checked in all widths, so one of the two runs does it. */
const lookAt = async (page: Page, name: string, width: number): Promise<void> => {
  if (width !== 375) return;
  await checkPage(page, `launch-${name}`);
  await page.setViewportSize({ width, height: 800 });
};

const signIn = async (page: Page, { username, password }: Person): Promise<void> => {
  await page.waitForURL(/interaction/);
  await tabTo(page, /^user ?name/i);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(username);
  await typeInto(page, /^password/i, password);
  await press(page, /^sign in$/i);
};

const allow = async (page: Page): Promise<void> => {
  await tabTo(page, /^Allow/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/app/);
};

const resultOf = async (page: Page): Promise<Record<string, unknown>> => {
  const result = page.locator('#result');
  await page.waitForFunction('document.getElementById("result")?.textContent');
  const text = await result.textContent();
  return JSON.parse(text ?? '{}') as Record<string, unknown>;
};
