// The portal as a patient uses it on the phone: the record, its results, medicines and documents, and the profile.

import { expect } from 'chai';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

/** A picture of one pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the record in the portal', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let visit: Visit;
  before(async function () {
    apps = await openApps(this);
    visit = await apps.visit(375);
    await visit.signIn('portal', 'priya');
  });
  after(async () => {
    await apps?.close();
  });

  const open = async (path: string, heading: string | RegExp): Promise<void> => {
    await visit.page.goto(`${apps!.server.url}/apps/portal${path}`);
    await visit.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };

  it('says on its first page what comes next, and leads to what is new', async () => {
    const { page } = visit;

    await page.getByRole('heading', { name: 'Next appointment' }).waitFor();
    await page.getByText('Dr. Anjali Deshpande').first().waitFor();
    await page.getByRole('link', { name: 'HbA1c: average blood sugar' }).click();
    await page.getByRole('heading', { level: 1, name: /HbA1c/ }).waitFor();
    await page.getByText('6.8 %').first().waitFor();

    await look(page, 'portal-result');
  });

  it('shows everything by date, one kind of it, and one thing in plain words', async () => {
    const { page } = visit;
    await open('/record', 'Record');
    await page.getByRole('link', { name: 'Visit summary' }).waitFor();
    await page.getByText('Blood pressure 134/86 mmHg').waitFor();
    await look(page, 'portal-timeline');

    await page.getByLabel('Kind').selectOption('conditions');
    await page.getByRole('link', { name: 'Diabetes mellitus type 2' }).click();
    await page.getByRole('heading', { level: 1, name: 'Diabetes mellitus type 2' }).waitFor();
    await page.getByText('Dr. Anjali Deshpande').first().waitFor();
    await page.getByRole('link', { name: 'Back' }).click();

    await page.waitForURL(/kind=conditions/);
  });

  it('keeps what is typed over a reload, and takes an allergy in the patient’s own words', async () => {
    const { page } = visit;
    await open('/record/allergies', 'Allergies');
    await page.getByRole('button', { name: 'Add an allergy' }).click();
    await page.getByLabel(/Allergic to what/).fill('Peanuts: swelling');
    await page.reload();
    await page.getByRole('button', { name: 'Add an allergy' }).click();
    await page.getByRole('button', { name: 'Save' }).click();

    await page.getByText('Peanuts: swelling').waitFor();

    await page.getByRole('button', { name: 'Remove Peanuts: swelling' }).waitFor();
    await look(page, 'portal-allergies');
  });

  it('shows a prescription as it can be printed', async () => {
    const { page } = visit;
    await open('/medicines', 'Medicines');
    await page.getByRole('link', { name: /Metformin/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Prescription' }).waitFor();

    await page.getByText('1 tablet twice a day with meals').waitFor();
    await page.getByText('MC-197408').waitFor();

    await look(page, 'portal-prescription');
  });

  it('files a photo of the patient’s own after the network was away, once, and shows it', async () => {
    const { page } = visit;
    await open('/documents/new', 'Add a document');
    await page
      .getByLabel('Choose a file')
      .last()
      .setInputFiles({
        ...{ name: 'hand.png', mimeType: 'image/png', buffer: picture },
      });
    await page.getByLabel('Kind').selectOption('imaging');
    await page.route('**/fhir/DocumentReference', (route) => route.abort());
    await page.getByRole('button', { name: 'Add to the record' }).click();
    await page.getByText('No connection', { exact: true }).waitFor();
    await look(page, 'portal-upload');
    await page.unroute('**/fhir/DocumentReference');
    await page.getByRole('button', { name: 'Go on' }).click();

    await page.getByRole('img', { name: 'hand' }).waitFor();

    await look(page, 'portal-document');
    const begun = visit.requests.filter((request) => /^POST .*\/fhir\/Binary$/.test(request));
    expect(begun, 'the bytes were sent once').to.have.length(1);
  });

  it('says when somebody else has changed the profile meanwhile, and loses nothing typed', async () => {
    const { page } = visit;
    await open('/profile', 'Profile');
    await page.getByRole('button', { name: 'Add a contact' }).click();
    await page.getByLabel(/^Name/).fill('Amit Sharma');
    await page.getByLabel(/^Phone/).fill('+91 98000 00001');
    await changeElsewhere(apps!);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else was first').waitFor();
    await page.getByRole('button', { name: 'Load what is there now' }).click();
    await page.getByText('priya@example.org').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();

    await page.getByRole('link', { name: '+91 98000 00001' }).waitFor();

    await look(page, 'portal-profile');
  });

  it('asked for nothing but FHIR, sign-in and its own files, and the browser had no complaint', () => {
    const { origin } = new URL(apps!.server.url);
    const others = visit.requests
      .map((request) => request.split(' ')[1]!)
      .filter((url) => !/^(data|blob):/.test(url))
      .filter((url) => !/\/(fhir|oauth|apps|\.well-known)(\/|$)/.test(url.replace(origin, '')));

    expect(others).to.deep.equal([]);
    const complaints = visit.complaints.filter((each) => !/ERR_FAILED|412/.test(each));
    expect(complaints).to.deep.equal([]);
  });
});

/** On another device, meanwhile. */
const changeElsewhere = async ({ visit: openVisit, server }: Apps): Promise<void> => {
  const { page, signIn, close } = await openVisit(1280);
  await signIn('portal', 'priya');
  await page.goto(`${server.url}/apps/portal/profile`);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByLabel('E-mail').fill('priya@example.org');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('priya@example.org').waitFor();
  await close();
};
