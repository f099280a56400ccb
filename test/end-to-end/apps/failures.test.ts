// What goes wrong in a form of each app has its words and its remedy, and nothing that was typed is lost: no network, a busy server,
// a scope that does not reach, an ended session, somebody who was first. A full slot and a lost answer: portal-visits.test.ts.

import { expect } from 'chai';
import type { Appointment, Bundle, Patient } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { askAs, type Asks } from './support/ask-as.ts';
import { openApps, type AppName, type Apps, type Visit } from './support/open-apps.ts';

/** One form of an app, and what is typed into it. */
interface Form {
  readonly app: AppName;
  readonly user: string;
  readonly path: (uhid: string) => string;
  /** From the page to the form. */
  readonly open?: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly chosen?: Readonly<Record<string, string>>;
  readonly send: string;
  /** What is asked of the server then. */
  readonly asked: string;
  /** Shows that it was accepted. */
  readonly done: (page: Page) => Promise<void>;
}

const forms: readonly Form[] = [
  {
    ...{ app: 'portal', user: 'priya', path: () => 'record/allergies' },
    open: 'Add an allergy',
    typed: { 'Allergic to what': 'Peanuts: swelling' },
    send: 'Save',
    asked: '**/fhir/Observation',
    done: (page) => page.getByRole('button', { name: 'Remove Peanuts: swelling' }).waitFor(),
  },
  {
    ...{ app: 'clinician', user: 'subramanian', path: (uhid) => `access/${uhid}` },
    typed: { 'To the patient': 'To prepare for your visit on Monday' },
    send: 'Ask the patient',
    asked: '**/fhir/Patient/$request-access',
    done: (page) => page.getByText('Waiting for the patient').first().waitFor(),
  },
  {
    ...{ app: 'desk', user: 'kulkarni', path: () => 'register' },
    typed: { 'First names': 'Meena', 'Family name': 'Kelkar', 'Birth date': '1987-03-14' },
    chosen: { Sex: 'Female' },
    send: 'Register',
    asked: '**/fhir/Patient/$register',
    done: (page) => page.getByTestId('uhid').waitFor(),
  },
];

describe('a form of', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let priya: Asks;
  let uhid = '';
  before(async function () {
    apps = await openApps(this);
    priya = await askAs(apps.server, {
      ...{ user: 'Patient/priya-sharma', patient: 'priya-sharma' },
      scope: 'patient/*.cruds user/*.rs',
    });
    const { body } = await priya.get<Patient>('Patient/priya-sharma');
    uhid = body.identifier!.find(({ system }) => system?.endsWith('/uhid'))!.value!;
  });
  after(() => apps?.close());

  for (const form of forms)
    describe(`the ${form.app}`, () => {
      let visit: Visit;
      let page: Page;
      before(async () => {
        // What goes past a service worker is not seen by page.route.
        const options = { serviceWorkers: 'block' } as const;
        visit = await apps!.visit(form.app === 'portal' ? 375 : 1280, options);
        page = visit.page;
        await visit.signIn(form.app, form.user);
        await page.goto(address());
        await open();
        await fill();
      });
      after(() => visit.close());

      it('says that there is no network', async () => {
        await page.context().setOffline(true);
        await send();

        await said('No connection');
        // What is still on its way would arrive as soon as there is a network again.
        await page.locator('button:enabled').filter({ hasText: form.send }).first().waitFor();

        await keptAll();
        await page.context().setOffline(false);
      });

      for (const status of [429, 503])
        it(`asks for patience when the server is busy (${String(status)})`, async () => {
          await page.route(form.asked, (route) => route.fulfill({ status, body: '' }));
          await send();

          await said('Please wait a moment');

          await keptAll();
          await page.unroute(form.asked);
        });

      it('leads back to itself when the session has ended, and is sent then', async () => {
        await apps!.server.application.administer({
          ...{ command: 'revoke-access', parameters: [['user', form.user]] },
        });
        await send();
        await said('Your session has ended');
        await keptAll();

        await page.getByRole('button', { name: 'Sign in again' }).first().click();
        await signInOnPage(page, form.user);
        await page.waitForURL(address());
        await open();
        await keptAll();
        await send();

        await form.done(page);
      });

      it('says that it may not, where its scope does not reach', async () => {
        const { page: other, signIn, close } = await apps!.visit();
        // As if less had been asked for, or been allowed.
        await other.route('**/oauth/auth?*', (route) =>
          route.continue({ url: route.request().url().replaceAll('.cruds', '.rs') }),
        );
        await signIn(form.app, form.user);
        await other.goto(address());
        page = other;
        await open();
        await fill();
        await send();

        await said('Not allowed');

        await page.getByRole('button', { name: 'Sign in again' }).first().waitFor();
        await keptAll();
        await close();
      });

      const address = (): string => `${apps!.server.url}/apps/${form.app}/${form.path(uhid)}`;

      const open = async (): Promise<void> => {
        if (form.open !== undefined) await page.getByRole('button', { name: form.open }).click();
        await page.getByLabel(Object.keys(form.typed)[0]!).first().waitFor();
      };
      const fill = async (): Promise<void> => {
        for (const [label, value] of Object.entries(form.typed))
          await page.getByLabel(label).first().fill(value);
        for (const [label, option] of Object.entries(form.chosen ?? {}))
          await page.getByLabel(label).selectOption(option);
      };
      const send = () => page.getByRole('button', { name: form.send, exact: true }).click();
      const said = (title: string) =>
        page.getByRole('alert').filter({ hasText: title }).first().waitFor();
      const keptAll = async (): Promise<void> => {
        for (const [label, value] of Object.entries(form.typed))
          expect(await page.getByLabel(label).first().inputValue()).to.equal(value);
      };
    });
});

