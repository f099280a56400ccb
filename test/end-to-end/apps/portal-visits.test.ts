// A patient finds, books, moves and cancels a visit on a phone; times that are taken and networks that fail have their words.

import { expect } from 'chai';
import type { Appointment, Bundle } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { askAs, type Asks } from './support/ask-as.ts';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

describe('visits in the portal', function () {
  this.timeout(240_000);
  let apps: Apps | undefined;
  let visit: Visit;
  let page: Page;
  let priya: Asks;
  before(async function () {
    apps = await openApps(this);
    priya = await askAs(apps.server, {
      ...{ user: 'Patient/priya-sharma', patient: 'priya-sharma' },
      scope: 'patient/*.cruds user/*.rs',
    });
    visit = await apps.visit(375);
    page = visit.page;
    await visit.signIn('portal', 'priya');
  });
  after(() => apps?.close());

  it('finds times by specialty, with doctor, place and price', async () => {
    await open('visits/new');
    await page.getByLabel('Specialty').selectOption({ label: 'Cardiology' });
    await page.getByLabel('Place').selectOption('Chennai');

    await page.getByRole('heading', { name: 'Dr. Meera Subramanian' }).first().waitFor();

    expect(await page.getByRole('heading', { name: /^Dr\. / }).allInnerTexts()).to.satisfy(
      (names: readonly string[]) => names.every((name) => name === 'Dr. Meera Subramanian'),
    );
    await page.getByText('₹1,000').first().waitFor();
    await look(page, 'portal-visits-new');
  });

  it('books a time by keyboard alone, with what one wants to say', async () => {
    await firstTime().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Confirm your appointment' }).waitFor();
    await page.getByRole('timer').waitFor();
    await look(page, 'portal-visits-confirm');
    await page.getByLabel('What is it about?').fill('Palpitations at night');
    await page.getByRole('button', { name: 'Book now' }).focus();
    await page.keyboard.press('Enter');

    await page.getByText('Your appointment is booked.').waitFor();

    const [booked] = await visits('booked');
    expect(booked?.comment).to.equal('Palpitations at night');
    await look(page, 'portal-visit');
  });

  it('saves it for a calendar', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Add to calendar' }).click();

    expect((await download).suggestedFilename()).to.equal('appointment.ics');
  });

  it('moves it in one step', async () => {
    const [before] = await visits('booked');
    await page.getByRole('link', { name: 'Change the time' }).click();
    await page.getByRole('heading', { name: 'Change the time' }).waitFor();
    await firstTime().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move it' }).click();

    await page.getByText('Your appointment was moved.').waitFor();

    const [after] = await visits('booked');
    expect(after?.id).to.equal(before?.id);
    expect(after?.start).not.to.equal(before?.start);
  });

  it('cancels it, with the rule said beforehand', async () => {
    await page.getByText('You can move or cancel it here').waitFor();
    await page.getByRole('button', { name: 'Cancel the appointment' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('I feel better');
    await dialog.getByRole('button', { name: 'Cancel the appointment' }).click();

    await page.getByRole('alert').filter({ hasText: 'Cancelled' }).waitFor();

    const [cancelled] = await visits('cancelled');
    expect(cancelled?.cancelationReason?.text).to.equal('I feel better');
    expect(await visits('booked')).to.deep.equal([]);
  });

  it('says that a time was taken meanwhile, and shows the next ones', async () => {
    const other = await askAs(apps!.server, {
      ...{ user: 'Practitioner/desk-selvam', organization: 'Organization/kaveri' },
      scope: 'user/*.cruds',
    });
    await open('visits/new');
    const time = firstTime();
    const name = (await time.getAttribute('aria-label')) ?? '';
    await takeFirst(other);

    await time.click();

    await page.getByRole('alert').filter({ hasText: 'This time has just been taken' }).waitFor();
    await page.getByRole('button', { name }).waitFor({ state: 'detached' });
    await firstTime().waitFor();
  });

  it('loses nothing when the answer to booking is lost, and books once', async () => {
    await firstTime().click();
    await page.getByRole('heading', { name: 'Confirm your appointment' }).waitFor();
    await page.getByLabel('What is it about?').fill('A second opinion');
    let lost = 0;
    await page.route('**/Appointment/$book', async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort();
    });
    await page.getByRole('button', { name: 'Book now' }).click();
    await page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor();
    expect(await page.getByLabel('What is it about?').inputValue()).to.equal('A second opinion');
    await page.unroute('**/Appointment/$book');

    await page.getByRole('button', { name: 'Book now' }).click();

    await page.getByText('Your appointment is booked.').waitFor();
    expect(lost).to.equal(1);
    expect((await visits('booked')).map(({ comment }) => comment)).to.deep.equal([
      'A second opinion',
    ]);
  });

  it('joins a waiting list where no time suits', async () => {
    await open('visits/wait');
    await page.getByRole('radio').first().check();
    await look(page, 'portal-visits-wait');
    await page.getByRole('button', { name: 'Join the waiting list' }).click();

    await page.getByRole('button', { name: 'Leave the waiting list' }).waitFor();

    expect(await visits('waitlist')).to.have.length(1);
    await open('visits');
    await page.getByText('On the waiting list').waitFor();
    await look(page, 'portal-visits');
  });

  it('complained of nothing but the network that failed', () => {
    const others = visit.complaints.filter((text) => !/409|ERR_FAILED|404/.test(text));

    expect(others).to.deep.equal([]);
  });

  const open = async (path: string): Promise<void> => {
    await page.goto(`${apps!.server.url}/apps/portal/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

  const firstTime = () => page.getByRole('button', { name: /^\d+:\d\d [ap]m .*Dr\. / }).first();

  /** Those that were made here: the one of the demonstration takes no Slot. */
  const visits = async (status: string): Promise<readonly Appointment[]> => {
    const { body } = await priya.get<Bundle<Appointment>>(
      `Appointment?patient=priya-sharma&status=${status}`,
    );
    return (body.entry ?? [])
      .flatMap(({ resource }) => resource ?? [])
      .filter(({ id }) => id !== 'appt-priya');
  };

  /** Somebody else books what the page still offers. */
  const takeFirst = async (other: Asks): Promise<void> => {
    const now = Date.now();
    const [start, end] = [now, now + 20 * 86_400_000].map((at) => new Date(at).toISOString());
    const asked = `start=${start!}&end=${end!}&practitioner=Practitioner/dr-subramanian&_count=1`;
    const { body } = await other.get<Bundle>(`Appointment/$find?${asked}`);
    const { status } = await other.operate('Appointment/$book', [
      {
        name: 'appointment-reference',
        valueReference: { reference: `Appointment/${body.entry?.[0]?.resource?.id ?? ''}` },
      },
      { name: 'patient-reference', valueReference: { reference: 'Patient/seed-2' } },
    ]);
    expect(status).to.equal(201);
  };
});
