// A day at the desk of a hospital: somebody is registered and known again, brings reports, and is checked in.

import { expect } from 'chai';
import type { Appointment, Bundle, Parameters, Patient } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { messagesTo } from '../../oauth/sign-up/support.ts';
import { askAs, type Asks } from './support/ask-as.ts';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

const uhidSystem = 'https://meridian.example/uhid';

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

  it('asks who may be known elsewhere by a code, and shows nothing before', async () => {
    await open('Register');
    await page.getByLabel('First names').fill('Fatima');
    await page.getByLabel('Family name').fill('Shaikh');
    await page.getByLabel('Birth date').fill('1993-07-27');
    await page.getByLabel('Sex').selectOption('Female');
    await page.getByLabel('Mobile number').fill('98450 55503');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('Somebody like this may be registered at another hospital').waitFor();
    await look(page, 'desk-register-hidden');
    await page.getByRole('button', { name: 'Send a code' }).click();

    await page.getByLabel('Code', { exact: true }).fill(await codeTo('+919845055503'));
    await page.getByRole('button', { name: 'Confirm' }).click();

    await page.getByRole('heading', { level: 1, name: /Fatima/ }).waitFor();
    expect(await page.getByTestId('uhid').innerText()).to.match(/^[\d-]{17}$/);
  });

  it('lets a parent look after the record of a child who was registered', async () => {
    await open('Register');
    await page.getByLabel('First names').fill('Aarav');
    await page.getByLabel('Family name').fill('Kelkar');
    await page.getByLabel('Birth date').fill('2019-02-05');
    await page.getByLabel('Sex').selectOption('Male');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByLabel('Find the guardian').fill(uhid);
    await page.getByRole('button', { name: /Meena Kelkar/ }).click();
    await look(page, 'desk-guardian');
    await page.getByRole('button', { name: 'Let Meena Kelkar look after this record' }).click();

    await page.getByText('Meena Kelkar looks after this record now').waitFor();
  });

  it('opens a record by the code that a patient tells', async () => {
    const doctor = await askAs(apps!.server, {
      ...{ user: 'Practitioner/dr-deshpande', organization: 'Organization/sahyadri' },
      scope: 'user/*.cruds',
    });
    const { body: found } = await doctor.get<Bundle>('Patient?_id=priya-sharma');
    const number = (found.entry![0]!.resource as Patient).identifier!.find(
      ({ system }) => system === uhidSystem,
    )!.value!;
    await doctor.operate('Patient/$request-access', [
      { name: 'identifier', valueIdentifier: { system: uhidSystem, value: number } },
      { name: 'kind', valueCode: 'documents' },
      { name: 'desk', valueBoolean: true },
    ]);
    await open('Access by code');
    await page.getByLabel(/^Code the patient tells/).fill(await codeTo('+919822055501'));
    await look(page, 'desk-access');
    await page.getByRole('button', { name: 'Open the record' }).click();

    await page.getByText('The record is open to the hospital now').waitFor();
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

  it('books a visit, and another time where somebody was quicker; moves and cancels it', async () => {
    await toPatient();
    await page.getByRole('link', { name: 'Book a visit' }).click();
    await toFreeTimes();
    await look(page, 'desk-book');
    await page.route('**/Appointment/$hold', async (route) => {
      const { parameter } = route.request().postDataJSON() as Parameters;
      const [proposal] = parameter!;
      await neighbour.operate('Appointment/$book', [
        proposal!,
        { name: 'patient-reference', valueReference: { reference: 'Patient/arjun-nair' } },
      ]);
      await route.continue();
    });
    await times().first().click();
    await page.getByText('Somebody else has just taken this time').waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Load what is there now' }).click();
    await times().first().click();
    await page.getByLabel('Remark (if any)').fill('Cough');
    await page.getByRole('button', { name: 'Book this visit' }).click();
    await page.getByText('Booked', { exact: true }).waitFor();

    await toPatient();
    await page.getByRole('link', { name: 'Move to another time' }).click();
    await page.getByRole('heading', { name: 'Move a visit' }).waitFor();
    await toFreeTimes();
    await times().last().click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    const moved = await visitsOf('booked');
    expect(moved).to.have.length(1);
    expect(moved[0]!.comment).to.equal('Cough');

    await page.getByLabel('Day', { exact: true }).fill(dayOf(moved[0]!.start!));
    const row = page.getByRole('listitem').filter({ hasText: 'Meena Kelkar' });
    await row.getByRole('button', { name: 'More for Meena Kelkar' }).click();
    await page.getByRole('menuitem', { name: 'Cancel the visit' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the visit' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await visitsOf('cancelled')).to.have.length(1);
    await page.getByRole('button', { name: 'Today' }).click();
  });

  it('checks in who comes', async () => {
    const { body } = await neighbour.create(booked('Priya Sharma'));
    await open('Today');
    await page.reload();
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
  /** The first code that came to a phone, among other messages. */
  const codeTo = async (phone: string): Promise<string> => {
    for (let count = 1; ; count += 1) {
      const messages = await messagesTo(apps!.dataDir, phone, count);
      const code = /\b\d{8}\b/.exec(messages.join('\n'))?.[0];
      if (code !== undefined) return code;
    }
  };
  const times = () => page.locator('main').getByRole('button', { name: /^\d{1,2}:\d{2}/ });
  const toFreeTimes = async (): Promise<void> => {
    const other = page.getByRole('button', { name: 'Look at the next day' });
    await page.getByLabel('Day').fill(dayOf(new Date(Date.now() + 86_400_000).toISOString()));
    await times().or(other).first().waitFor();
    // No doctor works on a Sunday, or a holiday beside it.
    for (let more = 0; more < 3 && (await other.isVisible()); more += 1) {
      await other.click();
      await times().or(other).first().waitFor();
    }
  };
  const toPatient = async (): Promise<void> => {
    await open('Patients');
    await page.getByLabel('Find a person of this hospital').fill(uhid);
    await page.getByRole('button', { name: /Meena Kelkar/ }).click();
  };
  const visitsOf = async (status: string): Promise<readonly Appointment[]> => {
    const query = `patient.identifier=${uhid}&status=${status}`;
    const { body } = await neighbour.get<Bundle>(`Appointment?${query}`);
    return (body.entry ?? []).map(({ resource }) => resource as Appointment);
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

/** Where the browser is. */
const dayOf = (moment: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date(moment));

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