describe('what somebody else did meanwhile', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());

  const staff = (id: string) =>
    askAs(apps!.server, {
      ...{ user: `Practitioner/${id}`, organization: 'Organization/sahyadri' },
      scope: 'user/*.cruds',
    });

  it('is not overwritten by the profile of the portal, which keeps what was typed', async () => {
    const desk = await staff('desk-kulkarni');
    const { page, signIn, close } = await apps!.visit(375);
    await signIn('portal', 'priya');
    await page.goto(`${apps!.server.url}/apps/portal/profile`);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByLabel('City').fill('Nashik');
    const { body: patient } = await desk.get<Patient>('Patient/priya-sharma');
    const { status } = await desk.update({ ...patient, maritalStatus: { text: 'Married' } });
    expect(status).to.equal(200);

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'Your details were changed' }).waitFor();
    expect(await page.getByLabel('City').inputValue()).to.equal('Nashik');
    await page.getByRole('button', { name: 'Load what is there now' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save' }).click();

    await page.getByText('Nashik').waitFor();
    const { body: after } = await desk.get<Patient>('Patient/priya-sharma');
    expect(after.maritalStatus?.text).to.equal('Married');
    await close();
  });

  it('is said on the clinician’s day, which shows how it is then', async () => {
    const desk = await staff('desk-kulkarni');
    const { body: booked } = await desk.create(appointmentNow());
    const { page, signIn, close } = await apps!.visit();
    await page.route(`**/Appointment/${booked.id!}`, async (route) => {
      if (route.request().method() === 'PUT') await desk.update(arrived(booked));
      await route.continue();
    });
    await signIn('clinician', 'deshpande');
    await page.getByRole('button', { name: 'Arrived: Priya Sharma' }).first().click();

    await page.getByRole('alert').filter({ hasText: 'Somebody else was first' }).waitFor();

    await page.getByRole('button', { name: 'Load what is there now' }).click();
    await page
      .getByText(/^Waiting for \d+ minute/)
      .first()
      .waitFor();
    await close();
  });

  it('is said at the desk when a time has just been taken, and the others are shown', async () => {
    const desk = await staff('desk-kulkarni');
    const { page, signIn, close } = await apps!.visit();
    await signIn('desk', 'kulkarni');
    await page.goto(`${apps!.server.url}/apps/desk/book/priya-sharma`);
    await page.getByLabel('Doctor').selectOption('Practitioner/dr-okafor');
    await page.getByLabel('How').selectOption({ label: 'In person' });
    const time = page.getByRole('button', { name: /^\d+:\d\d [ap]m$/ }).first();
    for (let days = 0; days < 21 && !(await shown(page)); days += 1)
      await page.getByRole('button', { name: 'Look at the next day' }).click();
    const day = await page.getByLabel('Day').inputValue();
    const words = await time.innerText();
    await take(desk, day);

    await time.click();
    await page.getByRole('alert').filter({ hasText: 'has just taken this time' }).waitFor();
    await page.getByRole('button', { name: 'Load what is there now' }).click();

    await page.getByRole('button', { name: words, exact: true }).waitFor({ state: 'detached' });
    await time.waitFor();
    await close();
  });

  /** Whether the day has times, once it is known. */
  const shown = async (page: Page): Promise<boolean> => {
    const times = page.getByRole('button', { name: /^\d+:\d\d [ap]m$/ });
    await times.or(page.getByText('No free times on this day')).first().waitFor();
    return (await times.count()) > 0;
  };

  /** The first time of the day goes to another patient. */
  const take = async (desk: Asks, day: string): Promise<void> => {
    const start = Math.max(Date.parse(`${day}T00:00+05:30`), Date.now());
    const query = new URLSearchParams({
      start: new Date(start).toISOString(),
      end: new Date(Date.parse(`${day}T00:00+05:30`) + 86_400_000).toISOString(),
      ...{ practitioner: 'Practitioner/dr-okafor', mode: 'in-person', _count: '1' },
    });
    const { body } = await desk.get<Bundle<Appointment>>(`Appointment/$find?${query.toString()}`);
    const { status } = await desk.operate('Appointment/$book', [
      {
        name: 'appointment-reference',
        valueReference: { reference: `Appointment/${body.entry?.[0]?.resource?.id ?? ''}` },
      },
      { name: 'patient-reference', valueReference: { reference: 'Patient/arjun-nair' } },
    ]);
    expect(status).to.equal(201);
  };
});

const signInOnPage = async (page: Page, username: string): Promise<void> => {
  await page.getByLabel(/user ?name/i).fill(username);
  await page.getByLabel(/^password/i).fill('green-hill-demo');
  await page.getByRole('button', { name: /^sign in$/i }).click();
};

/** Now, so that it is today wherever the test runs. */
/** As the desk's app writes it. */
const arrived = (visit: Appointment): Appointment => {
  const [patient, ...others] = visit.participant;
  const came = { ...patient!, period: { start: new Date().toISOString() } };
  return { ...visit, status: 'arrived', participant: [came, ...others] };
};

const appointmentNow = (): Appointment => ({
  ...{ resourceType: 'Appointment', status: 'booked', start: new Date().toISOString() },
  end: new Date(Date.now() + 20 * 60_000).toISOString(),
  participant: [
    { actor: { reference: 'Patient/priya-sharma', display: 'Priya Sharma' }, status: 'accepted' },
    { actor: { reference: 'Practitioner/dr-deshpande' }, status: 'accepted' },
  ],
});
