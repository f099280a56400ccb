// Emergencies: a clinician opens a record with a reason and for a short time; the patient and a reviewer hear of it. On every engine.

import { expect } from 'chai';
import type { Bundle, Communication, Parameters, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { drawNumber } from '#src/health-id/number.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import type { Answered, Send } from '#test/support/rights.ts';
import {
  asking,
  clinician,
  openSharing,
  parameters,
  patientCaller,
  system,
  systemCaller,
  type Parameter,
  type Sharing,
} from './support/inside.ts';
import { firstTask, register, shapeOf, stranger, type Registered } from './support/people.ts';

const minute = 60_000;
const reason: Parameter = {
  ...{ name: 'reason', valueString: 'Unconscious after a fall, no relatives here' },
};
const numbered = (value: string): Parameter => ({
  ...{ name: 'identifier', valueIdentifier: { system, value } },
});
const administrator = (organization?: string): Caller => ({
  ...{ client: 'administration', token: 'token', user: 'admin', role: 'administrator' },
  scopes: ['user/*.cruds'],
  ...(organization === undefined ? {} : { organization }),
});

for (const engine of engines)
  describe(`emergencies, on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Sharing;
    let known: Registered;
    let later: number;
    let atHospital: Send;
    let asPatient: Send;
    const rao = clinician('Organization/b');

    beforeEach(async () => {
      later = 0;
      opened = await engine.open();
      inside = openSharing(opened.store, { now: () => Date.now() + later });
      known = await register(inside);
      atHospital = inside.as(rao);
      asPatient = inside.as(patientCaller(known.id));
    });
    afterEach(() => opened.close());

    const open = (send = atHospital, ...more: readonly Parameter[]): Promise<Answered> =>
      send('POST', 'Patient/$break-glass', parameters(numbered(known.uhid), reason, ...more));
    const valueOf = ({ json }: Answered, name: string) =>
      (json as Parameters).parameter!.find((each) => each.name === name)!;
    const taskOf = (answered: Answered): string =>
      valueOf(answered, 'task').valueReference!.reference!;

    it('open the record of a patient by health ID, to the one clinician, for an hour', async () => {
      const answered = await open();

      expect(answered.status).to.equal(200);
      const reference = valueOf(answered, 'patient').valueReference!.reference;
      expect(reference).to.equal(`Patient/${known.id}`);
      const until = Date.parse(valueOf(answered, 'until').valueInstant!);
      expect(until).to.be.within(Date.now() + 59 * minute, Date.now() + 60 * minute);
      const [emergency, ...others] = await inside.emergencies.find(rao);
      expect(emergency).to.include({ patient: known.id, until });
      expect(others).to.deep.equal([]);
      expect(await inside.emergencies.find(clinician('Organization/b', 'other'))).to.deep.equal([]);
      expect(
        await inside.emergencies.find({ ...rao, organization: 'Organization/c' }),
      ).to.deep.equal([]);
      expect(await inside.emergencies.find({ ...rao, role: 'desk' })).to.deep.equal([]);
    });

    it('open it by the id in the address as well', async () => {
      const { status } = await atHospital(
        ...(['POST', `Patient/${known.id}/$break-glass`, parameters(reason)] as const),
      );

      expect(status).to.equal(200);
    });

    it('open who remains after every merge, by the id of who was merged first', async () => {
      const mergedInto = async (id: string) => {
        const link = [{ type: 'replaced-by', other: { reference: `Patient/${id}` } }];
        const body = { resourceType: 'Patient', active: false, link };
        return (await inside.by('Organization/a')('POST', 'Patient', { body })).json.id as string;
      };
      const first = await mergedInto(await mergedInto(known.id));

      const answered = await atHospital(
        ...(['POST', `Patient/${first}/$break-glass`, parameters(reason)] as const),
      );

      expect(answered.status).to.equal(200);
      const { reference } = valueOf(answered, 'patient').valueReference!;
      expect(reference).to.equal(`Patient/${known.id}`);
    });

    it('are over after their time', async () => {
      await open();

      later = 60 * minute;

      expect(await inside.emergencies.find(rao)).to.deep.equal([]);
    });

    it('of two patients stand beside each other', async () => {
      const other = await register(inside, stranger);

      await Promise.all([
        open(),
        atHospital('POST', 'Patient/$break-glass', parameters(numbered(other.uhid), reason)),
      ]);

      const patients = (await inside.emergencies.find(rao)).map(({ patient }) => patient);
      expect(patients).to.have.members([known.id, other.id]);
    });

    it('are told to the patient at once: who, why and until when in the record, nothing in the message', async () => {
      await open();

      const { entry } = (await asPatient('GET', 'Communication')).json as Bundle<Communication>;
      const { contentString } = entry![0]!.resource!.payload![0]!;
      expect(contentString).to.contain('Practitioner/rao of Organization/b');
      expect(contentString).to.contain('Unconscious after a fall');
      expect(inside.sent.map(({ text }) => text)).to.deep.equal([
        'Your health record was opened in an emergency. Sign in to see by whom and why.',
      ]);
    });

    it('are told to the audit with their purpose', async () => {
      await open(atHospital, { name: 'purpose', valueCode: 'ETREAT' });

      const [event] = inside.reported;
      expect(event).to.include({ patient: known.id, purpose: 'ETREAT', outcome: 'opened' });
      expect(event!.caller).to.include({ user: 'rao' });
    });

    it('are not opened where the audit cannot be told', async () => {
      inside.failReports();

      let failure: unknown;
      await open().catch((error: unknown) => {
        failure = error;
      });

      expect(failure).to.be.an.instanceOf(Error);
      expect(await inside.emergencies.find(rao)).to.deep.equal([]);
    });

    const others: Readonly<Record<string, Caller>> = {
      'the desk': { ...rao, role: 'desk' },
      'a system': systemCaller('Organization/b'),
      'a clinician without an organization': clinician(''),
      'a clinician whose app may not read Patients': { ...rao, scopes: ['user/Observation.rs'] },
      'a clinician whose app may only read': { ...rao, scopes: ['user/*.rs'] },
      'an administrator': administrator('Organization/b'),
      'a patient': patientCaller('somebody'),
    };
    for (const [who, caller] of Object.entries(others))
      it(`are not opened by ${who}, who learns nothing of who is known`, async () => {
        const absent = drawNumber();
        const send = inside.as(caller);

        const one = await open(send);
        const other = await send(
          'POST',
          'Patient/$break-glass',
          parameters(numbered(absent), reason),
        );

        expect(one.status).to.equal(403);
        expect(shapeOf(one, known.uhid)).to.equal(shapeOf(other, absent));
        expect(inside.reported).to.deep.equal([]);
      });

    const faults: Readonly<Record<string, readonly [number, readonly Parameter[]]>> = {
      'without a reason': [400, [numbered('')]],
      'with a reason of a word': [400, [{ name: 'reason', valueString: 'urgent' }]],
      'with a reason of blanks': [400, [{ name: 'reason', valueString: ' '.repeat(30) }]],
      'for another purpose': [400, [reason, { name: 'purpose', valueCode: 'TREAT' }]],
      'of nobody in particular': [400, [reason]],
      'with a wrong check digit': [422, [reason, numbered('12345678901234')]],
    };
    for (const [fault, [status, sent]] of Object.entries(faults))
      it(`are not opened ${fault}`, async () => {
        const answered = await atHospital('POST', 'Patient/$break-glass', parameters(...sent));

        expect(answered.status).to.equal(status);
        expect(await inside.emergencies.find(rao)).to.deep.equal([]);
      });

    it('of a number that nobody has are a miss in the audit, and few are allowed', async () => {
      const guess = () =>
        atHospital('POST', 'Patient/$break-glass', parameters(numbered(drawNumber()), reason));
      const statuses: number[] = [];
      for (let time = 0; time < 7; time += 1) statuses.push((await guess()).status);

      expect(statuses).to.deep.equal([404, 404, 404, 404, 404, 429, 429]);
      expect(inside.reported.map(({ outcome }) => outcome)).to.deep.equal(
        Array(5).fill('not found'),
      );
      expect((await open()).status).to.equal(429);
    });

    it('lead to the survivor of who was merged', async () => {
      const other = await register(inside, stranger);
      await inside.by()('PUT', `Patient/${other.id}`, {
        body: {
          ...other.patient,
          active: false,
          link: [{ type: 'replaced-by', other: { reference: `Patient/${known.id}` } }],
        },
      });

      const answered = await atHospital(
        'POST',
        `Patient/${other.id}/$break-glass`,
        parameters(reason),
      );

      const { reference } = valueOf(answered, 'patient').valueReference!;
      expect(reference).to.equal(`Patient/${known.id}`);
    });

    it('are ended early by who opened them, once or twice', async () => {
      const task = taskOf(await open());

      const ended = await atHospital('POST', `${task}/$end-emergency`, parameters());

      expect(ended.status).to.equal(200);
      expect(await inside.emergencies.find(rao)).to.deep.equal([]);
      expect(Date.parse((ended.json as Task).executionPeriod!.end!)).to.be.at.most(Date.now());
      expect((await atHospital('POST', `${task}/$end-emergency`, parameters())).status).to.equal(
        200,
      );
      expect(inside.reported.map(({ outcome }) => outcome)).to.deep.equal(['opened', 'ended']);
    });

    it('are not seen by the front desk, which sees other Tasks of the hospital', async () => {
      const task = taskOf(await open());
      const { json } = await atHospital(
        ...(['POST', 'Patient/$request-access', asking(known.uhid)] as const),
      );
      const atDesk = inside.as({ ...clinician('Organization/b', 'front'), role: 'desk' });

      const found = await atDesk('GET', 'Task');

      expect(found.keys).to.deep.equal([`Task/${(json as Task).id!}`]);
      expect((await atDesk('GET', task)).status).to.equal(404);
      expect((await atDesk('GET', `${task}/_history`)).status).to.equal(404);
    });

    it('are neither ended nor reviewed by an app that may only read', async () => {
      const task = taskOf(await open());
      const [ending, reviewing] = [rao, administrator()].map((caller) =>
        inside.as({ ...caller, scopes: ['user/*.rs'] }),
      );
      const outcome: Parameter = { name: 'outcome', valueCode: 'unjustified' };

      const answers = [
        await ending!('POST', `${task}/$end-emergency`, parameters()),
        await reviewing!('POST', `${task}/$review-emergency`, parameters(outcome)),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([403, 403]);
      expect(await inside.emergencies.find(rao)).to.have.length(1);
    });

    it('are not ended by a colleague, the patient, or another hospital', async () => {
      const task = taskOf(await open());

      const statuses = await Promise.all(
        [
          clinician('Organization/b', 'other'),
          patientCaller(known.id),
          clinician('Organization/c'),
        ].map(
          async (caller) =>
            (await inside.as(caller)('POST', `${task}/$end-emergency`, parameters())).status,
        ),
      );

      expect(statuses).to.deep.equal([403, 403, 404]);
      expect(await inside.emergencies.find(rao)).to.have.length(1);
    });

    describe('are reviewed', () => {
      const review = (send: Send, task: string, outcome = 'justified') =>
        send(
          'POST',
          `${task}/$review-emergency`,
          parameters({ name: 'outcome', valueCode: outcome }),
        );

      it('by an administrator, who finds them in a list; the patient sees it as well', async () => {
        const task = taskOf(await open());
        const asAdministrator = inside.as(administrator());

        const found = await asAdministrator('GET', 'Task?status=requested');
        const { status } = await review(asAdministrator, task);

        expect(found.keys).to.deep.equal([task]);
        expect(status).to.equal(200);
        const seen = await firstTask(asPatient);
        expect(seen).to.include({ status: 'completed' });
        expect(seen.businessStatus).to.deep.equal({ text: 'justified' });
      });

      it('and are over at once where they were not right', async () => {
        const task = taskOf(await open());

        await review(inside.as(administrator('Organization/b')), task, 'unjustified');

        expect(await inside.emergencies.find(rao)).to.deep.equal([]);
      });

      it('once', async () => {
        const task = taskOf(await open());
        const asAdministrator = inside.as(administrator());
        const answers = [await review(asAdministrator, task), await review(asAdministrator, task)];

        expect(answers.map(({ status }) => status)).to.deep.equal([200, 422]);
      });

      it('by nobody else, and by no plain update', async () => {
        const task = taskOf(await open());
        const { json } = await atHospital('GET', task);

        const answers = [
          await review(atHospital, task),
          await review(asPatient, task),
          await review(inside.as(administrator('Organization/c')), task),
          await atHospital('PUT', task, { body: { ...(json as Task), status: 'completed' } }),
          await asPatient('PUT', task, { body: { ...(json as Task), status: 'completed' } }),
        ];

        expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 404, 403, 403]);
      });

      it('and an administrator sees no other Tasks', async () => {
        await atHospital('POST', 'Task', {
          body: { resourceType: 'Task', status: 'requested', intent: 'order' },
        });

        const { keys } = await inside.as(administrator())('GET', 'Task');

        expect(keys).to.deep.equal([]);
      });
    });
  });
