// The clinician's day: who comes, the chart on one screen, asking for what others keep, and an emergency.

import { expect } from 'chai';
import type { Parameters, Patient, Task } from 'fhir/r4.js';
import type { Page } from 'playwright-core';
import { unrestricted } from '#src/access/permit.ts';
import { parseDocument } from '#src/fhir/json.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { look } from './support/look.ts';
import { openApps, type Apps, type Visit } from './support/open-apps.ts';

const uhidSystem = 'https://meridian.example/uhid';

describe('the clinician’s app', function () {
  this.timeout(300_000);
  let apps: Apps | undefined;
  before(async function () {
    apps = await openApps(this);
  });
  after(() => apps?.close());

  /** As the hospital would write it. */
  const put = async (resource: Resource, custodian = 'Organization/sahyadri'): Promise<void> => {
    const { context, base } = apps!.server;
    const path = `${resource.resourceType}/${resource.id!}`;
    const permit = { ...unrestricted, custodian };
    const body = parseDocument(JSON.stringify(resource), context.limits.depth);
    await context.dispatch({ method: 'PUT', path, query: [], headers: {}, body, base }, permit);
  };

  const uhidOf = async (id: string): Promise<string> => {
    const { store } = apps!.server.context;
    const [version] = await store.resources.read([{ type: 'Patient', id }]);
    const { identifier = [] } = JSON.parse(version!.text) as Patient;
    return identifier.find(({ system }) => system === uhidSystem)!.value!;
  };

  const enter = async (app: 'clinician' | 'portal', username: string, width?: number) => {
    const visit = await apps!.visit(width);
    const token = tokenOf(visit.page);
    await visit.signIn(app, username);
    return { ...visit, token };
  };

  it('goes from the day to the chart of who has arrived', async () => {
    await put(appointmentNow('priya-sharma', 'Priya Sharma'));
    const { page, complaints, close } = await enter('clinician', 'deshpande');

    await page.getByRole('button', { name: 'Arrived: Priya Sharma' }).first().click();
    await page
      .getByText(/^Waiting for \d+ minute/)
      .first()
      .waitFor();
    await look(page, 'clinician-day');
    await page.getByRole('link', { name: 'Priya Sharma' }).first().click();

    await page.getByRole('heading', { level: 1, name: 'Chart' }).waitFor();
    await page.getByText('Allergy to penicillin (high risk)').waitFor();
    await panel(page, 'Problems')
      .getByText(/diabetes/i)
      .first()
      .waitFor();
    await panel(page, 'Medicines')
      .getByText(/metformin/i)
      .first()
      .waitFor();
    await panel(page, 'Recent results').getByRole('button', { name: /a1c/i }).first().click();
    await panel(page, 'Trend').getByRole('button', { name: 'Show as table' }).click();
    await panel(page, 'Trend').getByRole('table').waitFor();
    await look(page, 'clinician-chart');
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('shows what is taken now by its name, each value in its unit, and why there is none', async () => {
    for (const resource of taken) await put(resource);
    const { page, complaints, close } = await enter('clinician', 'deshpande');
    const chart = `${apps!.server.url}/apps/clinician/patients/arjun-nair`;

    await page.goto(chart);
    const medicines = panel(page, 'Medicines');
    await medicines.getByText('Zorbamycin 10 mg').waitFor();
    await medicines
      .getByText('1 tablet in the morning and ½ tablet at night, for one week')
      .waitFor();
    expect(await medicines.getByText('Curamycin').count(), 'a course that is over').to.equal(0);
    await panel(page, 'Timeline').getByText('Zorbamycin 10 mg').waitFor();
    await panel(page, 'Vital signs')
      .getByText('107 mmHg · Diastolic blood pressure: not performed')
      .waitFor();
    await panel(page, 'Recent results').getByRole('button', { name: 'Sugar' }).first().click();
    for (const unit of ['mmol/L', 'mg/dL'])
      await panel(page, 'Trend').getByText(`Sugar (${unit})`).waitFor();

    await page.goto(`${chart}/prescribe`);
    await page.getByRole('button', { name: 'Stop Zorbamycin 10 mg' }).waitFor();
    await page.getByText(/^Course ended on/).waitFor();
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('says when somebody else has changed a visit meanwhile, and shows it as it is', async () => {
    const visit = appointmentNow('arjun-nair', 'Arjun Nair');
    await put(visit);
    const { page, close } = await enter('clinician', 'deshpande');
    const arrived = page.getByRole('button', { name: 'Arrived: Arjun Madhavan Nair' }).last();
    await arrived.waitFor();
    await put({ ...visit, comment: 'Comes a little later.' });

    await arrived.click();
    const alert = page.getByRole('alert', { name: 'Somebody else was first' });
    await alert.getByRole('button', { name: 'Load what is there now' }).click();
    await alert.waitFor({ state: 'detached' });
    await arrived.click();

    await page
      .getByText(/^Waiting for \d+ minute/)
      .first()
      .waitFor();
    await close();
  });

  it('says once that there is no connection, and opens the chart when there is one', async () => {
    const { page, close } = await enter('clinician', 'deshpande');
    const { url, base } = apps!.server;
    await page.goto(`${url}/apps/clinician/patients`);
    await page.getByLabel('Find a patient').fill('Sharma Priya');
    const link = page.getByRole('link', { name: 'Priya Sharma' });
    await link.waitFor();
    await page.waitForLoadState('networkidle');
    await page.route(base, (route) => route.abort());

    await link.click();
    const alert = page.getByRole('alert', { name: 'No connection' });
    await alert.waitFor();
    expect(await alert.count()).to.equal(1);
    await page.unroute(base);
    await alert.getByRole('button', { name: 'Try again' }).click();

    await page.getByText('Allergy to penicillin (high risk)').waitFor();
    await close();
  });

  it('asks for the chart by one batch, and nothing else of FHIR', async () => {
    const { page, requests, close } = await enter('clinician', 'deshpande');
    await page.goto(`${apps!.server.url}/apps/clinician/patients`);
    await page.getByLabel('Find a patient').fill('Sharma Priya');
    const link = page.getByRole('link', { name: 'Priya Sharma' });
    await link.waitFor();
    await page.waitForLoadState('networkidle');
    const before = requests.length;

    await link.click();
    await panel(page, 'Timeline').getByRole('listitem').first().waitFor();
    await page.waitForLoadState('networkidle');

    const { base } = apps!.server;
    const asked = requests.slice(before).filter((request) => request.includes(base));
    expect(asked).to.deep.equal([`POST ${base}`]);
    await close();
  });

  it('finds a patient by health ID, and says what is wrong with a mistyped one', async () => {
    const uhid = await uhidOf('priya-sharma');
    const { page, complaints, close } = await enter('clinician', 'deshpande');

    await page.keyboard.press('/');
    const field = page.getByLabel('Find a patient');
    await page.locator('#find-patient:focus').waitFor();
    await field.fill(uhid.slice(0, 13));
    await page.getByText('A health ID has 14 digits').waitFor();
    await field.fill(swapped(uhid));
    await page.getByText('This health ID is mistyped').waitFor();
    await field.fill(uhid);
    await page.getByRole('link', { name: 'Priya Sharma' }).waitFor();
    await look(page, 'clinician-patients');
    await page.getByRole('link', { name: 'Priya Sharma' }).click();
    await page.getByText('Allergy to penicillin (high risk)').waitFor();
    await page.keyboard.press('/');
    await field.fill('');
    const recent = page.getByRole('region', { name: 'Opened in this tab' });
    await recent.getByRole('link', { name: 'Priya Sharma' }).waitFor();

    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('opens what the patient of another hospital agrees to share', async () => {
    const uhid = await uhidOf('priya-sharma');
    const doctor = await enter('clinician', 'subramanian');
    const patient = await enter('portal', 'priya', 375);

    await find(doctor.page, uhid);
    await doctor.page.getByRole('button', { name: 'Ask for access' }).click();
    await doctor.page.getByLabel('Vital signs').check();
    await doctor.page.getByRole('button', { name: 'Ask the patient' }).click();
    await doctor.page.getByText('Waiting for the patient').waitFor();
    await look(doctor.page, 'clinician-access');
    await doctor.page.getByRole('button', { name: 'Enter the patient’s code' }).click();
    await doctor.page.getByLabel('Code', { exact: true }).fill('12345678');
    await doctor.page.getByRole('button', { name: 'Confirm' }).click();
    await doctor.page.getByRole('alert', { name: 'Something is not right' }).waitFor();
    await approve(patient);
    await doctor.page.reload();
    await doctor.page.getByRole('link', { name: 'Open the chart' }).click();

    await panel(doctor.page, 'Medicines')
      .getByText(/metformin/i)
      .first()
      .waitFor();
    // What was not asked for stays closed.
    await panel(doctor.page, 'Documents').getByText('No documents on record').waitFor();
    // The browser notes the code that was wrong.
    expect(doctor.complaints.filter((text) => !text.includes('422'))).to.deep.equal([]);
    await Promise.all([doctor.close(), patient.close()]);
  });

  it('breaks the glass with a reason, counts the time down, and closes again', async () => {
    const uhid = await uhidOf('arjun-nair');
    const { page, close } = await enter('clinician', 'subramanian');

    await find(page, uhid);
    await page.getByRole('button', { name: 'Ask for access' }).click();
    await page.getByRole('link', { name: /^Emergency/ }).click();
    await page.getByRole('heading', { name: 'Open a record in an emergency' }).waitFor();
    await look(page, 'clinician-emergency');
    await page.getByLabel('Why the record is needed now').fill('Unconscious');
    await page.getByRole('button', { name: 'Open in an emergency' }).click();
    await page.getByText(/^Please write \d+ characters more/).waitFor();
    await page
      .getByLabel('Why the record is needed now')
      .fill('Unconscious in the emergency room, chest pain before.');
    await page.getByRole('button', { name: 'Open in an emergency' }).click();

    await page.getByRole('timer').waitFor();
    await page.getByText('Arjun Madhavan Nair').first().waitFor();
    await panel(page, 'Medicines')
      .getByText(/amlodipine/i)
      .first()
      .waitFor();
    await look(page, 'clinician-emergency-open');
    await page.getByRole('button', { name: 'End the emergency' }).click();
    await page.getByRole('heading', { name: 'This record is not open to you' }).waitFor();
    await close();
  });

  it('opens with the chart and the visit the EHR has open', async () => {
    const { page, complaints, token, close } = await enter('clinician', 'deshpande');
    const { parameter = [] } = await operate<Parameters>(token(), '$smart-launch', [
      { name: 'client', valueString: 'clinician' },
      { name: 'patient', valueString: 'arjun-nair' },
      { name: 'encounter', valueString: 'enc-arjun-2' },
    ]);
    const address = parameter.find(({ name }) => name === 'url')?.valueUrl;

    await page.goto(address!);

    await page.getByText('Arjun Madhavan Nair').first().waitFor();
    await page.getByText(/^Open visit: /).waitFor();
    const prescribe = page.getByRole('link', { name: 'Prescribe' });
    expect(await prescribe.getAttribute('href')).to.match(
      /\/patients\/arjun-nair\/prescribe\?encounter=enc-arjun-2$/,
    );
    expect(complaints).to.deep.equal([]);
    await close();
  });

  /** Sees the request and gives what was asked. */
  const approve = async ({ token }: { readonly token: () => string }): Promise<void> => {
    const { base } = apps!.server;
    const answer = await fetch(`${base}/Task?code=request-access&status=requested`, {
      headers: { authorization: token() },
    });
    const { entry = [] } = (await answer.json()) as {
      readonly entry?: readonly { readonly resource: Task }[];
    };
    await operate(token(), `Task/${entry[0]!.resource.id!}/$approve-access`, []);
  };

  const operate = async <T>(
    authorization: string,
    path: string,
    parameter: Parameters['parameter'] & object,
  ): Promise<T> => {
    const answer = await fetch(`${apps!.server.base}/${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Parameters', parameter }),
    });
    const text = await answer.text();
    expect(answer.status, text).to.be.lessThan(300);
    return JSON.parse(text) as T;
  };
});

const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

const find = async (page: Page, uhid: string): Promise<void> => {
  await page.getByRole('link', { name: 'Patients' }).first().click();
  await page.getByLabel('Find a patient').fill(uhid);
  await page.getByRole('heading', { name: 'No open record with this health ID' }).waitFor();
};

/** The token with which the app last asked: "Bearer …". */
const tokenOf = (page: Visit['page']): (() => string) => {
  let last = '';
  page.on('request', (request) => {
    const { authorization = '' } = request.headers();
    if (authorization.startsWith('Bearer ')) last = authorization;
  });
  return () => last;
};

/** Two neighbours that differ, the other way round. */
const swapped = (uhid: string): string => {
  const at = uhid.split(/(?=\d)/).findIndex((digit, place) => uhid[place + 1] !== digit);
  return `${uhid.slice(0, at)}${uhid[at + 1]!}${uhid[at]!}${uhid.slice(at + 2)}`;
};

const categories = 'http://terminology.hl7.org/CodeSystem/observation-category';
const ucum = 'http://unitsofmeasure.org';
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const ofArjun = { subject: { reference: 'Patient/arjun-nair' } };
const bounded = (when: string, value: number) => ({
  sequence: 1,
  timing: { repeat: { when: [when], boundsDuration: { value: 1, system: ucum, code: 'wk' } } },
  doseAndRate: [{ doseQuantity: { value, system: ucum, code: '{tablet}' } }],
});
const sugar = (id: string, value: number, unit: string, days: number): Resource => ({
  ...{ resourceType: 'Observation', id, status: 'final', ...ofArjun },
  ...{ code: { text: 'Sugar', coding: [{ system: 'urn:lab', code: 'S' }] } },
  category: [{ coding: [{ system: categories, code: 'laboratory' }] }],
  ...{ effectiveDateTime: daysAgo(days), valueQuantity: { value, unit } },
});

/** A medicine that is only referenced, a course that is over, one test in two units, and half a blood pressure. */
const taken: readonly Resource[] = [
  { resourceType: 'Medication', id: 'zorbamycin', code: { text: 'Zorbamycin 10 mg' } },
  {
    ...{ resourceType: 'MedicationRequest', id: 'zorbamycin', status: 'active', intent: 'order' },
    ...{ ...ofArjun, authoredOn: daysAgo(1) },
    medicationReference: { reference: 'Medication/zorbamycin' },
    dosageInstruction: [bounded('MORN', 1), bounded('NIGHT', 0.5)],
  },
  {
    ...{ resourceType: 'MedicationRequest', id: 'curamycin', status: 'active', intent: 'order' },
    ...{ ...ofArjun, authoredOn: daysAgo(30) },
    medicationCodeableConcept: { text: 'Curamycin' },
    dosageInstruction: [bounded('MORN', 1)],
  },
  sugar('sugar-new', 5.4, 'mmol/L', 1),
  sugar('sugar-old', 97, 'mg/dL', 300),
  {
    ...{ resourceType: 'Observation', id: 'half-pressure', status: 'final', ...ofArjun },
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    category: [{ coding: [{ system: categories, code: 'vital-signs' }] }],
    effectiveDateTime: daysAgo(0),
    component: [
      {
        code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
        valueQuantity: { value: 107, unit: 'mmHg' },
      },
      {
        code: { text: 'Diastolic blood pressure' },
        dataAbsentReason: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
              code: 'not-performed',
            },
          ],
        },
      },
    ],
  },
];

const appointmentNow = (patient: string, display: string): Resource => {
  const start = Math.floor(Date.now() / 60_000) * 60_000;
  return {
    ...{ resourceType: 'Appointment', id: `today-${patient}`, status: 'booked' },
    start: new Date(start).toISOString(),
    end: new Date(start + 20 * 60_000).toISOString(),
    participant: [
      {
        actor: { reference: `Patient/${patient}`, display },
        status: 'accepted',
      },
      {
        actor: { reference: 'Practitioner/dr-deshpande', display: 'Dr. Anjali Deshpande' },
        status: 'accepted',
      },
    ],
  };
};
