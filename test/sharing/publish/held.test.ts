// Uploads that wait for their patient: who sees them, how they are filed later, and that nothing of them is lost.

import { expect } from 'chai';
import type { Binary, DocumentReference, Patient, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { drawNumber } from '#src/health-id/number.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';
import {
  clinic,
  clinician,
  desk,
  documentOf,
  labBundle,
  laboratory,
  mistyped,
  person,
  report,
  system,
} from './support/uploads.ts';

const rao: Partial<Patient> = { name: [{ family: 'Rao' }] };

for (const engine of engines)
  describe(`uploads that wait on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let atLab: Send;
    let atDesk: Send;
    let patient: Patient;
    let number: string;

    beforeEach(async () => {
      opened = await engine.open();
      await opened.store.records.put('Client', laboratory.client, {});
      inside = openInside(opened.store, { enrolOnCreate: true, later: true });
      [atLab, atDesk] = [inside.as(laboratory), inside.as(desk)];
      const made = await inside.by('Organization/b')('POST', 'Patient', { body: person() });
      patient = made.json as Patient;
      number = patient.identifier![0]!.value!;
    });
    afterEach(() => opened.close());

    const hold = async (body: object = documentOf(number, rao), send = atLab): Promise<Task> => {
      const path = 'type' in body && body.type === 'transaction' ? '' : 'DocumentReference';
      const answer = await send('POST', path, { body });
      expect(answer.status, answer.text).to.equal(202);
      return answer.json as Task;
    };
    const ask = (task: Task, operation: string, given: object, send = atDesk): Promise<Answered> =>
      send('POST', `Task/${task.id!}/${operation}`, {
        body: {
          resourceType: 'Parameters',
          parameter: Object.entries(given).map(([name, value]) =>
            typeof value === 'string' ? { name, valueString: value } : { name, ...value },
          ),
        },
      });
    const all = async (type: string): Promise<readonly string[]> =>
      (await inside.by()('GET', type)).keys;
    const documents = async (): Promise<readonly DocumentReference[]> =>
      Promise.all(
        (await all('DocumentReference')).map(
          async (key) => (await inside.by()('GET', key)).json as DocumentReference,
        ),
      );

    it('stand in the worklist of the sender’s organization alone', async () => {
      const task = await hold();
      const seen = async (who: Caller) => (await inside.as(who)('GET', `Task/${task.id!}`)).status;

      expect(await seen(laboratory)).to.equal(200);
      expect(await seen(desk)).to.equal(200);
      expect(await seen(clinic)).to.equal(404);
      expect((await inside.as(clinic)('GET', 'Task')).keys).to.deep.equal([]);
    });

    it('say whom they name, and no word of what they are', async () => {
      const task = await hold();

      expect(JSON.stringify(task)).to.contain('Rao').and.not.contain('11502-2');
      expect(task.owner!.reference).to.equal('Organization/a');
      expect(JSON.stringify(task)).not.to.contain(patient.id!);
    });

    it('keep all that was sent, for those who may read it', async () => {
      const task = await hold();
      const binary = task.input![0]!.valueReference!.reference!;

      const read = await atLab('GET', binary, { headers: { accept: 'application/fhir+json' } });

      const { data } = read.json as Binary;
      const sent = JSON.parse(Buffer.from(data!, 'base64').toString()) as DocumentReference;
      expect(sent).to.deep.equal(documentOf(number, rao));
      expect((await atDesk('GET', binary)).status).to.equal(403);
      expect((await inside.as(clinic)('GET', binary)).status).to.equal(404);
    });

    it('wait once, however often they are sent', async () => {
      const [one, other] = [await hold(), await hold()];

      expect(other.id).to.equal(one.id);
      expect(await all('Task')).to.have.length(1);
    });

    it('cannot be changed by hand', async () => {
      const task = await hold();

      const put = await atDesk('PUT', `Task/${task.id!}`, {
        body: { ...task, status: 'completed' },
      });

      expect(put.status).to.equal(403);
    });

    describe('are filed', () => {
      it('by better words', async () => {
        const task = await hold();

        const answer = await ask(task, '$file-upload', { family: 'Sharma' });
        const [filed] = await documents();

        expect(answer.status, answer.text).to.equal(200);
        expect(answer.json as Task).to.include({ id: task.id, status: 'completed' });
        expect((answer.json as Task).output![0]!.valueReference!.reference).to.equal(
          `DocumentReference/${filed!.id!}`,
        );
        expect(filed!.subject!.reference).to.equal(`Patient/${patient.id!}`);
      });

      it('by another number', async () => {
        const said = { name: [{ family: 'Sharma' }] };
        const task = await hold(documentOf(drawNumber(), said));

        const answer = await ask(task, '$file-upload', { uhid: number });
        const [filed] = await documents();

        expect(answer.status, answer.text).to.equal(200);
        expect(filed!.subject).to.deep.include({ identifier: { system, value: number } });
      });

      it('by a Patient whom the clerk sees', async () => {
        const made = await atDesk('POST', 'Patient', {
          body: person({ name: [{ family: 'Iyer', given: ['Meera'] }], birthDate: '1990-09-09' }),
        });
        const own = made.json as Patient;
        const task = await hold();

        const answer = await ask(task, '$file-upload', {
          patient: { valueReference: { reference: `Patient/${own.id!}` } },
        });
        const [filed] = await documents();

        expect(answer.status, answer.text).to.equal(200);
        expect(filed!.subject!.reference).to.equal(`Patient/${own.id!}`);
      });

      it('with their bytes, kept by who had sent them, and leave nothing that waits', async () => {
        const task = await hold();

        await ask(task, '$file-upload', { family: 'Sharma' });
        const [filed] = await documents();
        const [stored] = await opened.store.resources.read([
          { type: 'DocumentReference', id: filed!.id! },
        ]);
        const bytes = await inside.by()('GET', filed!.content[0]!.attachment.url!, {
          headers: { accept: 'application/fhir+json' },
        });

        expect((bytes.json as Binary).data).to.equal(report.toString('base64'));
        expect(stored!.custodian).to.equal('Organization/a');
        expect(await all('Binary')).to.have.length(1);
      });

      it('as transactions too', async () => {
        const task = await hold(labBundle(number, { birthDate: '1999-01-01' }));

        const answer = await ask(task, '$file-upload', { birthDate: '1980-03-04' });

        expect(answer.status, answer.text).to.equal(200);
        expect(await all('Observation')).to.have.length(1);
        expect(await all('DiagnosticReport')).to.have.length(1);
      });

      it('of a front desk by a front desk', async () => {
        const task = await hold(documentOf(number, rao), atDesk);

        const answer = await ask(task, '$file-upload', { family: 'Sharma' });

        expect(answer.status, answer.text).to.equal(200);
        expect(await documents()).to.have.length(1);
      });

      it('once, however many try at the same moment', async () => {
        const task = await hold();

        const answers = await Promise.all(
          Array.from({ length: 4 }, () => ask(task, '$file-upload', { family: 'Sharma' })),
        );

        const statuses = answers.map(({ status }) => status);
        expect(statuses.filter((status) => status === 200)).to.have.length(1);
        expect(statuses.every((status) => status === 200 || status >= 409)).to.equal(true);
        expect(await documents()).to.have.length(1);
      });

      it('and tell the patient', async () => {
        await ask(await hold(), '$file-upload', { family: 'Sharma' });

        expect(await all('Communication')).to.have.length(1);
      });

      it('when the Patient is put right', async () => {
        const task = await hold();
        const body = { ...patient, name: [{ family: 'Rao', given: ['Lakshmi'] }] };

        await inside.by('Organization/b')('PUT', `Patient/${patient.id!}`, { body });
        await inside.settled();
        const read = await atLab('GET', `Task/${task.id!}`);

        expect((read.json as Task).status).to.equal('completed');
        expect(await documents()).to.have.length(1);
      });

      const gone: Readonly<Record<string, readonly [Caller, () => Promise<unknown>]>> = {
        'the client that sent them is gone': [
          laboratory,
          () => opened.store.records.take('Client', laboratory.client),
        ],
        'who sent them is disabled': [
          desk,
          () => opened.store.records.put('user', desk.user!, { status: 'disabled' }),
        ],
      };
      for (const [what, [sender, remove]] of Object.entries(gone))
        it(`when the Patient is put right, but not where ${what}: then by a clerk`, async () => {
          await opened.store.records.put('Client', desk.client, {});
          await opened.store.records.put('user', desk.user!, { status: 'active' });
          const task = await hold(documentOf(number, rao), inside.as(sender));
          await remove();
          const body = { ...patient, name: [{ family: 'Rao', given: ['Lakshmi'] }] };

          await inside.by('Organization/b')('PUT', `Patient/${patient.id!}`, { body });
          await inside.settled();
          const read = await atLab('GET', `Task/${task.id!}`);
          const waiting = await documents();
          const filed = await ask(task, '$file-upload', {}, inside.as(clinician));

          expect([(read.json as Task).status, waiting.length]).to.deep.equal(['requested', 0]);
          expect(filed.status, filed.text).to.equal(200);
        });

      it('not when a Patient is changed and still does not agree', async () => {
        const task = await hold();
        const body = { ...patient, gender: 'unknown' };

        await inside.by('Organization/b')('PUT', `Patient/${patient.id!}`, { body });
        await inside.settled();
        const read = await atLab('GET', `Task/${task.id!}`);

        expect((read.json as Task).status).to.equal('requested');
      });
    });

    describe('wait on', () => {
      it('when the words do not agree, the same as for a number that nobody has', async () => {
        const task = await hold();

        const known = await ask(task, '$file-upload', { uhid: number, family: 'Iyer' });
        const unknown = await ask(task, '$file-upload', { uhid: drawNumber(), family: 'Iyer' });

        expect(known.status).to.equal(202);
        expect(unknown).to.deep.equal(known);
        expect(await documents()).to.deep.equal([]);
      });

      const refused: Readonly<Record<string, readonly [number, () => object]>> = {
        'a Patient whom the clerk does not see': [
          404,
          () => ({ patient: { valueReference: { reference: `Patient/${patient.id!}` } } }),
        ],
        'a Patient who is not there': [
          404,
          () => ({ patient: { valueReference: { reference: 'Patient/absent' } } }),
        ],
        'a mistyped number': [422, () => ({ uhid: mistyped(number) })],
        'half a birth date': [422, () => ({ birthDate: '1980' })],
        'a Patient and other words': [
          400,
          () => ({
            ...{ family: 'Sharma' },
            patient: { valueReference: { reference: `Patient/${patient.id!}` } },
          }),
        ],
        'a parameter that there is not': [400, () => ({ name: 'Sharma' })],
      };
      for (const [what, [status, given]] of Object.entries(refused))
        it(`after ${what}`, async () => {
          const task = await hold();

          const answer = await ask(task, '$file-upload', given());

          expect(answer.status, answer.text).to.equal(status);
          expect(await documents()).to.deep.equal([]);
        });

      it('when others try to file or cancel them', async () => {
        const task = await hold();

        for (const operation of ['$file-upload', '$cancel-upload'])
          expect((await ask(task, operation, {}, inside.as(clinic))).status).to.equal(404);
        expect(await documents()).to.deep.equal([]);
      });

      it('when the Task is none of an upload', async () => {
        const other = await atDesk('POST', 'Task', {
          body: { resourceType: 'Task', status: 'requested', intent: 'order' },
        });

        const answer = await ask(other.json as Task, '$file-upload', { family: 'Sharma' });

        expect(answer.status).to.equal(422);
      });
    });

    it('are cancelled with a reason, and then not filed any more', async () => {
      const task = await hold();

      const cancelled = await ask(task, '$cancel-upload', { reason: 'sent twice' });
      const filed = await ask(task, '$file-upload', { family: 'Sharma' });

      expect(cancelled.status, cancelled.text).to.equal(200);
      expect(cancelled.json as Task).to.include({ status: 'cancelled' });
      expect(filed.status).to.equal(422);
      expect(await all('Binary')).to.deep.equal([]);
    });

    it('give a clerk no way to write what a clerk may not', async () => {
      const forged = await atDesk('POST', 'Task', {
        body: {
          ...{ resourceType: 'Task', status: 'requested', intent: 'order' },
          code: {
            coding: [
              {
                system: 'https://meridian.example/CodeSystem/upload-task',
                code: 'needs-identification',
              },
            ],
          },
        },
      });

      expect(forged.status).to.equal(403);
    });

    it('are filed by a clinician of the organization as well', async () => {
      const task = await hold();

      const answer = await ask(task, '$file-upload', { family: 'Sharma' }, inside.as(clinician));

      expect(answer.status, answer.text).to.equal(200);
    });
  });
