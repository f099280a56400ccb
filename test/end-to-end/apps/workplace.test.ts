// A doctor of two hospitals signs in, says for which one, and the app shows and writes for that one; by keyboard, and without scripts.

import { hash } from 'node:crypto';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { checkPage } from '../support/check-page.ts';
import { press, typeInto } from '../support/keyboard.ts';
import { openApps, type Apps } from './support/open-apps.ts';

const password = 'green-hill-demo';

describe('a doctor of two hospitals', function () {
  this.timeout(180_000);
  let apps: Apps | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
  it('chooses one by keyboard, on a page clean to axe in all widths, and sees its name where they write', async () => {
    const { page, complaints, close } = await apps!.visit();
    await page.goto(`${apps!.server.url}/apps/clinician/`);
    await page.getByLabel(/user ?name/i).waitFor();
    await typeInto(page, /user ?name/i, 'okafor');
    await typeInto(page, /^password/i, password);
    await press(page, /^sign in$/i);
    await heading(page, 'Which hospital?').waitFor();

    await checkPage(page, 'workplace');
    await press(page, /^Lakeside/);
    await page.waitForURL(`${apps!.server.url}/apps/clinician/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${apps!.server.url}/apps/clinician/patients/kabir-das/follow-up`);

    await page.getByText('For Lakeside Women and Children Hospital').waitFor();
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('chooses one without scripts', async () => {
    const { url, base } = apps!.server;
    const context = await apps!.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const home = `${url}/apps/clinician/`;
    const asked = new URLSearchParams({
      ...{ response_type: 'code', client_id: 'clinician', redirect_uri: home, aud: base },
      ...{ scope: 'openid fhirUser user/*.rs', state: 'one', code_challenge_method: 'S256' },
      code_challenge: hash('sha256', 'a verifier that nobody shows', 'base64url'),
    });
    await page.goto(`${url}/oauth/auth?${asked.toString()}`);
    await page.getByLabel(/user ?name/i).fill('okafor');
    await page.getByLabel(/^password/i).fill(password);
    await page.getByRole('button', { name: /^sign in$/i }).click();

    await page.getByRole('button', { name: /^Sahyadri/ }).click();
    await page.waitForURL(`${home}?code=*`);

    expect(new URL(page.url()).searchParams.get('code')).to.have.length.above(10);
    await context.close();
  });
});
