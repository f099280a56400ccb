// The pages around our own apps: which there are, that one was not built, and that one is not for whoever signed in.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { authorizeUrl, newVerifier, post } from '../oauth/support/launch.ts';
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

  const signIn = async (username: string): Promise<void> => {
    await page.fill('#username', username);
    await page.fill('#password', password);
    await page.getByRole('button', { name: /^sign in$/i }).click();
  };

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

  it('are passed by at sign-out: one click in the app, and one is back in it', async () => {
    const [verifier, home] = [newVerifier(), homeOf(world!, { id: 'clinician' })];
    const asked = {
      ...{ client: 'clinician', scope: 'openid online_access user/*.rs' },
      parameters: { redirect_uri: home },
    };
    await page.goto(authorizeUrl(world!, asked, verifier));
    await signIn('dora');
    await page.waitForURL(/code=/);
    const { body } = await post(world!, '/token', {
      ...{ grant_type: 'authorization_code', redirect_uri: home, client_id: 'clinician' },
      ...{ code: new URL(page.url()).searchParams.get('code') ?? '', code_verifier: verifier },
    });
    const end = new URLSearchParams({
      ...{ id_token_hint: body.id_token, post_logout_redirect_uri: home, state: 'bye' },
    });

    await page.goto(`${world!.url}/oauth/session/end?${end.toString()}`);

    await page.waitForURL(`${home}?state=bye`);
    await page.goto(authorizeUrl(world!, asked, newVerifier()));
    await page.waitForSelector('#password');
  });

  it('tell a patient that an app is for staff, and lead to their own by keyboard', async () => {
    const asked = {
      ...{ client: 'clinician', scope: 'openid user/*.rs' },
      parameters: { redirect_uri: homeOf(world!, { id: 'clinician' }) },
    };
    await page.goto(authorizeUrl(world!, asked, newVerifier()));
    await signIn('asha');
    await page.waitForSelector('h1:has-text("is not for this account")');

    await checkPage(page, 'apps-not-for-you');
    await press(page, /Open Meridian Portal/);
    expect(page.url()).to.equal(homeOf(world!, { id: 'portal' }));
  });
});
