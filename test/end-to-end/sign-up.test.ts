// Registering in a real browser: accessible and whole on a phone, by keyboard alone, without scripts, and codes can be pasted.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { codeTo, person, secret } from '../oauth/sign-up/support.ts';
import { openBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { checkPage } from './support/check-page.ts';
import { collectComplaints } from './support/complaints.ts';
import { press, tabTo, typeInto } from './support/keyboard.ts';

describe('registering in a browser', function () {
  this.timeout(180_000);
  let server: TestServer;
  let browser: Browser;
  let dataDir: string;
  const complaints: (readonly string[])[] = [];
  /** What was opened; where no browser starts, nothing was. */
  const closers: (() => Promise<void>)[] = [];

  before(async function () {
    browser = await openBrowser(this);
    closers.push(() => browser.close());
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-sign-up-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    server = await startServer({ guard: 'standard', dataDir, host: 'localhost' });
    closers.push(() => server.close());
  });
  after(async () => {
    for (const close of closers.toReversed()) await close();
  });

  const newPage = async (options: { javaScriptEnabled?: boolean } = {}): Promise<Page> => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    complaints.push(collectComplaints(page));
    return page;
  };
  const open = (page: Page): Promise<unknown> => page.goto(`${server.url}/oauth/sign-up`);
  const fill = async (page: Page, contact: string): Promise<void> => {
    await page.fill('#given', person.given);
    await page.fill('#family', person.family);
    await page.fill('#day', person.day);
    await page.selectOption('#month', person.month);
    await page.fill('#year', person.year);
    await page.check('#gender-female');
    await page.fill('#contact', contact);
    await page.fill('#password', secret);
  };
  const send = (page: Page): Promise<void> => page.click('text="Send me a code"');
  const type = async (page: Page, code: string): Promise<void> => {
    await page.fill('#code', code);
    await page.click('text="Continue"');
  };

  describe('shows pages that everybody can use:', () => {
    let page: Page;

    it('from the sign-in page to the form', async () => {
      page = await newPage();
      await page.goto(`${server.url}/oauth/account`);
      await page.click('text="New here? Register"');

      await page.waitForSelector('h1:has-text("Register")');
      await checkPage(page, 'sign-up');
    });

    it('the form with faults', async () => {
      await fill(page, '98450');
      await page.fill('#day', '31');
      await page.selectOption('#month', '2');
      await send(page);

      await page.waitForSelector('#errors');
      await checkPage(page, 'sign-up-fault');
      expect(await page.evaluate('document.activeElement.id')).to.equal('errors');
      expect(await page.inputValue('#given')).to.equal(person.given);
      await page.click('#errors a >> nth=0');
      expect(await page.evaluate('document.activeElement.id')).to.equal('day');
    });

    it('the code', async () => {
      await fill(page, 'lakshmi@example.org');
      await send(page);

      await page.waitForSelector('#code');
      await checkPage(page, 'sign-up-code');
    });

    it('a wrong code', async () => {
      await type(page, '1');

      await page.waitForSelector('#errors');
      await checkPage(page, 'sign-up-wrong-code');
    });

    it('what comes next, and a second code that is wrong', async () => {
      await type(page, await codeTo(dataDir, 'lakshmi@example.org'));
      await page.waitForSelector('h1:has-text("We have your registration")');
      await checkPage(page, 'sign-up-next');

      await type(page, '12345678');
      await page.waitForSelector('#errors');
      await checkPage(page, 'sign-up-next-fault');
    });

    it('and leads back to where they came from, here to the account, and on to the portal', async () => {
      await page.click('main >> text="Sign in"');
      await page.fill('#username', 'lakshmi@example.org');
      await page.fill('#password', secret);
      await page.click('button:text-is("Sign in")');

      await page.waitForSelector('h1:has-text("Your account")');
      const portal = await page.getAttribute('main >> text="Meridian Portal"', 'href');
      expect(portal).to.equal('/apps/portal/');
    });
  });

  it('can be done by keyboard alone', async () => {
    const page = await newPage();
    await open(page);

    await typeInto(page, /First and middle/, 'Zubin');
    await typeInto(page, /Family name/, 'Wadia');
    await typeInto(page, /^Day/, '9');
    await tabTo(page, /^Month/);
    await page.keyboard.type('Oct');
    await typeInto(page, /^Year/, '1951');
    await tabTo(page, /Female/);
    await page.keyboard.press('ArrowDown');
    await typeInto(page, /Mobile number/, 'zubin@example.org');
    await typeInto(page, /New password/, secret);
    await press(page, /Send me a code/);
    await typeInto(page, /Code/, await codeTo(dataDir, 'zubin@example.org'));
    await press(page, /Continue/);

    expect(await page.textContent('h1')).to.equal('We have your registration');
  });

  it('can be done without scripts, and a code that is pasted is taken', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await open(page);
    await fill(page, 'third@example.org');
    await page.fill('#given', 'Farida');
    await page.fill('#family', 'Contractor');
    await send(page);
    const code = await codeTo(dataDir, 'third@example.org');

    await type(page, ` ${code.slice(0, 4)} ${code.slice(4)} `);

    await page.waitForSelector('h1:has-text("We have your registration")');
  });

  it('tells the browser and its password manager what each field is', async () => {
    const page = await newPage();
    await open(page);

    const fields = await page.$$eval('input:not([type=hidden]), select', (all) =>
      (all as unknown as { name: string; autocomplete: string; onpaste: unknown }[]).map(
        ({ name, autocomplete, onpaste }) => `${name} ${autocomplete} ${String(onpaste)}`,
      ),
    );

    expect([...new Set(fields)]).to.deep.equal([
      ...['given given-name null', 'family family-name null', 'day bday-day null'],
      ...['month bday-month null', 'year bday-year null', 'gender sex null'],
      ...['contact username null', 'password new-password null'],
    ]);
  });

  it('never made the browser complain', () => {
    const all = complaints.flat().filter((text) => !/status of 4\d\d/.test(text));

    expect(all).to.deep.equal([]);
  });
});
