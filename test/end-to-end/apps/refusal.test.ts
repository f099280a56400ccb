// Refusal: what an app tells of a sign-in that the server refused, and what no link can make it say.

import { expect } from 'chai';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

describe('a sign-in that was refused', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let visit: Visit | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  afterEach(() => visit?.close());
  after(() => apps?.close());

  it('is told in the app where the person goes back to it', async () => {
    visit = await apps!.visit();
    const { page } = visit;
    await page.goto(`${apps!.server.url}/apps/clinician/`);
    await page.getByLabel(/user ?name/i).fill('priya');
    await page.getByLabel(/^password/i).fill('green-hill-demo');
    await page.getByRole('button', { name: /^sign in$/i }).click();
    await page.getByRole('button', { name: 'Go back' }).click();

    await page.getByText('The user refused.').waitFor();
    expect(new URL(page.url()).search).to.equal('');
  });

  it('is not what a link says it is', async () => {
    visit = await apps!.visit();
    const { page } = visit;
    const words = '?error=access_denied&error_description=Call+0900+at+once&state=portal';

    await page.goto(`${apps!.server.url}/apps/portal/${words}`);
    await page.getByLabel(/user ?name/i).waitFor();

    expect(await page.content()).not.to.contain('0900');
  });
});
