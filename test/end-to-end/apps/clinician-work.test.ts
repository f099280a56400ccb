// The clinician's work: a prescription against a warning, a note, an order, a follow-up, and an app of others for the patient in view.

import { expect } from 'chai';
import type {
  Appointment,
  Bundle,
  DetectedIssue,
  FhirResource,
  MedicationRequest,
} from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { startApp, type AppServer } from '../support/app-server.ts';
import { askAs, type Asks } from './support/ask-as.ts';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

const scope = 'launch openid fhirUser online_access user/Practitioner.r patient/*.rs';

describe('the work of a clinician', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  let app: AppServer | undefined;
  let doctor: Visit;
  let server: Asks;
  let client = '';
  before(async function () {
    apps = await openApps(this);
    app = await startApp(() => ({
      ...{ clientId: client, iss: apps!.server.base, standaloneScope: scope, ehrScope: scope },
    }));
    client = await register(apps, app.origin);
    doctor = await apps.visit();
    await doctor.signIn('clinician', 'deshpande');
    server = await askAs(apps.server, {
      ...{ user: 'Practitioner/dr-deshpande', scope: 'user/*.rs' },
      organization: 'Organization/sahyadri',
    });
  });
  after(async () => {
    await app?.close();
    await apps?.close();
  });

  const goTo = async (page: Page, work: string): Promise<void> => {
    await page.goto(`${apps!.server.url}/apps/clinician/patients/priya-sharma/${work}`);
    await page.getByText('Allergy to penicillin (high risk)').waitFor();
  };

  const found = async <T extends FhirResource>(query: string): Promise<readonly T[]> => {
    const { body } = await server.get<Bundle<T>>(query);
    return (body.entry ?? []).flatMap(({ resource }) => resource ?? []);
  };

  it('prescribes two medicines in one go, against a warning with a reason', async () => {
    const { page } = doctor;
    await goTo(page, 'prescribe');
    await page.getByRole('combobox', { name: 'Medicine', exact: true }).fill('amoxi');
    await page.getByRole('option', { name: 'Amoxicillin', exact: true }).click();
    await page.getByLabel('Strength and form').fill('500 mg capsule');
    await page.getByLabel('Unit').selectOption({ label: 'capsule' });
    await page.getByLabel('How often').selectOption({ label: 'Three times a day' });
    await page.getByLabel('For how long').fill('5');
    await page.getByText('1 capsule, three times a day, for 5 days').waitFor();
    await page.getByRole('button', { name: 'Prescribe', exact: true }).click();
    await page.getByRole('link', { name: /^Say why you prescribe it nevertheless/ }).waitFor();
    await look(page, 'clinician-prescribe');
    await page.getByLabel('Why you prescribe it nevertheless').fill('Borne well in June.');
    await page.getByRole('button', { name: 'Add another medicine' }).click();
    const second = page.getByRole('group', { name: 'Medicine 2' });
    await second.getByRole('combobox', { name: 'Medicine', exact: true }).fill('Home-made syrup');
    await second.getByLabel('How often').selectOption({ label: 'Morning – noon – night (1-0-1)' });
    // What was typed is there again after a reload.
    await page.reload();
    await page.getByText('1 tablet in the morning and 1 tablet at night').waitFor();
    await page.getByRole('button', { name: 'Prescribe', exact: true }).click();

    await page.getByText('Reg. no. MC-197408').waitFor();
    await page.getByText('Quantity: 15 × capsule').waitFor();
    await look(page, 'clinician-prescription');
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    // One page of A5, in points.
    expect(paper.match(/\/MediaBox \[[^\]]*/g)).to.deep.equal(['/MediaBox [0 0 420 594.95996']);
    const orders = await found<MedicationRequest>(
      'MedicationRequest?patient=priya-sharma&_sort=-_lastUpdated&_count=2&status=active',
    );
    expect(new Set(orders.map(({ groupIdentifier }) => groupIdentifier?.value)).size).to.equal(1);
    const [issue] = await found<DetectedIssue>('DetectedIssue?patient=priya-sharma');
    expect(issue?.mitigation?.[0]?.action.text).to.equal('Borne well in June.');
    expect(issue?.implicated?.map(({ reference }) => reference)).to.include(
      'AllergyIntolerance/penicillin-priya',
    );
  });

  it('warns of what is taken already, and stops it with a reason', async () => {
    const { page } = doctor;
    await goTo(page, 'prescribe');
    await page.getByRole('combobox', { name: 'Medicine', exact: true }).fill('Amoxicillin');
    await page.getByText(/^Amoxicillin 500 mg capsule is prescribed since/).waitFor();
    await page.getByRole('button', { name: 'Stop Amoxicillin 500 mg capsule' }).click();
    await page.getByLabel('Reason').fill('A rash');
    await look(page, 'clinician-stop');
    await page.getByRole('button', { name: 'Stop the prescription' }).click();

    await page.getByRole('button', { name: /^Stop Amoxicillin/ }).waitFor({ state: 'detached' });
    const stopped = await found<MedicationRequest>(
      'MedicationRequest?patient=priya-sharma&status=stopped',
    );
    expect(stopped.map(({ statusReason }) => statusReason?.text)).to.deep.equal(['A rash']);
  });

  it('says so when somebody else has changed a prescription meanwhile', async () => {
    const { page } = doctor;
    await goTo(page, 'prescribe');
    await page.getByRole('button', { name: /^Stop Home-made syrup/ }).click();
    await changeElsewhere('Home-made syrup');
    await page.getByLabel('Reason').fill('Not needed');
    await page.getByRole('button', { name: 'Stop the prescription' }).click();
    await page.getByText('Somebody else was first').waitFor();
    await page.getByRole('button', { name: 'Load what is there now' }).click();
    await page.getByText('Somebody else was first').waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Stop the prescription' }).click();

    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  const changeElsewhere = async (name: string): Promise<void> => {
    const orders = await found<MedicationRequest>('MedicationRequest?patient=priya-sharma');
    const order = orders.find(
      ({ medicationCodeableConcept }) => medicationCodeableConcept?.text === name,
    );
    await (
      await writing()
    ).put(`MedicationRequest/${order!.id!}`, { ...order!, note: [{ text: 'Seen' }] });
  };

  /** The same doctor, elsewhere. */
  const writing = (): Promise<Asks> =>
    askAs(apps!.server, {
      ...{ user: 'Practitioner/dr-deshpande', scope: 'user/*.cruds' },
      organization: 'Organization/sahyadri',
    });

  it('notes a visit: what was measured, what it is, in words', async () => {
    const { page } = doctor;
    await bookToday();
    await goTo(page, 'note');
    await page.getByText(/^For the appointment of .*: signing marks it as done\.$/).waitFor();
    await page.getByLabel('Why the patient came').fill('Tired');
    await page.getByLabel('Pulse').fill('740');
    await page.getByRole('button', { name: 'Sign and finish the visit' }).click();
    await page.getByRole('link', { name: 'Write the note.' }).waitFor();
    await look(page, 'clinician-note');
    await page.getByLabel('Pulse').fill('74');
    await page.getByLabel('Blood pressure, upper').fill('128');
    await page.getByLabel('Blood pressure, lower').fill('82');
    await page.getByRole('combobox', { name: 'Diagnosis 1', exact: true }).fill('anaemia');
    await page.getByRole('option', { name: /^Iron deficiency/ }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Pale. Iron for three months.');
    await page.getByRole('button', { name: 'Sign and finish the visit' }).click();
    await page.getByText('The visit is signed and finished').waitFor();
    await page.getByRole('link', { name: 'Back to the chart' }).click();

    await page.getByText('128/82 mmHg').first().waitFor();
    await page.getByText('Iron deficiency anemia, unspecified').first().waitFor();
    await page.getByRole('button', { name: 'Visit note' }).first().click();
    await page.getByRole('dialog').getByText('Pale. Iron for three months.').waitFor();
    const { body } = await server.get<Appointment>('Appointment/today');
    expect(body.status).to.equal('fulfilled');
  });

  const bookToday = async (): Promise<void> => {
    const start = new Date().toISOString();
    const actors = ['Patient/priya-sharma', 'Practitioner/dr-deshpande'];
    const { status } = await (
      await writing()
    ).put<Appointment>('Appointment/today', {
      ...{ resourceType: 'Appointment', id: 'today', status: 'arrived', start, end: start },
      participant: actors.map((reference) => ({ actor: { reference }, status: 'accepted' })),
    });
    expect(status).to.equal(201);
  };

  it('orders a test and cancels it', async () => {
    const { page } = doctor;
    await goTo(page, 'orders');
    await page.getByRole('combobox', { name: 'What is ordered' }).fill('ferritin');
    await page.getByRole('option', { name: /^Ferritin/ }).click();
    await page.getByLabel('How urgent').selectOption({ label: 'Urgent' });
    await page.getByRole('button', { name: 'Order', exact: true }).click();
    await page.getByText('The order is placed').waitFor();
    await look(page, 'clinician-orders');
    await page.getByRole('button', { name: /^Cancel the order: Ferritin/ }).click();
    await page.getByLabel('Reason').fill('Done last week');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();

    await page.getByText('No open orders in what is open to you').waitFor();
  });

  it('books the next visit, and frees what was held and not wanted', async () => {
    const { page } = doctor;
    await goTo(page, 'follow-up');
    const time = page.getByRole('button', { name: /Dr\. Anjali Deshpande/ }).first();
    await time.waitFor();
    await look(page, 'clinician-follow-up');
    const name = await time.getAttribute('aria-label');
    await time.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: name! }).first().click();
    await page.getByLabel('What for').fill('Haemoglobin again');
    await look(page, 'clinician-follow-up-held');
    await page.getByRole('button', { name: 'Book', exact: true }).click();

    await page.getByText('The follow-up is booked').waitFor();
  });

  it('opens an app that registered itself, for the patient in view', async () => {
    const { page } = doctor;
    await goTo(page, 'gallery');
    const card = page.getByRole('article', { name: 'Heart Diary' });
    await card.getByText('read everything of this patient').waitFor();
    await look(page, 'clinician-gallery');
    const opened = page.waitForEvent('popup');
    await card.getByRole('button', { name: /Open in a new tab/ }).click();
    const tab = await opened;
    tab.setDefaultTimeout(60_000);
    await tab.getByRole('button', { name: /allow/i }).first().click();
    await tab.waitForFunction('document.getElementById("result")?.textContent');

    const result = JSON.parse((await tab.textContent('#result')) ?? '') as Record<string, string>;
    expect(result).to.include({ patient: 'priya-sharma', user: 'Practitioner/dr-deshpande' });
    expect(result['scope']?.split(' ')).to.have.members(scope.split(' '));
    await tab.close();
  });

  it('and shows it beside the banner, once it was allowed', async () => {
    const { page } = doctor;
    const card = page.getByRole('article', { name: 'Heart Diary' });
    await card.getByRole('button', { name: /Open here/ }).click();
    const frame = page.frameLocator('iframe[title="Heart Diary"]');
    await frame.locator('#result', { hasText: 'priya-sharma' }).waitFor();

    const result = JSON.parse((await frame.locator('#result').textContent()) ?? '') as object;
    expect(result).to.include({ patient: 'priya-sharma', need_patient_banner: false });
    await page.getByRole('button', { name: 'Close the app' }).click();
    await card.waitFor();
  });
});

/** As a third party does it at run time. */
const register = async ({ server }: Apps, origin: string): Promise<string> => {
  const [token] = await server.application.administer({
    ...{ command: 'create-registration-token', parameters: [] },
  });
  const answered = await fetch(`${server.url}/oauth/reg`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token?.['valueString'] as string}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      ...{ client_name: 'Heart Diary', token_endpoint_auth_method: 'none', scope },
      ...{ redirect_uris: [`${origin}/app`], launch_uri: `${origin}/launch` },
    }),
  });
  expect(answered.status).to.equal(201);
  return ((await answered.json()) as { readonly client_id: string }).client_id;
};
