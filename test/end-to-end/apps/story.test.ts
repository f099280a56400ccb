// The story the apps are for, by people with browsers: a desk registers somebody and uploads a report by health ID; she sees it
// on her phone, books a doctor of another hospital and lets him read; he reads and prescribes; she sees the prescription.

import { expect } from 'chai';
import { pdfOf } from '../../../seed/pdf.ts';
import { messagesTo, secret } from '../../oauth/sign-up/support.ts';
import { describeOnStores } from '../../support/server.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

describeOnStores('the story of the three apps', function (store) {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let desk: Visit;
  let patient: Visit;
  let doctor: Visit;
  let uhid = '';
  let chart = '';
  before(async function () {
    apps = await openApps(this, store);
    [desk, patient, doctor] = await Promise.all([
      apps.visit(1280),
      apps.visit(360),
      apps.visit(1280),
    ]);
  });
  after(() => apps?.close());

  it('the desk of one hospital registers a person, who gets a health ID', async () => {
    const { page, signIn } = desk;
    await signIn('desk', 'kulkarni');
    await page.getByRole('link', { name: 'Register' }).click();
    await page.getByLabel('First names').fill('Meera');
    await page.getByLabel('Family name').fill('Joshi');
    await page.getByLabel('Birth date').fill('1984-03-09');
    await page.getByLabel('Sex').selectOption({ label: 'Female' });
    await page.getByLabel('E-mail').fill('meera.joshi@example.org');
    await page.getByText('Nobody like this is known here.').waitFor();
    await page.getByRole('button', { name: 'Register', exact: true }).click();

    await page.getByRole('heading', { name: /Meera/ }).first().waitFor();
    const shown = await page
      .getByText(/^\d{2}-\d{4}-\d{4}-\d{4}$/)
      .first()
      .innerText();
    uhid = shown.replaceAll('-', '');
    expect(uhid).to.match(/^\d{14}$/);
  });

  it('and uploads a report by this number and the family name', async () => {
    const { page } = desk;
    await page.getByRole('link', { name: 'Upload', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Upload reports' }).waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: `${uhid}_Joshi.pdf`,
      mimeType: 'application/pdf',
      buffer: Buffer.from(pdfOf(['Haemoglobin 10.1 g/dL', 'Meera Joshi'])),
    });
    await page.getByRole('button', { name: 'Send one file' }).click();

    await page.getByText('Filed', { exact: true }).waitFor();
  });

  it('she registers with the address the desk noted, and is let in to that record', async () => {
    const { page } = patient;
    await page.goto(`${apps!.server.url}/oauth/sign-up`);
    await page.fill('#given', 'Meera');
    await page.fill('#family', 'Joshi');
    await page.fill('#day', '9');
    await page.selectOption('#month', '3');
    await page.fill('#year', '1984');
    await page.check('#gender-female');
    await page.fill('#contact', 'meera.joshi@example.org');
    await page.fill('#password', secret);
    await page.click('text="Send me a code"');
    await page.fill('#code', await message(/\b\d{8}\b/));
    await page.click('text="Continue"');
    // The page says nothing of what is known already; a message does.
    await message(/Your account at Meridian is ready/);
    await patient.signIn('portal', 'meera.joshi@example.org', secret);

    await page
      .getByText(`${uhid.slice(0, 2)}-${uhid.slice(2, 6)}-${uhid.slice(6, 10)}-${uhid.slice(10)}`)
      .first()
      .waitFor();
  });

  /** What the first message to her says that this is found in. */
  const message = async (wanted: RegExp): Promise<string> => {
    for (let count = 1; ; count += 1) {
      const messages = await messagesTo(apps!.dataDir, 'meera.joshi@example.org', count);
      const found = messages
        .map((text) => wanted.exec(text)?.[0])
        .find((text) => text !== undefined);
      if (found !== undefined) return found;
    }
  };

  it('where she reads the report', async () => {
    const { page } = patient;
    await page.goto(`${apps!.server.url}/apps/portal/documents`);
    await page.getByRole('heading', { level: 1, name: 'Documents' }).waitFor();
    await page.getByRole('link', { name: /Joshi/ }).first().click();

    await page.locator('canvas').first().waitFor();
  });

  it('books a doctor of another hospital', async () => {
    const { page } = patient;
    await page.goto(`${apps!.server.url}/apps/portal/visits/new`);
    await page.getByLabel('Place').selectOption('Chennai');
    await page.getByLabel('Specialty').selectOption({ label: 'Cardiology' });
    await page
      .getByRole('button', { name: /^\d+:\d\d [ap]m .*Dr\. / })
      .first()
      .click();
    await page.getByRole('button', { name: 'Book now' }).click();

    await page.getByText('Your appointment is booked.').waitFor();
  });

  it('who sees her on his day and asks for her record', async () => {
    const { page, signIn } = doctor;
    await signIn('clinician', 'subramanian');
    for (
      let days = 0;
      days < 21 && (await page.getByText('Meera Joshi').count()) === 0;
      days += 1
    ) {
      await page.getByRole('button', { name: 'Day after' }).click();
      await page.waitForLoadState('networkidle');
    }
    await page.getByRole('link', { name: 'Meera Joshi' }).first().click();
    await page.getByText('No documents on record').waitFor();
    await page.getByRole('link', { name: 'Ask other hospitals' }).click();
    await page.getByRole('checkbox', { name: 'Documents' }).check();
    await page.getByRole('button', { name: 'Ask the patient' }).click();

    await page.getByText('Waiting for the patient').waitFor();
  });

  it('which she allows on her phone', async () => {
    const { page } = patient;
    await page.goto(`${apps!.server.url}/apps/portal/sharing`);
    await page.getByRole('button', { name: /Choose what to share/ }).click();
    await page.getByRole('button', { name: 'Share it' }).click();

    await page
      .getByRole('button', { name: /^Stop sharing/ })
      .first()
      .waitFor();
  });

  it('so that he reads the report of the other hospital', async () => {
    const { page } = doctor;
    await page.reload();
    await page.getByRole('link', { name: 'Open the chart' }).click();
    await page.getByRole('button', { name: /Joshi/ }).first().click();

    await page.getByRole('dialog').locator('canvas').first().waitFor();
    await page.keyboard.press('Escape');
    chart = page.url();
  });

  it('and prescribes', async () => {
    const { page } = doctor;
    await page.getByRole('link', { name: 'Prescribe', exact: true }).click();
    await page.getByRole('combobox', { name: 'Medicine', exact: true }).fill('Ferrous sulfate');
    await page.getByLabel('How often').selectOption({ label: 'Once a day' });
    await page.getByLabel('For how long').fill('30');
    await page.getByText('1 tablet, once a day, for 30 days').waitFor();
    await page.getByRole('button', { name: 'Prescribe', exact: true }).click();

    await page.getByText(/^Reg\. no\./).waitFor();
  });

  it('what she sees among her medicines', async () => {
    const { page } = patient;
    await page.goto(`${apps!.server.url}/apps/portal/medicines`);

    await page.getByText('Ferrous sulfate').first().waitFor();
  });

  it('and who looked stands in her list', async () => {
    const { page } = patient;
    await page.goto(`${apps!.server.url}/apps/portal/sharing/looked`);
    await page.getByText('Dr. Meera Subramanian').first().waitFor();
  });

  it('until she stops sharing', async () => {
    const { page } = patient;
    await page.goto(`${apps!.server.url}/apps/portal/sharing`);
    await page
      .getByRole('button', { name: /^Stop sharing/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByText('You share your record with nobody').waitFor();
    await doctor.page.goto(chart);

    await doctor.page.getByText('No documents on record').waitFor();
    // What his own hospital wrote stays his.
    await doctor.page.getByText('Ferrous sulfate').first().waitFor();
  });

  it('with nothing but FHIR, SMART and the apps’ own files, and without a complaint of a browser', () => {
    const { url } = apps!.server;
    const known = ['/apps/', '/fhir', '/oauth/', '/favicon'].map((path) => `${url}${path}`);
    for (const { requests, complaints } of [desk, patient, doctor]) {
      const addresses = requests.map((request) => request.split(' ')[1]!);
      const others = addresses.filter(
        (address) => !known.some((start) => address.startsWith(start)),
      );
      expect(others.filter((address) => !/^(blob|data):/.test(address))).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
    }
  });
});
