// A mother registers her child and opens the child's record without her password; cards of it are what anybody can check.

import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

describe('people and cards in the portal', function () {
  this.timeout(240_000);
  let apps: Apps | undefined;
  let visit: Visit;
  let page: Page;
  before(async function () {
    apps = await openApps(this);
    visit = await apps.visit(375);
    page = visit.page;
    await visit.signIn('portal', 'priya');
  });
  after(() => apps?.close());

  it('shows a card whose file the page for checking believes', async () => {
    await open('card');
    await page.getByRole('img', { name: 'QR code of the card' }).waitFor();
    await look(page, 'portal-card');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the card’s file' }).click();
    const file = await download;
    const text = await readFile(await file.path(), 'utf8');

    await page.goto(`${apps!.server.url}/verify`);
    await page.getByLabel('Text of the card').fill(text);
    await page.getByRole('button', { name: 'Check' }).click();

    await page.getByText('Priya Sharma').first().waitFor();
    expect(file.suggestedFilename()).to.match(/\.smart-health-card$/);
  });

  it('shows results as cards, in words', async () => {
    await open('card');
    await page.locator('label').filter({ hasText: 'Results' }).click();

    await page
      .getByText(/HbA1c|Hemoglobin A1c/i)
      .first()
      .waitFor();
    await look(page, 'portal-card-results');
  });

  it('gives a sharing handle and takes it back', async () => {
    await page.getByRole('button', { name: 'Show my handle' }).click();
    await page.getByText(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/).waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();

    await page.getByText('It was taken back').waitFor();
  });

  it('registers a child', async () => {
    await open('people');
    await look(page, 'portal-people');
    await page.getByRole('link', { name: 'Register a person' }).click();
    await page.getByLabel('First names').fill('Anaya');
    await page.getByLabel('Family name').fill('Sharma');
    await page.getByLabel('Date of birth').fill('2021-04-09');
    await page.getByLabel('Sex').selectOption('female');
    await page.getByLabel('What you are to them').selectOption('MTH');
    await look(page, 'portal-people-new');
    await page.getByRole('button', { name: 'Register' }).click();

    await page.getByRole('heading', { name: 'You now care for one more person' }).waitFor();
  });

  it('opens the child’s record without a password, and says whose it is', async () => {
    await page.getByRole('button', { name: 'Open their record' }).click();
    await page.getByRole('button', { name: /Anaya Sharma/ }).click();

    await openRecord('Anaya Sharma').waitFor();

    await open('visits/new');
    await page.getByText('For: Anaya Sharma').waitFor();
    await open('people');
    await page.getByText('You (Priya Sharma)').waitFor();
  });

  it('comes back to the own record the same way', async () => {
    await page.getByRole('button', { name: 'Open another person’s record' }).click();
    await page.getByRole('button', { name: /Priya Sharma/ }).click();

    await openRecord('Priya Sharma').waitFor();
  });

  it('made no browser complain', () => {
    expect(visit.complaints).to.deep.equal([]);
  });

  /** The line that always says whose record is open. */
  const openRecord = (name: string) =>
    page.getByRole('region', { name: 'Open record' }).filter({ hasText: name });

  const open = async (path: string): Promise<void> => {
    await page.goto(`${apps!.server.url}/apps/portal/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
});
