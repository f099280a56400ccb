// The pages around our own apps: which there are, that one was not built, and that one is not for whoever signed in.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { authorizeUrl, newVerifier } from '../oauth/support/launch.ts';
import { homeOf } from '../oauth/support/own-app.ts';
import { openWorld, password, type World } from '../oauth/support/world.ts';
import { openBrowser } from '../support/browser.ts';
import { checkPage } from './support/check-page.ts';
import { collectComplaints } from './support/complaints.ts';
import { press } from './support/keyboard.ts';

describe('the pages around our own apps', function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let world: World | undefined;
  let page: Page;
  before(async function () {
    browser = await openBrowser(this);
    world = await openWorld({ env: { APPS_DIR: join(tmpdir(), 'no-apps-are-here') } });
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });
  beforeEach(async () => {
    page = await (await browser!.newContext({ reducedMotion: 'reduce' })).newPage();
    page.setDefaultTimeout(60_000);
  });
  afterEach(() => page.context().close());

  it('show which apps there are', async () => {
    const complaints = collectComplaints(page);
    await page.goto(world!.url);

    await checkPage(page, 'apps');
    expect(complaints).to.deep.equal([]);
  });

  it('say that an app was not built', async () => {
    await page.goto(homeOf(world!, { id: 'portal' }));

    await checkPage(page, 'apps-not-built');
  });

  it('tell a patient that an app is for staff, and lead to their own by keyboard', async () => {
    const asked = {
      ...{ client: 'clinician', scope: 'openid user/*.rs' },
      parameters: { redirect_uri: homeOf(world!, { id: 'clinician' }) },
    };
    await page.goto(authorizeUrl(world!, asked, newVerifier()));
    await page.fill('#username', 'asha');
    await page.fill('#password', password);
    await page.getByRole('button', { name: /^sign in$/i }).click();
    await page.waitForSelector('h1:has-text("is not for this account")');

    await checkPage(page, 'apps-not-for-you');
    await press(page, /Open Meridian Portal/);
    expect(page.url()).to.equal(homeOf(world!, { id: 'portal' }));
  });
});
