// Uploading by health ID: the decision table, cell by cell, on every engine.

import { expect } from 'chai';
import type { DocumentReference, Patient, Task } from 'fhir/r4.js';
import { drawNumber, showNumber } from '#src/health-id/number.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';
import {
  clinic,
  clinician,
  desk,
  documentOf,
  laboratory,
  mistyped,
  person,
  system,
} from './support/uploads.ts';

for (const engine of engines)
  describe(`uploading by health ID on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let atLab: Send;
    let patient: Patient;
    let number: string;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openInside(opened.store, { enrolOnCreate: true });
      atLab = inside.as(laboratory);
      const made = await inside.by('Organization/b')('POST', 'Patient', { body: person() });
      patient = made.json as Patient;
      number = patient.identifier![0]!.value!;
    });
    afterEach(() => opened.close());

    const post = (body: object, send = atLab) => send('POST', 'DocumentReference', { body });
    const all = async (type: string): Promise<readonly string[]> =>
      (await inside.by()('GET', type)).keys;
    const isNothingStored = async () => {
      for (const type of ['DocumentReference', 'Binary', 'List', 'Task', 'Communication'])
        expect(await all(type), type).to.deep.equal([]);
    };

    it('files what names a birth date and a family name that agree', async () => {
      const { status, json } = await post(documentOf(number));
      const filed = json as DocumentReference;

      expect(status).to.equal(201);
      expect(filed.subject!.reference).to.equal(`Patient/${patient.id!}`);
      expect(filed.context?.sourcePatientInfo?.reference).to.equal('#p');
    });

    const agreeing: Readonly<Record<string, Partial<Patient>>> = {
      'a birth date alone': { name: [], birthDate: '1980-03-04' },
      'a family name alone': { name: [{ family: 'Sharma' }] },
      'a family name in another spelling': { name: [{ family: 'Sarma' }] },
      'a name in another script': { name: [{ family: 'शर्मा', given: ['लक्ष्मी'] }] },
      'a name as one text': { name: [{ text: 'Lakshmi Sharma' }] },
    };
    for (const [what, said] of Object.entries(agreeing))
      it(`files by ${what}`, async () => {
        const { status } = await post(documentOf(number, said));

        expect(status).to.equal(201);
      });

    it('takes the number as people write it', async () => {
      const { status, json } = await post(documentOf(showNumber(number)));

      expect(status).to.equal(201);
      expect((json as DocumentReference).subject!.identifier!.value).to.equal(number);
    });

    const disagreeing: Readonly<Record<string, Partial<Patient>>> = {
      'another birth date': { name: [], birthDate: '1980-03-05' },
      'another family name': { name: [{ family: 'Rao' }] },
      'the birth date and another family name': {
        name: [{ family: 'Rao' }],
        birthDate: '1980-03-04',
      },
      'the family name and another birth date': {
        name: [{ family: 'Sharma' }],
        birthDate: '1999-01-01',
      },
      'the given name of a twin': {
        name: [{ family: 'Sharma', given: ['Saraswati'] }],
        birthDate: '1980-03-04',
      },
    };
    for (const [what, said] of Object.entries(disagreeing))
      it(`holds what names ${what}`, async () => {
        const { status, json } = await post(documentOf(number, said));

        expect(status).to.equal(202);
        expect(json as Task).to.include({ resourceType: 'Task', status: 'requested' });
        expect(await all('DocumentReference')).to.deep.equal([]);
      });

    it('answers an unknown number as it answers one that disagrees', async () => {
      const other = { name: [{ family: 'Rao' }] };
      const shape = ({ status, text, headers }: Answered, said: string): string =>
        `${String(status)} ${Object.keys(headers).join()} ${text}`
          .replaceAll(said, 'N')
          .replace(/[0-9a-f-]{36}/g, 'ID')
          .replace(/"(?:lastUpdated|authoredOn)":"[^"]*"/g, '')
          .replace(/sha-256;[\w-]+/g, 'HASH');
      const absent = drawNumber();

      const known = await post(documentOf(number, other));
      const unknown = await post(documentOf(absent, other));

      expect(known.status).to.equal(202);
      expect(shape(unknown, absent)).to.equal(shape(known, number));
    });

    const refused: Readonly<Record<string, (right: string) => object>> = {
      'a wrong check digit': (right) => documentOf(mistyped(right)),
      'no value': () => ({ ...documentOf(''), contained: [] }),
      'a number that is too short': () => documentOf('1234'),
      'neither birth date nor family name': (right) => documentOf(right, { name: [] }),
      'a year of birth alone': (right) => documentOf(right, { name: [], birthDate: '1980' }),
      'a given name alone': (right) => documentOf(right, { name: [{ given: ['Lakshmi'] }] }),
      'two different numbers': (right) => ({
        ...documentOf(right),
        context: { related: [{ identifier: { system, value: drawNumber() } }] },
      }),
      'a wrong status': (right) => ({ ...documentOf(right), status: 'nonsense' }),
    };
    for (const [what, body] of Object.entries(refused))
      it(`refuses ${what} and stores nothing`, async () => {
        const { status, json } = await post(body(number));

        expect(status).to.equal(422);
        expect((json as { issue: { expression: string[] }[] }).issue[0]!.expression[0]).to.match(
          /^DocumentReference\./,
        );
        await isNothingStored();
      });

    it('refuses a document of a front desk that names nobody', async () => {
      const nobody = { ...documentOf(number), subject: undefined };
      const body = JSON.parse(JSON.stringify(nobody)) as object;

      const { status } = await post(body, inside.as(desk));

      expect(status).to.equal(422);
      await isNothingStored();
    });

    it('refuses who may not upload, whoever has the number', async () => {
      for (const value of [number, drawNumber(), mistyped(number)]) {
        const { status, text } = await post(documentOf(value), inside.as(clinician));

        expect(status).to.equal(403);
        expect(text).to.contain('health ID alone');
      }
      await isNothingStored();
    });

    it('refuses a system whose scopes do not include it', async () => {
      const reader = inside.as({ ...laboratory, scopes: ['system/*.rs'] });

      const known = await post(documentOf(number), reader);
      const unknown = await post(documentOf(drawNumber()), reader);

      expect(known.status).to.equal(403);
      expect(unknown).to.deep.equal(known);
      await isNothingStored();
    });

    it('lets a front desk upload what it may not read', async () => {
      const { status } = await post(documentOf(number), inside.as(desk));
      const [key] = await all('DocumentReference');
      const read = await inside.as(desk)('GET', key!);

      expect(status).to.equal(201);
      expect(read.status).to.equal(403);
    });

    it('gives no right to read anything else of the patient', async () => {
      await post(documentOf(number));

      const read = await atLab('GET', `Patient/${patient.id!}`);
      const found = await atLab('GET', `Patient?identifier=${system}|${number}`);
      const included = await atLab('GET', 'DocumentReference?_include=DocumentReference:subject');
      const chained = await atLab('GET', 'DocumentReference?subject:Patient.family=Sharma');

      expect(read.status).to.equal(404);
      expect(found.keys).to.deep.equal([]);
      expect(included.keys.filter((key) => key.startsWith('Patient/'))).to.deep.equal([]);
      expect(chained.keys).to.deep.equal([]);
    });

    it('keeps what is filed for the organization that sent it', async () => {
      await post(documentOf(number));

      expect((await atLab('GET', 'DocumentReference')).keys).to.have.length(1);
      expect((await inside.as(clinic)('GET', 'DocumentReference')).keys).to.deep.equal([]);
    });

    it('tells the patient', async () => {
      await post(documentOf(number));

      const { json } = await inside.by()('GET', `Communication?recipient=Patient/${patient.id!}`);
      expect(JSON.stringify(json)).to.contain('report-filed');
    });

    it('cannot be made to file with a Patient by a literal reference', async () => {
      const literal = {
        ...documentOf(number),
        subject: { reference: `Patient/${patient.id!}` },
        context: undefined,
        contained: undefined,
      };

      const { status } = await post(JSON.parse(JSON.stringify(literal)) as object);

      expect(status).to.equal(403);
    });
  });
