// Without a mouse: the main ways through each app by Tab, Enter, Space and arrows alone. The focus shows wherever it stands.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { tabTo, typeInto } from '../support/keyboard.ts';
import { askAs } from './support/ask-as.ts';
import { openApps, type AppName, type Apps, type Visit } from './support/open-apps.ts';

const people = { portal: 'priya', clinician: 'deshpande', desk: 'kulkarni' } as const;

describe('by keyboard alone', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let visit: Visit;
  let page: Page;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());
  afterEach(() => visit.close());

  const enter = async (app: AppName, width: number): Promise<void> => {
    visit = await apps!.visit(width);
    page = visit.page;
    await visit.signIn(app, people[app]);
  };

  for (const app of ['portal', 'clinician', 'desk'] as const)
    it(`one skips to the content of the ${app}`, async () => {
      await enter(app, 1280);
      await page.waitForLoadState('networkidle');

      await tabTo(page, /^Skip to the content$/, 'Shift+Tab');
      await page.keyboard.press('Enter');
      await page.locator('main:focus').waitFor();
      await page.keyboard.press('Tab');

      expect(await page.evaluate(isInContent)).to.equal(true);
    });

  it('a patient opens the menu of a phone, goes to the visits and books', async () => {
    await enter('portal', 375);

    await press(/^Menu$/, 'Shift+Tab');
    await press(/^Visits$/);
    await heading('Appointments');
    await press(/^Book an appointment$/);
    await heading('Book an appointment');
    await tabTo(page, /^Specialty/);
    await page.keyboard.type('Cardiology');
    await page
      .getByRole('heading', { name: /^Dr\. (Chidi Okafor|Meera Subramanian)/ })
      .first()
      .waitFor();
    await press(/^\d+:\d\d [ap]m .*Dr\. /);
    await heading('Confirm your appointment');
    await typeInto(page, /^What is it about/, 'Palpitations at night');
    await press(/^Book now$/);

    await page.getByText('Your appointment is booked.').waitFor();
  });

  it('a patient gives a hospital less than it asked for', async () => {
    await ask();
    await enter('portal', 375);
    await page.goto(`${apps!.server.url}/apps/portal/sharing`);
    await page.getByRole('button', { name: 'Choose what to share' }).waitFor();

    await press(/^Choose what to share$/);
    await page.getByRole('dialog').waitFor();
    await staysInDialog();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Choose what to share' }).and(focused()).waitFor();
    await page.keyboard.press('Enter');
    await tabTo(page, /^Medicines$/);
    await page.keyboard.press('Space');
    await press(/^Share it$/);

    await page.getByRole('button', { name: /^Stop sharing/ }).waitFor();
  });

  it('a doctor finds a patient, opens the chart and prescribes', async () => {
    await enter('clinician', 1280);

    await page.keyboard.press('/');
    await page.getByLabel('Find a patient').and(focused()).waitFor();
    await page.keyboard.type('Arjun');
    await page.getByRole('link', { name: /^Arjun/ }).waitFor();
    await press(/^Arjun/);
    await heading('Chart');
    await page.getByRole('link', { name: 'Prescribe' }).waitFor();
    await press(/^Prescribe$/);
    await heading('Prescribe');
    await page.getByLabel('Medicine').first().waitFor();
    await typeInto(page, /^Medicine\b/, 'paracet');
    await page
      .getByRole('option', { name: /paracetamol/i })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await typeInto(page, /^Strength and form/, '500 mg tablet');
    await typeInto(page, /^For how long/, '5');
    await press(/^Prescribe$/);

    await heading('Prescription');
    await page
      .getByText(/paracetamol/i)
      .first()
      .waitFor();
  });

  it('a clerk registers somebody', async () => {
    await enter('desk', 1280);

    await press(/^Register$/, 'Shift+Tab');
    await heading('Register a person');
    await typeInto(page, /^First names/, 'Meena');
    await typeInto(page, /^Family name/, 'Kelkar');
    // The same in every order of day and month.
    await typeInto(page, /^Birth date/, '03031987');
    await tabTo(page, /^Sex/);
    await page.keyboard.type('Female');
    await page.getByText('Nobody like this is known here.').waitFor();
    await press(/^Register$/);

    await page.getByTestId('uhid').waitFor();
  });

  const press = async (wanted: RegExp, key?: string): Promise<void> => {
    await tabTo(page, wanted, key);
    await page.keyboard.press('Enter');
  };
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const focused = () => page.locator(':focus');

  /** Round all its stops and on. */
  const staysInDialog = async (): Promise<void> => {
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(isInDialog)).to.equal(true);
    }
  };

  /** A doctor of another hospital would see what the patient's own has measured and prescribed. */
  const ask = async (): Promise<void> => {
    const priya = await askAs(apps!.server, {
      ...{ user: 'Patient/priya-sharma', patient: 'priya-sharma', scope: 'patient/*.rs' },
    });
    const { body } = await priya.get<Patient>('Patient/priya-sharma');
    const doctor = await askAs(apps!.server, {
      ...{ user: 'Practitioner/dr-subramanian', organization: 'Organization/kaveri' },
      scope: 'user/*.cruds',
    });
    const { status } = await doctor.operate('Patient/$request-access', [
      {
        name: 'identifier',
        valueIdentifier: body.identifier!.find(({ system }) => system?.endsWith('/uhid'))!,
      },
      { name: 'kind', valueCode: 'results' },
      { name: 'kind', valueCode: 'medications' },
    ]);
    expect(status).to.equal(202);
  };
});

/** Run in the page. */
const isInContent = `document.querySelector('main').contains(document.activeElement)`;
const isInDialog = `document.activeElement.closest('[role=dialog]') !== null`;
