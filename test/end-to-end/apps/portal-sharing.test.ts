// A hospital asks, the patient gives less than was asked and takes it back, and sees who has looked; on a phone.

import { expect } from 'chai';
import type { Bundle, Consent, Observation, Patient } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { askAs, type Asks } from './support/ask-as.ts';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

describe('sharing in the portal', function () {
  this.timeout(240_000);
  let apps: Apps | undefined;
  let visit: Visit;
  let page: Page;
  let priya: Asks;
  let doctor: Asks;
  before(async function () {
    apps = await openApps(this);
    priya = await askAs(apps.server, {
      ...{ user: 'Patient/priya-sharma', patient: 'priya-sharma' },
      scope: 'patient/*.rs',
    });
    doctor = await askAs(apps.server, {
      ...{ user: 'Practitioner/dr-subramanian', organization: 'Organization/kaveri' },
      scope: 'user/*.cruds',
    });
    visit = await apps.visit(375);
    page = visit.page;
    await visit.signIn('portal', 'priya');
  });
  after(() => apps?.close());

  it('shows who asks, of which hospital, for what and why', async () => {
    const { status } = await doctor.operate('Patient/$request-access', [
      { name: 'identifier', valueIdentifier: await healthId() },
      { name: 'kind', valueCode: 'results' },
      { name: 'kind', valueCode: 'medications' },
      { name: 'text', valueString: 'For your visit on Monday' },
    ]);
    expect(status).to.equal(202);

    await open('sharing');

    await page.getByRole('heading', { name: 'Kaveri Heart and Brain Institute' }).waitFor();
    await page.getByText('Dr. Meera Subramanian').waitFor();
    await page.getByText('For your visit on Monday').waitFor();
    await page.getByText('Asks to see: Test results, Medicines').waitFor();
    await look(page, 'portal-sharing');
  });

  it('gives less than was asked, and no more', async () => {
    await page.getByRole('button', { name: 'Choose what to share' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Medicines').uncheck();
    await look(page, 'portal-sharing-approve');
    await dialog.getByRole('button', { name: 'Share it' }).click();

    await page.getByRole('button', { name: 'Stop sharing' }).waitFor();

    expect(await seenBy('Observation')).to.be.greaterThan(0);
    expect(await seenBy('MedicationRequest')).to.equal(0);
  });

  it('shows what was looked at, by whom and of which hospital', async () => {
    await open('sharing/looked');

    const line = page.getByRole('listitem').filter({ hasText: 'Meera Subramanian' }).first();
    await line.getByText('Kaveri Heart and Brain Institute').waitFor();
    await line.getByText('results and vital signs').first().waitFor();

    await page
      .getByLabel('Hospital')
      .selectOption({ label: 'Lakeside Women and Children Hospital' });
    await line.waitFor({ state: 'detached' });
    await page.getByLabel('Hospital').selectOption({ label: 'Kaveri Heart and Brain Institute' });
    await line.waitFor();
    await look(page, 'portal-sharing-looked');
  });

  it('takes it back, which holds at once', async () => {
    await open('sharing');
    await page.getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click();

    await page.getByText('You share your record with nobody').waitFor();

    expect(await seenBy('Observation')).to.equal(0);
  });

  it('shares unasked, with a hospital found by name', async () => {
    await page.getByRole('link', { name: 'Share my record' }).click();
    await page.getByLabel('Name of a hospital or doctor').fill('Subramanian');
    await page.getByRole('radio', { name: 'Dr. Meera Subramanian' }).check();
    await page.getByLabel('Everything').uncheck();
    await page.getByLabel('Medicines').check();
    await look(page, 'portal-sharing-new');
    await page.getByRole('button', { name: 'Share it' }).click();

    await page.getByRole('button', { name: 'Stop sharing' }).waitFor();

    const { body } = await priya.get<Bundle<Consent>>('Consent?patient=priya-sharma&status=active');
    const provision = body.entry?.[0]?.resource?.provision;
    expect(provision?.class?.map(({ code }) => code)).to.deep.equal(['medications']);
    expect(await seenBy('MedicationRequest')).to.be.greaterThan(0);
    expect(await seenBy('Observation')).to.equal(0);
  });

  it('says when the record was opened in an emergency, and why', async () => {
    const { status } = await doctor.operate('Patient/$break-glass', [
      { name: 'identifier', valueIdentifier: await healthId() },
      { name: 'reason', valueString: 'Found unconscious at the station' },
      { name: 'purpose', valueCode: 'ETREAT' },
    ]);
    expect(status).to.equal(200);

    await open('sharing');

    await page.getByText('Found unconscious at the station').waitFor();
    await page.getByText('Being reviewed').waitFor();
  });

  it('made no browser complain', () => {
    expect(visit.complaints).to.deep.equal([]);
  });

  const open = async (path: string): Promise<void> => {
    await page.goto(`${apps!.server.url}/apps/portal/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

  const healthId = async () => {
    const { body } = await priya.get<Patient>('Patient/priya-sharma');
    return body.identifier!.find(({ system }) => system?.endsWith('/uhid'))!;
  };

  /** How many of the type the doctor finds of this patient. */
  const seenBy = async (type: 'Observation' | 'MedicationRequest'): Promise<number> => {
    const { body } = await doctor.get<Bundle<Observation>>(`${type}?patient=priya-sharma`);
    return body.entry?.length ?? 0;
  };
});
