// An app that nobody uses: it warns, locks itself, and opens again for whoever it was, with what was typed, and for nobody else so.
// https://www.w3.org/TR/WCAG22/#timing-adjustable  https://playwright.dev/docs/clock

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { look } from './support/look.ts';
import { openApps, type AppName, type Apps, type Visit } from './support/open-apps.ts';

const pin = '724913';
/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const typed = 'Coughs since Tuesday, worse at night.';
const locked = /nobody has used this app for a while, so it is locked/i;
const soon = /it is about to lock itself/i;
const ofPatient = /Priya|Sharma|penicillin/i;

/** Run in the page. */
const readDrafts = `Object.keys(sessionStorage)
  .filter((key) => key.startsWith('meridian:draft:'))
  .map((key) => sessionStorage.getItem(key)).join()`;
const readToken = `Object.values(sessionStorage)
  .flatMap((text) => /"access_token":"([^"]+)"/.exec(text)?.[1] ?? [])[0] ?? null`;

describe('an app that nobody uses', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());

  const address = (app: AppName, path = ''): string => `${apps!.server.url}/apps/${app}/${path}`;

  const visitWithClock = async (app: AppName, username: string, width: number): Promise<Visit> => {
    const visit = await apps!.visit(width);
    await visit.page.clock.install();
    await visit.signIn(app, username);
    return visit;
  };

  const notice = (page: Page) => page.getByRole('region', { name: 'About to lock' });

  const unlockAs = async (page: Page, username: string): Promise<void> => {
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel(/user ?name/i).fill(username);
    await page.getByLabel(/^password/i).fill('green-hill-demo');
    await page.getByRole('button', { name: /^sign in$/i }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/apps/'));
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

  describe('of a clinician who writes a note', () => {
    const note = 'patients/priya-sharma/note';
    let visit: Visit;
    let page: Page;
    let token = '';
    before(async () => {
      visit = await visitWithClock('clinician', 'deshpande', 1280);
      page = visit.page;
      await page.goto(address('clinician', note));
      await page.getByLabel(/^Note/).fill(typed);
    });
    after(() => visit.close());

    it('says so a minute before, in words that are read out once', async () => {
      await page.clock.fastForward('09:05');
      await notice(page).waitFor();

      const alert = notice(page).getByRole('alert');
      expect(await alert.innerText()).to.match(soon);
      const seconds = page.getByRole('timer');
      expect(await seconds.innerText()).to.match(/^Locks in \d+ seconds$/);
      expect(await alert.filter({ has: seconds }).count()).to.equal(0);
      await look(page, 'idle-notice');
    });

    it('stays open by one press of the button, from then on as long as before', async () => {
      await notice(page).getByRole('button', { name: 'Keep it open' }).click();
      await notice(page).waitFor({ state: 'detached' });

      await page.clock.fastForward('08:50');

      expect(await notice(page).count()).to.equal(0);
      expect(await page.getByLabel(/^Note/).inputValue()).to.equal(typed);
    });

    it('stays open by any key, and by what is done in another tab', async () => {
      await page.clock.fastForward('00:15');
      await notice(page).waitFor();
      await page.keyboard.press('Shift');
      await notice(page).waitFor({ state: 'detached' });

      const other = await page.context().newPage();
      // Nobody is asked for a password as long as the app is used.
      await other.goto(address('clinician'));
      await other.getByRole('heading', { level: 1 }).waitFor();
      await page.clock.fastForward('09:10');
      await notice(page).waitFor();
      await other.keyboard.press('Shift');
      await notice(page).waitFor({ state: 'detached' });
      await other.close();
    });

    it('locks itself: nothing of the patient is in the page, and no token', async () => {
      token = await page.evaluate(readToken);
      expect(await page.content()).to.match(ofPatient);
      await page.clock.fastForward('10:01');

      await page.getByText(locked).waitFor();

      expect(await page.content()).not.to.match(ofPatient);
      expect(await page.evaluate(readToken)).to.equal(null);
      expect(await page.title()).to.equal('Meridian');
      await look(page, 'idle-locked');
    });

    it('has made its token void at the server', async () => {
      const answer = await fetch(`${apps!.server.base}/Patient/priya-sharma`, {
        headers: { authorization: `Bearer ${token}` },
      });

      expect(answer.status).to.equal(401);
    });

    for (const [what, app] of [
      ['itself in another tab', 'clinician'],
      ['another app', 'portal'],
    ] as const)
      it(`asks for the password before it opens ${what}`, async () => {
        const other = await page.context().newPage();
        await other.goto(address(app));

        await other.getByLabel(/^password/i).waitFor();
        await other.close();
      });

    it('is locked still when the page is loaded anew, and asks for the password', async () => {
      await page.reload();

      await page.getByLabel(/^password/i).waitFor();
      await page.goBack();
      await page.goto(address('clinician', note));
      await page.getByLabel(/^password/i).waitFor();
    });

    it('opens at the same page with what was typed, for whoever it was', async () => {
      await page.getByLabel(/user ?name/i).fill('deshpande');
      await page.getByLabel(/^password/i).fill('green-hill-demo');
      await page.getByRole('button', { name: /^sign in$/i }).click();
      await page.waitForURL(address('clinician', note));

      await page.getByLabel(/^Note/).waitFor();
      expect(await page.getByLabel(/^Note/).inputValue()).to.equal(typed);
    });

    it('locks before anything happens when the machine wakes from sleep', async () => {
      await page.clock.pauseAt(await later(page, 1000));
      await page.clock.setSystemTime(await later(page, 3_600_000));
      await page.keyboard.press('Shift');

      expect(await page.content()).not.to.match(ofPatient);
      await page.getByText(locked).waitFor();
      await page.clock.resume();
    });

    it('shows somebody else who signs in neither the page nor what was typed', async () => {
      await unlockAs(page, 'subramanian');

      expect(page.url()).to.equal(address('clinician'));
      expect(await page.evaluate(readDrafts)).to.equal('');
      expect(await page.content()).not.to.contain(typed);
      expect(visit.complaints.filter((each) => !/401/.test(each))).to.deep.equal([]);
    });
  });

  it('locks itself in a frame of another page, and opens there once somebody has signed in', async () => {
    const { page, close } = await visitWithClock('desk', 'kulkarni', 1280);
    const around = `${apps!.server.url}/around`;
    await page.route(around, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="${address('desk')}" width="1000" height="700"></iframe>`,
      }),
    );
    await page.goto(around);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { level: 1 }).waitFor();
    await page.clock.fastForward('10:01');
    await frame.getByText(locked).waitFor();

    const opening = page.context().waitForEvent('page');
    await frame.getByRole('button', { name: 'Sign in' }).click();
    const window = await opening;
    await window.getByLabel(/user ?name/i).fill('kulkarni');
    await window.getByLabel(/^password/i).fill('green-hill-demo');
    await window.getByRole('button', { name: /^sign in$/i }).click();
    await window.getByRole('navigation').first().waitFor();
    await frame.getByRole('button', { name: 'Sign in' }).click();

    await frame.getByRole('navigation').first().waitFor();
    await close();
  });

  describe('of a patient', () => {
    let visit: Visit;
    let page: Page;
    before(async () => {
      visit = await visitWithClock('portal', 'priya', 320);
      page = visit.page;
    });
    after(() => visit.close());

    it('is not locked in the middle of an upload, and its whole time after it', async () => {
      let goOn = (): void => undefined;
      const waiting = new Promise<void>((resolve) => (goOn = resolve));
      await page.route('**/fhir/Binary/**', async (route) => {
        if (route.request().method() === 'PATCH') await waiting;
        await route.continue();
      });
      await beginUpload(page);
      for (let minutes = 0; minutes < 40; minutes += 10) {
        await page.clock.fastForward('10:00');
        await page.clock.runFor(1000);
      }
      expect(await page.getByText(locked).count()).to.equal(0);
      expect(await notice(page).count()).to.equal(0);
      goOn();
      await page.getByRole('img', { name: 'hand' }).waitFor();

      await page.clock.fastForward('14:10');
      await notice(page).waitFor();
      await look(page, 'idle-notice-portal');
      await page.clock.fastForward('01:00');
      await page.getByText(locked).waitFor();
      await unlockAs(page, 'priya');
    });

    const beginUpload = async (on: Page): Promise<void> => {
      await on.goto(address('portal', 'documents/new'));
      await on
        .getByLabel('Choose a file')
        .last()
        .setInputFiles({ name: 'hand.png', mimeType: 'image/png', buffer: picture });
      await on.getByLabel('Kind').selectOption('imaging');
      const sent = on.waitForRequest((request) => request.method() === 'PATCH');
      await on.getByRole('button', { name: 'Add to the record' }).click();
      await sent;
    };

    it('asks for the PIN of what the device keeps where there is no network', async () => {
      await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
      await page.goto(address('portal', 'profile'));
      await page.getByRole('switch', { name: /keep my last seen record/i }).click();
      for (const field of await page.locator('input[type=password]').all()) await field.fill(pin);
      await page.getByRole('button', { name: 'Keep it' }).click();
      await page.getByText(/this device keeps your record as of/i).waitFor();
      await page.context().setOffline(true);
      await page.clock.fastForward('15:01');

      const field = page.locator('input[type=password]');
      await field.waitFor();
      expect(await page.content()).not.to.match(ofPatient);
      await field.fill(pin);
      await page.getByRole('button', { name: 'Open', exact: true }).click();

      await page.getByText(/no network: this is your record as of/i).waitFor();
      expect(await page.content()).to.match(ofPatient);
    });

    it('locks what the device keeps, too', async () => {
      await page.clock.fastForward('15:01');

      await page.locator('input[type=password]').waitFor();
      expect(await page.content()).not.to.match(ofPatient);
    });

    it('asks for the password, not the PIN, once there is a network', async () => {
      await page.context().setOffline(false);
      await page.getByRole('button', { name: 'Back', exact: true }).click();

      await page.getByLabel(/user ?name/i).waitFor();
    });
  });
});

/** By the clock of the page. */
const later = async (page: Page, ms: number): Promise<number> =>
  (await page.evaluate<number>('Date.now()')) + ms;
