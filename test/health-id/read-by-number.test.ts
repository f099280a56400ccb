// Reading by health ID: the decision table's rows for who may see the Patient, who may not, and a number that nobody has.

import { expect } from 'chai';
import type { Bundle, Patient } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { drawNumber } from '#src/health-id/number.ts';
import { describeOnEngines, type Opened } from '#test/contract/support/engines.ts';
import { countOperations } from '#test/sharing/support/count-operations.ts';
import { openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';

const staff = (role: Caller['role'], organization: string): Caller => ({
  ...{ client: 'test', token: 'test', user: role, role, organization },
  ...{ fhirUser: `Practitioner/${role}`, scopes: ['user/*.cruds'] },
});
const person = (changes: Partial<Patient> = {}): Patient => ({
  ...{ resourceType: 'Patient', birthDate: '1980-03-04' },
  ...{ name: [{ family: 'Sharma', given: ['Lakshmi'] }] },
  ...changes,
});
/** A number whose check digit does not fit. */
const mistyped = (number: string): string =>
  `${number.slice(0, 13)}${String((Number(number[13]) + 1) % 10)}`;
const asking = (resource: object) => ({
  body: { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }] },
});

describeOnEngines('reading by health ID', (engine) => {
  let opened: Opened;
  let inside: Inside;
  let permitted: Send;
  let stranger: Send;
  let known: Patient;
  let uhid: string;
  let nobodys: string;
  beforeEach(async () => {
    opened = await engine.open();
    inside = openInside(opened.store, { enrolOnCreate: true });
    permitted = inside.as(staff('desk', 'Organization/a'));
    stranger = inside.as(staff('desk', 'Organization/b'));
    known = (await permitted('POST', 'Patient/$register', asking(person()))).json as Patient;
    uhid = known.identifier![0]!.value!;
    nobodys = drawNumber();
  });
  afterEach(() => opened.close());

  /** What is different each time is left out: numbers, ids and times. */
  const shapeOf = ({ status, text, headers }: Answered): string =>
    JSON.stringify([status, text, Object.keys(headers)])
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
      .replaceAll(/\d{14}|\d{2}-\d{4}-\d{4}-\d{4}/g, 'number')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time');

  const appointment = (number: string) => ({
    ...{ resourceType: 'Appointment', status: 'proposed' },
    participant: [
      { actor: { reference: `Patient?identifier=${system}|${number}` }, status: 'accepted' },
    ],
  });
  const transaction = (resource: object) => ({
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: [{ resource, request: { method: 'POST', url: 'Appointment' } }],
  });
  const ways: Readonly<Record<string, (send: Send, number: string) => Promise<Answered>>> = {
    'a search': (send, number) => send('GET', `Patient?identifier=${system}|${number}`),
    'a count': (send, number) =>
      send('GET', `Patient?identifier=${system}|${number}&_summary=count`),
    'a chain': (send, number) => send('GET', `Appointment?patient.identifier=${system}|${number}`),
    $match: (send, number) =>
      send('POST', 'Patient/$match', asking(person({ identifier: [{ system, value: number }] }))),
    '$ihe-pix': (send, number) =>
      send('GET', `Patient/$ihe-pix?sourceIdentifier=${system}|${number}`),
    'a conditional reference': (send, number) =>
      send('POST', '', { body: transaction(appointment(number)) }),
    'a conditional update': (send, number) =>
      send('PUT', `Patient?identifier=${system}|${number}`, {
        body: person({ birthDate: '1999' }),
      }),
  };
  for (const [way, ask] of Object.entries(ways))
    it(`answers who may not see the Patient as if nobody had the number, with the same work, by ${way}`, async () => {
      const noted = countOperations(opened.store);

      const hidden = await ask(stranger, uhid);
      const work = noted.splice(0);
      const absent = await ask(stranger, nobodys);

      expect(shapeOf(hidden)).to.equal(shapeOf(absent));
      expect(work).to.deep.equal(noted);
      expect(hidden.status).to.be.below(500);
    });

  it('answers who may see the Patient, by id and by number', async () => {
    const read = await permitted('GET', `Patient/${known.id!}`);
    const found = await permitted('GET', `Patient?identifier=${system}|${uhid}`);

    expect([read.status, found.status]).to.deep.equal([200, 200]);
    expect(found.keys).to.deep.equal([`Patient/${known.id!}`]);
    expect((found.json as Bundle).total).to.equal(1);
  });

  it('answers a read of a Patient who is hidden as of one who is not there: 404', async () => {
    const hidden = await stranger('GET', `Patient/${known.id!}`);
    const absent = await stranger('GET', 'Patient/00000000-0000-4000-8000-000000000000');

    expect(hidden.status).to.equal(404);
    expect(shapeOf(hidden)).to.equal(shapeOf(absent));
  });

  it('warns of a wrong check digit, known or not: it is arithmetic', async () => {
    const answers = [
      await permitted('GET', `Patient?identifier=${system}|${mistyped(uhid)}`),
      await stranger('GET', `Patient?identifier=${system}|${mistyped(nobodys)}`),
    ];

    for (const { status, keys, text } of answers) {
      expect([status, keys]).to.deep.equal([200, []]);
      expect(text).to.contain('The check digit does not fit');
    }
  });

  it('creates under If-None-Exist what is hidden as what is unknown, and finds what is permitted', async () => {
    const create = (send: Send, number: string, given: string) =>
      send('POST', 'Patient', {
        body: person({ name: [{ family: 'Okafor', given: [given] }], birthDate: '1931-07-09' }),
        headers: { 'if-none-exist': `identifier=${system}|${number}` },
      });

    const found = await create(permitted, uhid, 'Ada');
    const hidden = await create(stranger, uhid, 'Bea');
    const absent = await create(stranger, nobodys, 'Zed');

    expect([found.status, hidden.status, absent.status]).to.deep.equal([200, 201, 201]);
    expect((found.json as Patient).id).to.equal(known.id);
  });

  for (const way of ['a conditional reference', 'a conditional update'])
    it(`answers a mistyped number alike, whosever it nearly is, by ${way}`, async () => {
      const ask = ways[way]!;

      const nearly = await ask(permitted, mistyped(uhid));
      const nobody = await ask(stranger, mistyped(nobodys));

      expect(shapeOf(nearly)).to.equal(shapeOf(nobody));
      expect(nearly.status).to.be.below(500);
      expect((nearly.json as Patient).id).to.not.equal(known.id);
    });

  it('finds who has died like anybody else, and hides them alike', async () => {
    await permitted('PUT', `Patient/${known.id!}`, {
      body: { ...known, deceasedDateTime: '2026-01-02' },
    });

    const read = await permitted('GET', `Patient/${known.id!}`);
    const found = await permitted('GET', `Patient?identifier=${system}|${uhid}`);
    const hidden = await stranger('GET', `Patient?identifier=${system}|${uhid}`);
    const absent = await stranger('GET', `Patient?identifier=${system}|${nobodys}`);

    expect([read.status, found.keys.length]).to.deep.equal([200, 1]);
    expect(shapeOf(hidden)).to.equal(shapeOf(absent));
  });
});
