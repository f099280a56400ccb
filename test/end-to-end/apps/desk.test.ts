// A day at the desk of a hospital: somebody is registered and known again, brings reports, and is checked in.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { askAs, type Asks } from './support/ask-as.ts';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

describe('the desk', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let visit: Visit;
  let page: Page;
  let neighbour: Asks;
  let uhid = '';
  before(async function () {
    apps = await openApps(this);
    neighbour = await askAs(apps.server, {
      ...{ user: 'Practitioner/desk-kulkarni', organization: 'Organization/sahyadri' },
      scope: 'user/*.cruds',
    });
    visit = await apps.visit();
    page = visit.page;
    await visit.signIn('desk', 'kulkarni');
  });
  after(() => apps?.close());

  it('registers who is new: a health ID in big figures, and a card of the size of a bank card', async () => {
    await open('Register');
    await describePerson({ given: 'Meena', family: 'Kelkar' });
    await page.getByText('Nobody like this is known here.').waitFor();
    await look(page, 'desk-register');
    await page.getByRole('button', { name: 'Register', exact: true }).click();

    uhid = (await page.getByTestId('uhid').innerText()).replaceAll('-', '');

    expect(uhid).to.match(/^\d{14}$/);
    await page.getByRole('img', { name: /QR/ }).first().waitFor();
    await look(page, 'desk-patient');
    expect(await printedPage(page)).to.deep.equal({ pages: 1, millimetres: [86, 54] });
  });

  it('knows who was registered before, and says why', async () => {
    await open('Register');
    await describePerson({ given: 'Mina', family: 'Kelkar' });

    await page.getByText('Almost certainly the same').waitFor();
    await look(page, 'desk-register-known');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByRole('heading', { name: 'This person may be known already' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'The same person: Meena Kelkar' }).click();

    expect((await page.getByTestId('uhid').innerText()).replaceAll('-', '')).to.equal(uhid);
  });

  it('keeps what was typed over a reload', async () => {
    await open('Register');
    await page.getByLabel('First names').fill('Asha');
    await page.reload();

    await page.getByLabel('First names').waitFor();

    expect(await page.getByLabel('First names').inputValue()).to.equal('Asha');
    await page.getByRole('button', { name: 'Empty the form' }).click();
  });

  it('files reports with whom they name, holds what does not fit, and knows what was there', async () => {
    await open('Upload');
    await page.getByLabel('Kind of report').selectOption('Laboratory');
    await choose({ [`${uhid}_Kelkar.pdf`]: 'one', [`${uhid}_1987-03-15.pdf`]: 'two' });
    await page.getByRole('button', { name: 'Send 2 files' }).click();
    await page.getByText('2 files: 1 filed, 1 waiting').waitFor();
    await look(page, 'desk-upload');

    await choose({ [`${uhid}_Kelkar again.pdf`]: 'one' });
    await mend(`${uhid}_Kelkar again.pdf`, { 'Family name': 'Kelkar' });
    await page.getByRole('button', { name: 'Send one file' }).click();
    await page.getByText('3 files: 2 filed, 1 waiting').waitFor();

    const states = await page.getByRole('listitem').allInnerTexts();
    expect(
      states.map((text) =>
        /already filed|filed|needs identification/i.exec(text)?.[0].toLowerCase(),
      ),
    ).to.deep.equal(['filed', 'needs identification', 'already filed']);
  });

  it('files a held report by the right birth date', async () => {
    await page.getByRole('link', { name: 'To the worklist' }).click();
    await page.getByRole('button', { name: 'Correct the words' }).click();
    await page.getByLabel('Birth date').fill('1987-03-14');
    await look(page, 'desk-held');
    await page.getByRole('button', { name: 'File the report' }).click();

    await page.getByText(/is filed\./).waitFor();

    await page.getByRole('heading', { name: 'Nothing waits' }).waitFor();
  });

  it('checks in who comes', async () => {
    const { body } = await neighbour.create(booked('Priya Sharma'));
    await open('Today');
    const row = page.getByRole('listitem').filter({ hasText: 'Priya Sharma' });
    await row.getByRole('button', { name: 'Check in Priya Sharma' }).waitFor();
    await look(page, 'desk-day');
    await row.getByRole('button', { name: 'Check in Priya Sharma' }).click();

    await row.getByText('Here', { exact: true }).waitFor();

    const { body: after } = await neighbour.get<Appointment>(`Appointment/${body.id!}`);
    expect(after.status).to.equal('arrived');
  });

  it('says who was checked in at the next counter in the same moment, and shows it then', async () => {
    const { body } = await neighbour.create(booked('Arjun Nair'));
    await page.route(`**/Appointment/${body.id!}`, async (route) => {
      const { status } = await neighbour.update({ ...body, status: 'checked-in' });
      expect(status).to.equal(200);
      await route.continue();
    });
    await page.reload();
    const row = page.getByRole('listitem').filter({ hasText: 'Arjun' });
    await row.getByRole('button', { name: /^Check in Arjun/ }).click();

    await row.getByText('Somebody changed this visit meanwhile').waitFor();

    await row.getByRole('button', { name: 'Load what is there now' }).click();
    await row.getByText('Here', { exact: true }).waitFor();
    await page.unrouteAll();
  });

  it('shows what the server refuses of an availability at its field', async () => {
    await open('Availability');
    await page.getByRole('link', { name: 'Change Dr. Chidi Okafor, In person' }).click();
    await page.getByLabel('Length (minutes)').fill('3');
    await page.getByRole('button', { name: 'Save' }).click();

    await page.getByLabel('Length (minutes)').and(page.locator('[aria-invalid="true"]')).waitFor();

    await page.getByLabel('Length (minutes)').fill('25');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Saved\./).waitFor();
    await look(page, 'desk-availability');
  });

  it('asks for nothing that is not FHIR, or the way to sign in', () => {
    const { url } = apps!.server;
    const ways = [`${url}/fhir`, `${url}/oauth`, `${url}/apps/desk`, 'blob:', 'data:'];
    const strange = visit.requests
      .map((request) => request.split(' ')[1]!)
      .filter((address) => !ways.some((way) => address.startsWith(way)));

    expect(strange).to.deep.equal([]);
  });

  const open = async (place: string): Promise<void> => {
    await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const describePerson = async ({ given, family }: { given: string; family: string }) => {
    await page.getByLabel('First names').fill(given);
    await page.getByLabel('Family name').fill(family);
    await page.getByLabel('Birth date').fill('1987-03-14');
    await page.getByLabel('Sex').selectOption('Female');
    await page.getByLabel('Mobile number').fill('98220 12345');
  };
  const choose = (files: Readonly<Record<string, string>>) =>
    page.locator('input[type=file]').setInputFiles(
      Object.entries(files).map(([name, text]) => ({
        ...{
          name,
          mimeType: 'application/pdf',
          buffer: Buffer.from(`%PDF-1.4\n% ${text}\n%%EOF\n`),
        },
      })),
    );
  const mend = async (file: string, words: Readonly<Record<string, string>>): Promise<void> => {
    const row = page.getByRole('listitem', { name: file });
    await row.getByRole('button', { name: 'For whom and what' }).click();
    for (const [label, value] of Object.entries(words)) await row.getByLabel(label).fill(value);
  };
});

/** Now, so that it is today wherever the test runs. */
const booked = (name: string): Appointment => ({
  ...{ resourceType: 'Appointment', status: 'booked', start: new Date().toISOString() },
  end: new Date(Date.now() + 20 * 60_000).toISOString(),
  participant: [
    {
      actor: {
        ...{ reference: `Patient/${name.toLowerCase().replace(' ', '-')}`, display: name },
      },
      status: 'accepted',
    },
    { actor: { reference: 'Practitioner/dr-deshpande' }, status: 'accepted' },
  ],
});

/** As a printer gets it. */
const printedPage = async (page: Page) => {
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const box = /MediaBox *\[0 0 ([\d.]+) ([\d.]+)\]/.exec(file);
  const millimetres = [box?.[1], box?.[2]].map((points) =>
    Math.round((Number(points) * 25.4) / 72),
  );
  return { pages: file.match(/\/Type *\/Page\b/g)?.length, millimetres };
};
