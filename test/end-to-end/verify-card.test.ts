// The page that checks health cards in a real browser: accessible, whole on a phone, and of use without scripts.

import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { checkPage } from './support/check-page.ts';
import { newCard } from './support/new-card.ts';

describe('the page that checks health cards', function () {
  this.timeout(120_000);
  let server: TestServer;
  let browser: Browser;
  const closers: (() => Promise<void>)[] = [];

  before(async function () {
    browser = await openBrowser(this);
    closers.push(() => browser.close());
    server = await startServer({ host: 'localhost' });
    closers.push(() => server.close());
  });
  after(async () => {
    for (const close of closers.toReversed()) await close();
  });

  it('looks right and can be used by everybody: empty, with a fault, and with a file', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/verify`);
    await checkPage(page, 'verify');

    await page.click('button:text-is("Check")');
    await page.waitForSelector('#errors');
    await checkPage(page, 'verify-fault');

    const text = JSON.stringify({ verifiableCredential: [await newCard(server)] });
    const name = 'anna.smart-health-card';
    const file = { name, mimeType: 'application/smart-health-card', buffer: Buffer.from(text) };
    await page.setInputFiles('#file', file);
    await page.click('button:text-is("Check")');
    await page.waitForSelector('h1:text-is("This card is genuine")');
    await checkPage(page, 'verify-genuine');
  });

  it('works without scripts, and tells of a changed card nothing but that', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.url}/verify`);
    expect(await page.isVisible('#camera')).to.be.false;
    await page.fill('#card', `${(await newCard(server)).slice(0, -8)}AAAAAAAA`);
    await page.click('button:text-is("Check")');

    await page.waitForSelector('h1:text-is("This card proves nothing")');
    expect(await page.textContent('main')).to.not.include('Rao');
  });
});
