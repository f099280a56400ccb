// Requests for access: the patient is asked, gives or refuses; who asks learns nothing before. On every engine.

import { expect } from 'chai';
import type { Bundle, Consent, Patient, Task } from 'fhir/r4.js';
import { drawNumber, showNumber } from '#src/health-id/number.ts';
import type { Meter } from '#src/interactions/types.ts';
import { endRequests } from '#src/sharing/end-requests.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import type { Send } from '#test/support/rights.ts';
import { countOperations } from './support/count-operations.ts';
import {
  asking,
  clinician,
  openSharing,
  parameters,
  patientCaller,
  systemCaller,
  type Parameter,
  type Sharing,
} from './support/inside.ts';
import { register, shapeOf, stranger, tasksIn } from './support/people.ts';

const day = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();

for (const engine of engines)
  describe(`requests for access, on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Sharing;
    let patient: Patient;
    let uhid: string;
    let other: string;
    let atHospital: Send;
    let asPatient: Send;
    let asOther: Send;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openSharing(opened.store);
      ({ patient, uhid } = await register(inside));
      ({ id: other } = await register(inside, stranger));
      atHospital = inside.as(clinician('Organization/b'));
      asPatient = inside.as(patientCaller(patient.id!));
      asOther = inside.as(patientCaller(other));
    });
    afterEach(() => opened.close());

    const request = (...more: readonly Parameter[]) =>
      atHospital('POST', 'Patient/$request-access', asking(uhid, ...more));
    const waiting = async (): Promise<Task> => tasksIn(await asPatient('GET', 'Task'))[0]!;
    const approve = async (...more: readonly Parameter[]) =>
      asPatient('POST', `Task/${(await waiting()).id!}/$approve-access`, parameters(...more));

    it('puts a request into the record of the patient, who is told without health data', async () => {
      const { status } = await request({ name: 'text', valueString: 'Before the operation' });

      const [task] = tasksIn(await asPatient('GET', 'Task'));
      expect(status).to.equal(202);
      expect(task).to.include({ status: 'requested', description: 'Before the operation' });
      expect(task!.requester).to.deep.equal({ reference: 'Practitioner/rao' });
      const { json } = await asPatient('GET', 'Communication');
      expect((json as Bundle).entry).to.have.length(1);
      expect(inside.sent.map(({ text }) => text)).to.deep.equal([
        'Somebody asks to see your health record. Sign in to see who and why, and to answer.',
      ]);
    });

    it('takes a health ID as people write it', async () => {
      const { status } = await atHospital(
        ...(['POST', 'Patient/$request-access', asking(showNumber(uhid))] as const),
      );

      expect(status).to.equal(202);
      expect(await waiting()).to.include({ status: 'requested' });
    });

    it('takes a handle that the patient has handed out; one that was taken back looks alike', async () => {
      const old = await inside.aliases.issue(patient.id!);
      const current = await inside.aliases.rotate(patient.id!);
      const ask = (handle: string) =>
        atHospital('POST', 'Patient/$request-access', asking(handle.toLowerCase()));

      const [known, unknown] = [await ask(current), await ask(old)];

      expect(known.status).to.equal(202);
      expect(shapeOf(known, current)).to.equal(shapeOf(unknown, old));
      expect(tasksIn(await asPatient('GET', 'Task'))).to.have.length(1);
    });

    it('becomes a Consent for what was asked, and both Tasks end with it', async () => {
      const { json: own } = await request({ name: 'period', valuePeriod: { end: inDays(100) } });

      const { status, json } = await approve();

      expect(status).to.equal(201);
      const { provision, ...consent } = json as Consent;
      expect(consent).to.include({ status: 'active' });
      expect(consent.patient).to.deep.equal({ reference: `Patient/${patient.id!}` });
      expect(provision!.actor![0]!.reference).to.deep.equal({ reference: 'Organization/b' });
      expect(provision!.class!.map(({ code }) => code)).to.deep.equal(['results']);
      expect(Date.parse(provision!.period!.end!)).to.be.closeTo(Date.parse(inDays(100)), day);
      const ended = (await atHospital('GET', `Task/${(own as Task).id!}`)).json as Task;
      expect(ended.status).to.equal('completed');
      expect(ended.output!.map(({ valueReference }) => valueReference!.reference)).to.deep.equal([
        ...[`Patient/${patient.id!}`, `Consent/${consent.id!}`],
      ]);
      expect(await waiting()).to.include({ status: 'completed' });
    });

    it('gives less than was asked where the patient says so', async () => {
      await request({ name: 'kind', valueCode: 'medications' });

      const { json } = await approve(
        { name: 'kind', valueCode: 'medications' },
        { name: 'period', valuePeriod: { end: inDays(3) } },
      );

      const { provision } = json as Consent;
      expect(provision!.class!.map(({ code }) => code)).to.deep.equal(['medications']);
      expect(Date.parse(provision!.period!.end!)).to.be.below(Date.now() + 4 * day);
    });

    const more: Readonly<Record<string, Parameter>> = {
      'a kind': { name: 'kind', valueCode: 'conditions' },
      'a longer time': { name: 'period', valuePeriod: { end: inDays(1000) } },
    };
    for (const [what, parameter] of Object.entries(more))
      it(`gives no more than was asked: ${what}`, async () => {
        await request();

        const { status } = await approve(parameter);

        expect(status).to.equal(422);
        expect(await waiting()).to.include({ status: 'requested' });
      });

    it('gives it to the clinician who asked alone where the patient says so', async () => {
      await request();

      const { json } = await approve({ name: 'to', valueCode: 'person' });

      const [actor] = (json as Consent).provision!.actor!;
      expect(actor!.reference).to.deep.equal({ reference: 'Practitioner/rao' });
    });

    it('gives sensitive records only where the patient names them', async () => {
      const topic = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' };
      await request();
      expect((await waiting()).input!.map(({ type }) => type.text)).not.to.include('label');

      const { json } = await approve({ name: 'label', valueCoding: topic });

      const labels = (json as Consent).provision!.securityLabel!.map(({ code }) => code);
      expect(labels).to.deep.equal(['N', 'HIV']);
    });

    it('is over when nobody has answered in time', async () => {
      await request();
      await endRequests({ ...inside.context, now: () => Date.now() + 15 * day });

      const { status, text } = await approve();

      expect(status).to.equal(422);
      expect(text).to.contain('is over');
    });

    it('is answered once', async () => {
      await request();
      await approve();

      const again = await approve();

      expect(again.status).to.equal(422);
      expect((await asPatient('GET', 'Consent?_summary=count')).json).to.include({ total: 1 });
    });

    it('makes one Consent of answers that come at the same time', async () => {
      await request();

      const answers = await Promise.all([approve(), approve(), approve()]);

      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 422, 422]);
    });

    it('is to another patient as if it were not there', async () => {
      await request();
      const { id } = await waiting();

      const [answered, denied, absent] = await Promise.all([
        asOther('POST', `Task/${id!}/$approve-access`, parameters()),
        asOther('POST', `Task/${id!}/$deny-access`, parameters()),
        asOther('POST', 'Task/absent/$approve-access', parameters()),
      ]);

      expect([answered.status, denied.status, absent.status]).to.deep.equal([404, 404, 404]);
      expect(answered.text.replace(id!, 'absent')).to.equal(absent.text);
    });

    it('is not answered by who asked, nor by their Task', async () => {
      const { json } = await request();
      const { id } = await waiting();

      const [theirs, own] = await Promise.all([
        atHospital('POST', `Task/${id!}/$approve-access`, parameters()),
        asPatient('POST', `Task/${(json as Task).id!}/$approve-access`, parameters()),
      ]);

      expect([theirs.status, own.status]).to.deep.equal([403, 404]);
    });

    it('is not answered by an app that may only read', async () => {
      await request();
      const { id } = await waiting();
      for (const scopes of [['patient/*.rs'], ['patient/Task.cruds'], ['patient/Consent.c?_tag=a']])
        for (const operation of ['$approve-access', '$deny-access']) {
          const reader = inside.as({ ...patientCaller(patient.id!), scopes });

          const { status, text } = await reader('POST', `Task/${id!}/${operation}`, parameters());

          expect(status, `${operation} ${scopes[0]!}`).to.equal(403);
          expect(text).to.contain('create Consent');
        }
      expect(await waiting()).to.include({ status: 'requested' });
    });

    it('that is denied looks to who asked as if nobody had answered', async () => {
      const { text, json } = await request();
      const { id } = await waiting();

      const denied = await asPatient(
        ...(['POST', `Task/${id!}/$deny-access`, parameters()] as const),
      );

      expect(denied.json).to.include({ status: 'rejected' });
      const own = await atHospital('GET', `Task/${(json as Task).id!}`);
      expect(own.text).to.equal(text);
      expect((await approve()).status).to.equal(422);
    });

    it('cannot be changed, made or deleted but by its operations', async () => {
      const { json } = await request({ name: 'kind', valueCode: 'everything' });
      const task = json as Task;

      const changed = await atHospital('PUT', `Task/${task.id!}`, {
        body: { ...task, status: 'completed' },
      });
      const made = await atHospital('POST', 'Task', { body: { ...task, id: undefined } });
      const gone = await atHospital('DELETE', `Task/${task.id!}`);

      expect([changed.status, made.status, gone.status]).to.deep.equal([403, 403, 403]);
    });

    it('is made by systems with the scope as well, and by nobody else', async () => {
      const ask = (send: Send) => send('POST', 'Patient/$request-access', asking(uhid));
      const machine = systemCaller('Organization/b');

      const statuses = await Promise.all([
        ask(inside.as(machine)),
        ask(inside.as({ ...machine, scopes: ['system/Observation.rs'] })),
        ask(inside.as({ ...machine, role: 'desk' })),
        ask(inside.as({ ...machine, role: 'biller' })),
        ask(asPatient),
        ask(
          inside.under({
            ...(await inside.authorize(machine)),
            caller: { ...machine, role: 'administrator' },
          }),
        ),
      ]);

      expect(statuses.map(({ status }) => status)).to.deep.equal([202, 403, 403, 403, 403, 403]);
    });

    const faults: Readonly<Record<string, readonly [number, (asked: Parameter[]) => Parameter[]]>> =
      {
        'a wrong check digit': [
          422,
          ([, ...rest]) => [
            {
              name: 'identifier',
              valueIdentifier: {
                value: uhid.replace(/.$/, (last) => String((Number(last) + 1) % 10)),
              },
            },
            ...rest,
          ],
        ],
        'no identifier': [400, ([, ...rest]) => rest],
        "another's number": [
          422,
          ([, ...rest]) => [
            {
              name: 'identifier',
              valueIdentifier: { system: 'https://other.example', value: uhid },
            },
            ...rest,
          ],
        ],
        'a handle that is none': [
          422,
          ([, ...rest]) => [
            { name: 'identifier', valueIdentifier: { value: 'ABCD-EFG' } },
            ...rest,
          ],
        ],
        'no kind': [400, ([first]) => [first!]],
        'a kind that is none': [400, (asked) => [...asked, { name: 'kind', valueCode: 'secrets' }]],
        'a purpose that is none': [
          400,
          (asked) => [...asked, { name: 'purpose', valueCode: 'FUN' }],
        ],
        'a period without end': [
          400,
          (asked) => [...asked, { name: 'period', valuePeriod: { start: '2030' } }],
        ],
        'a period that is over': [
          422,
          (asked) => [...asked, { name: 'period', valuePeriod: { end: '2001' } }],
        ],
        'a period of nonsense': [
          400,
          (asked) => [...asked, { name: 'period', valuePeriod: { end: 'soon' } }],
        ],
      };
    for (const [fault, [status, spoil]] of Object.entries(faults))
      it(`is refused with ${fault}, and nothing is kept`, async () => {
        const { body } = asking(uhid);

        const answered = await atHospital('POST', 'Patient/$request-access', {
          body: { ...body, parameter: spoil([...body.parameter]) },
        });

        expect(answered.status).to.equal(status);
        expect(tasksIn(await asPatient('GET', 'Task'))).to.deep.equal([]);
      });

    it('is taken back by the patient, who sets the Consent to inactive', async () => {
      await request();
      const consent = (await approve()).json as Consent;

      const { status } = await asPatient('PUT', `Consent/${consent.id!}`, {
        body: { ...consent, status: 'inactive' },
      });

      expect(status).to.equal(200);
    });

    it('opens a record by a code for a month, not for years', async () => {
      const until = (end: string) =>
        atHospital(
          'POST',
          'Patient/$request-access',
          asking(
            drawNumber(),
            { name: 'desk', valueBoolean: true },
            { name: 'period', valuePeriod: { end } },
          ),
        );
      const inDays = (days: number) =>
        new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

      const [short, long] = [await until(inDays(31)), await until(inDays(60))];

      expect(short.status).to.equal(202);
      expect(long.status).to.equal(422);
      expect(JSON.stringify(long.json)).to.contain('31 days').and.contain('period.end');
    });

    describe('of a number that nobody has', () => {
      const ask = (number: string) =>
        atHospital(
          'POST',
          'Patient/$request-access',
          asking(number, { name: 'desk', valueBoolean: true }),
        );

      it('is answered alike, byte by byte', async () => {
        const absent = drawNumber();

        const [known, unknown] = [await ask(uhid), await ask(absent)];

        expect(known.status).to.equal(202);
        expect(shapeOf(known, uhid)).to.equal(shapeOf(unknown, absent));
      });

      const states: Readonly<Record<string, () => Promise<unknown>>> = {
        'has died': () =>
          inside.by()('PUT', `Patient/${patient.id!}`, {
            body: { ...patient, deceasedBoolean: true },
          }),
        'was merged': () =>
          inside.by()('PUT', `Patient/${patient.id!}`, {
            body: {
              ...patient,
              link: [{ type: 'replaced-by', other: { reference: `Patient/${other}` } }],
            },
          }),
        'is no longer there': () => inside.by()('DELETE', `Patient/${patient.id!}`),
        'is seen at the asking hospital': () =>
          inside.by('Organization/b')('POST', 'Encounter', {
            body: {
              resourceType: 'Encounter',
              status: 'finished',
              class: { code: 'AMB' },
              subject: { reference: `Patient/${patient.id!}` },
            },
          }),
        'was asked before': () => request(),
        'has given it before': async () => {
          await request();
          await approve();
        },
        'has no contact': () =>
          inside.by()('PUT', `Patient/${patient.id!}`, {
            body: { ...patient, telecom: undefined },
          }),
      };
      for (const [state, bringAbout] of Object.entries(states))
        it(`is answered like that of who ${state}`, async () => {
          const absent = drawNumber();
          await bringAbout();

          const [known, unknown] = [await ask(uhid), await ask(absent)];

          expect(known.status).to.equal(202);
          expect(shapeOf(known, uhid)).to.equal(shapeOf(unknown, absent));
        });

      it('sends nothing to who has died', async () => {
        await ask(uhid);
        expect(inside.sent).to.have.length(1);
        await states['has died']!();

        const { status } = await ask(uhid);

        expect(status).to.equal(202);
        expect(inside.sent).to.have.length(1);
      });

      it('counts alike where look-ups are limited', async () => {
        const counted: string[] = [];
        const meter: Meter = {
          spend: () => undefined,
          checkLookUp: () => counted.push('check'),
          missedLookUp: () => counted.push('miss'),
        };
        const limited = openSharing(opened.store, { meter }).as(clinician('Organization/c'));

        await limited('POST', 'Patient/$request-access', asking(uhid));
        const forKnown = counted.splice(0);
        await limited('POST', 'Patient/$request-access', asking(drawNumber()));

        expect(forKnown).to.deep.equal(['check', 'miss']);
        expect(counted).to.deep.equal(forKnown);
      });

      it('is limited alike: five an hour for one number, by one organization', async () => {
        const absent = drawNumber();
        const statuses: [number, number][] = [];
        for (let time = 0; time < 6; time += 1)
          statuses.push([(await ask(uhid)).status, (await ask(absent)).status]);
        const elsewhere = inside.as(clinician('Organization/c'));

        expect(statuses).to.deep.equal([...Array<unknown>(5).fill([202, 202]), [429, 429]]);
        const { status } = await elsewhere('POST', 'Patient/$request-access', asking(uhid));
        expect(status).to.equal(202);
      });

      it('ends alike when its time is over', async () => {
        const absent = drawNumber();
        const [known, unknown] = [await ask(uhid), await ask(absent)];
        const later = { ...inside.context, now: () => Date.now() + 15 * day };

        const ended = await endRequests(later);

        const [one, other] = await Promise.all(
          [known, unknown].map(({ json }) => atHospital('GET', `Task/${(json as Task).id!}`)),
        );
        expect(ended).to.equal(4);
        expect(one!.json).to.include({ status: 'cancelled' });
        expect(shapeOf(one!, uhid)).to.equal(shapeOf(other!, absent));
      });

      it('looks alike afterwards in whatever the asking organization may search', async () => {
        const absent = drawNumber();
        await ask(uhid);
        await ask(absent);

        for (const type of [
          'Task',
          'Communication',
          'Provenance',
          'Consent',
          'Patient',
          'AuditEvent',
        ]) {
          const whole = { ...clinician('Organization/b'), scopes: ['user/*.cruds'] };
          const found = await inside.as(whole)('GET', `${type}?_count=100`);
          expect(found.keys.length, type).to.equal(
            type === 'Task' || type === 'Provenance' ? 2 : 0,
          );
          expect(found.text, type).not.to.contain(patient.id);
        }
      });

      it('does the same work', async () => {
        const absent = drawNumber();
        const counted = countOperations(opened.store);

        await ask(uhid);
        const forKnown = counted.splice(0);
        await ask(absent);

        expect(counted).to.deep.equal(forKnown);
      });
    });
  });
