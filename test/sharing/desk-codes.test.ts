// Desk codes: the patient gives access by telling a code that was sent; nothing else makes one right. On every engine.

import { expect } from 'chai';
import type { Bundle, Consent, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { drawNumber } from '#src/health-id/number.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import type { Answered, Send } from '#test/support/rights.ts';
import { countOperations } from './support/count-operations.ts';
import {
  asking,
  clinician,
  openSharing,
  parameters,
  patientCaller,
  type Sharing,
} from './support/inside.ts';
import { firstTask, register, shapeOf, type Registered } from './support/people.ts';

const atDesk = { name: 'desk', valueBoolean: true };

for (const engine of engines)
  describe(`codes told at the desk, on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Sharing;
    let known: Registered;
    let atHospital: Send;
    let asPatient: Send;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openSharing(opened.store);
      known = await register(inside);
      atHospital = inside.as(clinician('Organization/b'));
      asPatient = inside.as(patientCaller(known.id));
    });
    afterEach(() => opened.close());

    const request = async (uhid = known.uhid): Promise<Task> =>
      (await atHospital('POST', 'Patient/$request-access', asking(uhid, atDesk))).json as Task;
    const confirm = (task: Task, code: string, send = atHospital): Promise<Answered> =>
      send(
        'POST',
        `Task/${task.id!}/$confirm-access`,
        parameters({ name: 'code', valueString: code }),
      );
    const sentCode = (): string =>
      inside.sent.flatMap(({ text }) => /\d{8}/.exec(text)?.[0] ?? []).at(-1)!;
    const wrong = (): string => String((Number(sentCode()) + 1) % 100_000_000).padStart(8, '0');

    it('make the Consent that was asked for, which says at whose desk and who took the code', async () => {
      const task = await request();

      const { status, json } = await confirm(task, sentCode());

      expect(status).to.equal(200);
      expect(json).to.include({ id: task.id, status: 'completed' });
      const { entry } = (await asPatient('GET', 'Consent')).json as Bundle<Consent>;
      const { verification, provision } = entry![0]!.resource!;
      expect(verification![0]!.verified).to.equal(true);
      expect(
        verification![0]!.extension!.map(({ valueReference }) => valueReference!.reference),
      ).to.deep.equal(['Organization/b', 'Practitioner/rao']);
      expect(provision!.class!.map(({ code }) => code)).to.deep.equal(['results']);
    });

    it('are sent without health data, and the patient hears of what was given', async () => {
      const task = await request();
      const code = sentCode();
      await confirm(task, code);

      const words = inside.sent.map(({ text }) =>
        text.replace(code, '……').replace(/\d{4}-\d\d-\d\d/, 'a day'),
      );
      expect(words).to.deep.equal([
        'Your code for sharing your health record until a day is ……. Tell it only at the desk where you are now. It is valid for 10 minutes. If you are at no desk, ignore this message.',
        'Your health record was shared. Sign in to see with whom, and to end it.',
      ]);
    });

    it('are taken with spaces by another colleague of the same hospital, at the front desk too', async () => {
      const task = await request();
      const clerk: Caller = { ...clinician('Organization/b', 'clerk'), role: 'desk' };
      const code = sentCode();

      const { status } = await confirm(
        task,
        `${code.slice(0, 4)} ${code.slice(4)}`,
        inside.as(clerk),
      );

      expect(status).to.equal(200);
    });

    it('are no use at another hospital', async () => {
      const task = await request();

      const { status } = await confirm(task, sentCode(), inside.as(clinician('Organization/c')));

      expect(status).to.equal(404);
    });

    it('work once', async () => {
      const task = await request();
      await confirm(task, sentCode());

      const { status } = await confirm(task, sentCode());

      expect(status).to.equal(422);
      expect((await asPatient('GET', 'Consent?_summary=count')).json).to.include({ total: 1 });
    });

    it('make one Consent however many are told at the same time', async () => {
      const task = await request();

      const answers = await Promise.all([1, 2, 3].map(() => confirm(task, sentCode())));

      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
      expect((await asPatient('GET', 'Consent?_summary=count')).json).to.include({ total: 1 });
    });

    it('are over after five tries', async () => {
      const task = await request();
      for (let tries = 0; tries < 5; tries += 1)
        expect((await confirm(task, wrong())).status).to.equal(422);

      const { status } = await confirm(task, sentCode());

      expect(status).to.equal(422);
    });

    it('are over after the patient has answered otherwise', async () => {
      const task = await request();
      const { id } = await firstTask(asPatient);
      await asPatient('POST', `Task/${id!}/$deny-access`, parameters());

      const { status } = await confirm(task, sentCode());

      expect(status).to.equal(422);
    });

    it('do not stand in the records as they are told', async () => {
      const put: unknown[] = [];
      const { records } = opened.store;
      const before = records.put.bind(records);
      records.put = (...args) => {
        put.push(args);
        return before(...args);
      };

      await request();

      expect(JSON.stringify(put)).to.contain('desk-code').and.not.to.contain(sentCode());
    });

    it('are sent to nobody more than five times an hour, whoever asks', async () => {
      for (let time = 0; time < 7; time += 1)
        await inside.as(clinician(`Organization/${String(time)}`))(
          ...(['POST', 'Patient/$request-access', asking(known.uhid, atDesk)] as const),
        );

      expect(inside.sent).to.have.length(5);
    });

    it('that are none are refused before anything is looked up', async () => {
      const task = await request();

      const answers = await Promise.all(
        ['', '1234567', 'abcdefgh'].map((code) => confirm(task, code)),
      );

      expect(answers.map(({ status }) => status)).to.deep.equal([400, 400, 400]);
    });

    describe('of a patient who is not there', () => {
      it('are answered alike, with the same work', async () => {
        const absent = drawNumber();
        const [forKnown, forAbsent] = [await request(), await request(absent)];
        const noted = countOperations(opened.store);

        const one = await confirm(forKnown, wrong());
        const work = noted.splice(0);
        const other = await confirm(forAbsent, wrong());

        expect(shapeOf(one, known.uhid)).to.equal(shapeOf(other, absent));
        expect(noted).to.deep.equal(work);
      });

      it('are answered alike where no code was asked for', async () => {
        const { json } = await atHospital('POST', 'Patient/$request-access', asking(known.uhid));
        const task = json as Task;
        const other = await request();

        const [without, withCode] = [
          await confirm(task, '12345678'),
          await confirm(other, wrong()),
        ];

        expect(shapeOf(without, known.uhid)).to.equal(shapeOf(withCode, known.uhid));
      });
    });
  });

describe('a code told at the desk', () => {
  it('is over after ten minutes', async () => {
    const { openMemoryStore } = await import('#test/support/memory-store/open.ts');
    let later = 0;
    const now = (): number => Date.now() + later;
    const inside = openSharing(openMemoryStore({ now }), { now });
    const { uhid } = await register(inside);
    const atHospital = inside.as(clinician('Organization/b'));
    const { json } = await atHospital('POST', 'Patient/$request-access', asking(uhid, atDesk));
    const code = /\d{8}/.exec(inside.sent[0]!.text)![0];

    later = 10 * 60_000 + 1;
    const { status } = await atHospital(
      'POST',
      `Task/${(json as Task).id!}/$confirm-access`,
      parameters({ name: 'code', valueString: code }),
    );

    expect(status).to.equal(422);
  });
});
