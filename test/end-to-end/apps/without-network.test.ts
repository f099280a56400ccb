// Without network: the portal can be installed, opens all the same, and shows the record this device keeps to whoever has the PIN.

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

const pin = '724913';

/** Run in the page. */
const readCaches = `(async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found;
})()`;
const readShelf = `new Promise((found, failed) => {
  const opening = indexedDB.open('meridian-offline');
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys();
    keys.onsuccess = () => found(keys.result);
  };
})`;

describe('the portal without network', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let visit: Visit | undefined;
  let page: Page;
  const address = (path = ''): string => `${apps!.server.url}/apps/portal/${path}`;

  before(async function () {
    apps = await openApps(this);
    visit = await apps.visit(375);
    page = visit.page;
    await visit.signIn('portal', 'priya');
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  });
  after(async () => {
    await visit?.close();
    await apps?.close();
  });

  const keptPaths = (): Promise<readonly string[]> => page.evaluate(readCaches);

  it('has what a browser wants of an app that is installed', async () => {
    const devtools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // As long as it is there the page takes itself to be online.
    await devtools.detach();

    // A window that keeps nothing is not asked to install; nothing else is wrong.
    expect(
      installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
    ).to.deep.equal([]);
  });

  it('keeps the record once its person has chosen a PIN that is not too simple', async () => {
    await page.goto(address('profile'));
    await page.getByRole('switch', { name: /keep my last seen record/i }).click();
    await typePin('123456');
    await page.getByText(/too easily guessed/).waitFor();

    await typePin(pin);

    await page.getByText(/this device keeps your record as of/i).waitFor();
  });

  const typePin = async (typed: string): Promise<void> => {
    for (const field of await page.locator('input[type=password]').all()) await field.fill(typed);
    await page.getByRole('button', { name: 'Keep it' }).click();
  };

  it('keeps its own built files for that, and nothing the server has answered', async () => {
    const kept = await keptPaths();

    expect(kept).to.include('/apps/portal/');
    expect(kept.filter((path) => !/^\/apps\/portal\/(assets\/[^/]+)?$/.test(path))).to.deep.equal(
      [],
    );
  });

  it('says that there is no network, and opens the record with the PIN only', async () => {
    await page.context().setOffline(true);
    await page.goto(address('medicines'));
    await page.getByRole('button', { name: /open the record on this device/i }).click();

    await openWith('111222');
    await page.getByText(/not the pin. you can try 4 more times/i).waitFor();
    await openWith(pin);

    await page.getByText(/no network: this is your record as of/i).waitFor();
    expect(await page.locator('main').innerText()).to.match(
      /Priya Sharma[^]*penicillin[^]*Metformin/,
    );
    await look(page, 'portal-without-network');
  });

  const openWith = async (typed: string): Promise<void> => {
    await page.locator('input[type=password]').fill(typed);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
  };

  it('comes back to the page that was wanted once there is a network again', async () => {
    await page.context().setOffline(false);
    await page.getByRole('button', { name: /network is back/i }).click();

    await page.getByRole('heading', { level: 1, name: 'Medicines' }).waitFor();
  });

  it('keeps nothing of the person after signing out, even for the button that goes back', async () => {
    await page.getByRole('button', { name: /account/i }).click();
    await page.getByRole('button', { name: /sign out/i }).click();
    await page.getByText(/you have signed out/i).waitFor();

    expect(await page.evaluate(readShelf)).to.deep.equal([]);
    expect(await page.evaluate('Object.keys(sessionStorage)')).to.deep.equal([
      'meridian:signed-out',
    ]);
    await page.goBack();
    await page.getByText(/you have signed out/i).waitFor();
  });
});
