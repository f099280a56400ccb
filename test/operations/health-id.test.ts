// $match, $enrol, $register and $ihe-pix: the decision table, on every engine, and that nobody learns of a person they may not see.

import { expect } from 'chai';
import type { Bundle, Identifier, Patient, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { drawNumber, readNumber, showNumber } from '#src/health-id/number.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';
const mrn = 'https://hospital.example/mrn';
/** A number that is right and that nobody has. */
const nobodys = drawNumber();

const patient = (changes: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ family: 'Sharma', given: ['Lakshmi'] }],
  gender: 'female',
  birthDate: '1980-03-04',
  telecom: [{ system: 'phone', value: '+91 98450 12345' }],
  ...changes,
});
const twin: Partial<Patient> = { name: [{ family: 'Sharma', given: ['Saraswati'] }] };
const moved: Partial<Patient> = { telecom: [{ system: 'phone', value: '98860 00000' }] };

const asking = (resource: Patient, more: readonly object[] = []) => ({
  body: { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }, ...more] },
});
const staff = (role: Caller['role'], organization: string): Caller => ({
  ...{ client: 'test', token: 'test', user: role, role, organization },
  fhirUser: `Practitioner/${role}`,
  scopes: ['user/*.cruds'],
});
const desk = staff('desk', 'Organization/a');
const stranger = staff('desk', 'Organization/b');
const network: Caller = {
  ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
};

const uhidsOf = ({ identifier = [] }: Patient): readonly string[] =>
  identifier.filter((each) => each.system === system).map(({ value }) => value!);
const gradesOf = ({ json }: Answered): readonly unknown[] =>
  ((json as Bundle).entry ?? [])
    .filter(({ search }) => search?.mode === 'match')
    .map(({ resource, search }) => [resource!.id, search!.extension![0]!.valueCode]);
/** An answer without what is never the same twice. */
const shape = ({ status, text }: Answered): string =>
  `${String(status)} ${text.replace(/"(?:id|lastUpdated|versionId)":"[^"]*"/g, '')}`;

for (const engine of engines)
  describe(`operations about who a Patient is, on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let atDesk: Send;
    let elsewhere: Send;
    let everywhere: Send;
    let known: Patient;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      [atDesk, elsewhere, everywhere] = [desk, stranger, network].map((each) =>
        inside.as(each),
      ) as [Send, Send, Send];
      const first = await atDesk('POST', 'Patient/$register', asking(patient()));
      known = first.json as Patient;
    });
    afterEach(() => opened.close());

    const count = async (type: string): Promise<number> =>
      ((await inside.by()('GET', `${type}?_summary=count`)).json as Bundle).total!;

    describe('$match', () => {
      const cases: readonly (readonly [string, Partial<Patient>, string | undefined])[] = [
        ['the same person', {}, 'certain'],
        ['another phone', moved, 'probable'],
        ['a twin', twin, 'possible'],
        ['a stranger', { name: [{ family: 'Rao', given: ['Anil'] }], ...moved }, undefined],
      ];
      for (const [who, changes, grade] of cases)
        it(`says ${grade ?? 'nothing'} of ${who}`, async () => {
          const answer = await atDesk('POST', 'Patient/$match', asking(patient(changes)));

          expect(answer.status).to.equal(200);
          expect(gradesOf(answer)).to.deep.equal(grade === undefined ? [] : [[known.id, grade]]);
          expect((answer.json as Bundle).total).to.equal(grade === undefined ? 0 : 1);
        });

      it('finds by a health ID as people write it', async () => {
        const identifier: Identifier[] = [{ system, value: ` ${showNumber(uhidsOf(known)[0]!)} ` }];

        const answer = await atDesk('POST', 'Patient/$match', asking(patient({ identifier })));
        const bundle = answer.json as Bundle;

        expect(bundle.entry![0]!.search!.score).to.be.at.least(0.99);
        expect(bundle.type).to.equal('searchset');
      });

      it('warns of a check digit that does not fit', async () => {
        const identifier: Identifier[] = [{ system, value: '12345678901234' }];

        const answer = await atDesk('POST', 'Patient/$match', asking(patient({ identifier })));

        expect(answer.text).to.contain('The check digit does not fit');
        expect(answer.status).to.equal(200);
      });

      it('gives one certain match alone when asked so, and none of several', async () => {
        const only = [{ name: 'onlyCertainMatches', valueBoolean: true }];
        const ask = async (changes: Partial<Patient>) =>
          gradesOf(await atDesk('POST', 'Patient/$match', asking(patient(changes), only))).length;

        expect(await ask({})).to.equal(1);
        expect(await ask(moved)).to.equal(0);
        await inside.by('Organization/a')('POST', 'Patient', { body: patient() });
        expect(await ask({})).to.equal(0);
      });

      it('gives no more than asked, best first', async () => {
        await inside.by('Organization/a')('POST', 'Patient', { body: patient(twin) });
        const all = await atDesk('POST', 'Patient/$match', asking(patient()));
        const one = [{ name: 'count', valueInteger: 1 }];
        const best = await atDesk('POST', 'Patient/$match', asking(patient(), one));

        expect(gradesOf(all)).to.have.length(2);
        expect(gradesOf(best)).to.deep.equal([[known.id, 'certain']]);
      });

      it('answers who may not see the Patient as if there were none', async () => {
        const unknown = patient({ name: [{ family: 'Nobody', given: ['Never'] }], ...moved });
        const identifier: Identifier[] = [{ system, value: uhidsOf(known)[0]! }];

        const hidden = await elsewhere('POST', 'Patient/$match', asking(patient({ identifier })));
        const absent = await elsewhere('POST', 'Patient/$match', asking(unknown));

        expect(hidden.status).to.equal(200);
        expect(shape(hidden)).to.equal(shape(absent));
      });

      it('is refused to patients, without a body, and when it tells too little', async () => {
        const own: Caller = {
          ...{ client: 'app', token: 't', role: 'patient', user: 'p' },
          ...{ fhirUser: `Patient/${known.id!}`, scopes: ['patient/*.rs'], patient: known.id! },
        };
        const statuses = [
          await inside.as(own)('POST', 'Patient/$match', asking(patient())),
          await atDesk('POST', 'Patient/$match'),
          await atDesk('POST', 'Patient/$match', asking({ resourceType: 'Patient' })),
          await atDesk('GET', 'Patient/$match'),
        ].map(({ status }) => status);

        expect(statuses).to.deep.equal([403, 400, 400, 400]);
      });
    });

    describe('$register', () => {
      it('creates who is new with a health ID', () => {
        expect(readNumber(uhidsOf(known)[0]!).ok).to.equal(true);
        expect(known.meta!.versionId).to.equal('1');
      });

      const doubts: readonly (readonly [string, Partial<Patient>, string])[] = [
        ['possible', twin, 'review-match'],
        ['probable', moved, 'review-match'],
        ['certain', {}, 'propose-merge'],
      ];
      for (const [grade, changes, code] of doubts)
        it(`creates nothing at a ${grade} match, and hands out a Task with the person in it`, async () => {
          const answer = await atDesk('POST', 'Patient/$register', asking(patient(changes)));

          expect(answer.status).to.equal(202);
          const task = answer.json as Task;
          expect(task.code!.coding![0]!.code).to.equal(code);
          expect(task.contained![0]).to.deep.include({ id: 'person', resourceType: 'Patient' });
          expect(
            task.input!.map((each) => each.valueReference?.reference ?? each.valueCode),
          ).to.include.members([`Patient/${known.id!}`, grade]);
          expect(await count('Patient')).to.equal(1);
          expect((await atDesk('GET', `Task/${task.id!}`)).status).to.equal(200);
        });

      it('does not tell how sure it is about a Patient whom the caller may not see', async () => {
        const answer = await elsewhere('POST', 'Patient/$register', asking(patient({})));

        const task = answer.json as Task;
        expect(task.code!.coding![0]!.code).to.equal('review-match');
        expect(task.input).to.equal(undefined);
      });

      it('creates the person when a clerk says that they are new, and closes the Task', async () => {
        const doubt = await atDesk('POST', 'Patient/$register', asking(patient(twin)));
        const { id } = doubt.json as Task;

        const decided = await atDesk(
          'POST',
          'Patient/$register',
          asking(patient(twin), [
            { name: 'new', valueBoolean: true },
            { name: 'task', valueReference: { reference: `Task/${id!}` } },
          ]),
        );

        expect(decided.status).to.equal(201);
        expect(uhidsOf(decided.json as Patient))
          .to.have.length(1)
          .and.not.deep.equal(uhidsOf(known));
        expect(((await atDesk('GET', `Task/${id!}`)).json as Task).status).to.equal('completed');
      });

      it('gives the Patient there is when a clerk confirms them', async () => {
        const { id } = (await atDesk('POST', 'Patient/$register', asking(patient()))).json as Task;

        const same = await atDesk(
          'POST',
          'Patient/$register',
          asking(patient(), [
            { name: 'same', valueReference: { reference: `Patient/${known.id!}` } },
            { name: 'task', valueReference: { reference: `Task/${id!}` } },
          ]),
        );

        expect(same.status).to.equal(200);
        expect((same.json as Patient).id).to.equal(known.id);
        expect(((await atDesk('GET', `Task/${id!}`)).json as Task).status).to.equal('completed');
        expect(await count('Patient')).to.equal(1);
      });

      it('names to another hospital nobody it may not see', async () => {
        const answer = await elsewhere('POST', 'Patient/$register', asking(patient()));
        const confirmed = await elsewhere(
          'POST',
          'Patient/$register',
          asking(patient(), [
            { name: 'same', valueReference: { reference: `Patient/${known.id!}` } },
          ]),
        );

        expect(answer.status).to.equal(202);
        expect(answer.text).to.not.contain(known.id!).and.not.contain(uhidsOf(known)[0]!);
        expect((answer.json as Task).input).to.equal(undefined);
        expect(confirmed.status).to.equal(404);
      });

      const wrong: readonly (readonly [string, object, number])[] = [
        ['no Patient', { body: { resourceType: 'Parameters', parameter: [] } }, 400],
        ['a health ID', asking(patient({ identifier: [{ system, value: '1' }] })), 422],
        ['an invalid Patient', asking({ ...patient(), birthDate: 'yesterday' }), 422],
        [
          'two decisions',
          asking(patient(), [
            { name: 'new', valueBoolean: true },
            { name: 'same', valueReference: { reference: 'Patient/1' } },
          ]),
          400,
        ],
        [
          'a Task that is none of ours',
          asking(patient({ ...twin, ...moved, birthDate: '1999-09-09' }), [
            { name: 'task', valueReference: { reference: 'Task/none' } },
          ]),
          404,
        ],
      ];
      for (const [what, asked, status] of wrong)
        it(`refuses ${what} with ${String(status)}`, async () => {
          const answer = await atDesk('POST', 'Patient/$register', asked);

          expect(answer.status).to.equal(status);
          expect(await count('Patient')).to.equal(1);
        });

      it('gives one of eight who register the same person at once a record', async () => {
        const person = patient({
          name: [{ family: 'Iyer', given: ['Meena'] }],
          ...moved,
          birthDate: '1971-12-01',
        });

        const answers = await Promise.all(
          Array.from({ length: 8 }, () => atDesk('POST', 'Patient/$register', asking(person))),
        );

        expect(answers.map(({ status }) => status).sort()).to.deep.equal([
          201,
          ...(Array(7).fill(202) as number[]),
        ]);
        expect(await count('Patient')).to.equal(2);
      });
    });

    describe('$enrol', () => {
      const create = async (changes: Partial<Patient>): Promise<string> =>
        ((await atDesk('POST', 'Patient', { body: patient(changes) })).json as Patient).id!;
      const stranger: Partial<Patient> = { ...moved, name: [{ family: 'Rao', given: ['Anil'] }] };

      it('gives a Patient who is new a health ID, once', async () => {
        const id = await create(stranger);

        const first = await atDesk('POST', `Patient/${id}/$enrol`);
        const again = await atDesk('POST', `Patient/${id}/$enrol`);

        expect([first.status, again.status]).to.deep.equal([200, 200]);
        expect(uhidsOf(first.json as Patient)).to.have.length(1);
        expect(again.text).to.equal(first.text);
      });

      const doubts: readonly (readonly [string, Partial<Patient>, string])[] = [
        ['possible', twin, 'review-match'],
        ['probable', moved, 'review-match'],
        ['certain', {}, 'propose-merge'],
      ];
      for (const [grade, changes, code] of doubts)
        it(`hands out one Task at a ${grade} match and leaves the Patient as it is`, async () => {
          const id = await create(changes);

          const first = await atDesk('POST', `Patient/${id}/$enrol`);
          const again = await atDesk('POST', `Patient/${id}/$enrol`);

          expect([first.status, again.status]).to.deep.equal([202, 202]);
          expect((first.json as Task).code!.coding![0]!.code).to.equal(code);
          expect((again.json as Task).id).to.equal((first.json as Task).id);
          const now = (await atDesk('GET', `Patient/${id}`)).json as Patient;
          expect(now.meta!.versionId).to.equal('1');
          expect(uhidsOf(now)).to.deep.equal([]);
        });

      it('knows nobody whom the caller may not see', async () => {
        const id = await create(stranger);

        const hidden = await elsewhere('POST', `Patient/${id}/$enrol`);
        const absent = await elsewhere('POST', 'Patient/none/$enrol');

        expect([hidden.status, absent.status]).to.deep.equal([404, 404]);
        expect(hidden.text.replace(id, 'none')).to.equal(absent.text);
      });
    });

    describe('a search by health ID', () => {
      const search = async (send: Send, value: string, param = 'Patient?identifier') =>
        send('GET', `${param}=${encodeURIComponent(`${system}|${value}`)}`);

      it('finds the Patient however the number is written, also through a chain', async () => {
        const own = uhidsOf(known)[0]!;
        const body = {
          ...{ resourceType: 'Appointment', status: 'proposed' },
          participant: [{ actor: { reference: `Patient/${known.id!}` }, status: 'accepted' }],
        };
        await atDesk('POST', 'Appointment', { body });

        for (const typed of [own, showNumber(own), showNumber(own).replaceAll('-', ' ')]) {
          expect((await search(atDesk, typed)).keys).to.deep.equal([`Patient/${known.id!}`]);
          const chained = await search(atDesk, typed, 'Appointment?patient.identifier');
          expect(chained.keys).to.have.length(1);
        }
      });

      it('finds nobody by a wrong check digit, and warns', async () => {
        const answer = await search(atDesk, '12345678901234');

        expect(answer.status).to.equal(200);
        expect(answer.keys).to.deep.equal([]);
        expect(answer.text).to.contain("Parameter 'identifier': The check digit does not fit");
      });

      it('answers alike for a number that is hidden and one that nobody has', async () => {
        const hidden = await search(elsewhere, uhidsOf(known)[0]!);
        const absent = await search(elsewhere, nobodys);
        const words = ({ text }: Answered) =>
          text.replace(/"id":"[^"]*"|"lastUpdated":"[^"]*"|\d{14}/g, '');

        expect([hidden.status, absent.status]).to.deep.equal([200, 200]);
        expect(words(hidden)).to.equal(words(absent));
      });

      it('answers alike for a Patient who is hidden and one who is not there', async () => {
        const hidden = await elsewhere('GET', `Patient/${known.id!}`);
        const absent = await elsewhere('GET', 'Patient/none');

        expect(hidden.status).to.equal(404);
        expect(hidden.text.replace(known.id!, 'none')).to.equal(absent.text);
      });

      it('is meant in the criteria of a conditional request as well', async () => {
        const criteria = `identifier=${system}|${showNumber(uhidsOf(known)[0]!)}`;
        const headers = { 'if-none-exist': criteria };

        const again = await atDesk('POST', 'Patient', { body: patient(), headers });

        expect(again.status).to.equal(200);
        expect((again.json as Patient).id).to.equal(known.id);
      });

      it('resolves a conditional reference for who may see the Patient alone', async () => {
        const reference = `Patient?identifier=${system}|${uhidsOf(known)[0]!}`;
        const entry = [
          {
            resource: {
              ...{ resourceType: 'Appointment', status: 'proposed' },
              participant: [{ actor: { reference }, status: 'accepted' }],
            },
            request: { method: 'POST', url: 'Appointment' },
          },
        ];
        const body = { resourceType: 'Bundle', type: 'transaction', entry };
        const unknown = JSON.parse(
          JSON.stringify(body).replace(uhidsOf(known)[0]!, nobodys),
        ) as object;

        const permitted = await atDesk('POST', '', { body });
        const hidden = await elsewhere('POST', '', { body });
        const absent = await elsewhere('POST', '', { body: unknown });

        expect(permitted.status).to.equal(200);
        expect(hidden.status).to.equal(absent.status).and.equal(412);
        expect(hidden.text.replace(uhidsOf(known)[0]!, '')).to.equal(
          absent.text.replace(nobodys, ''),
        );
      });
    });

    describe('$ihe-pix', () => {
      let own: string;
      beforeEach(async () => {
        own = uhidsOf(known)[0]!;
        const identifier = [{ system: mrn, value: '77' }, ...known.identifier!];
        await atDesk('PUT', `Patient/${known.id!}`, { body: { ...known, identifier } });
      });
      const pix = (send: Send, source: string, target?: string) =>
        send(
          'GET',
          `Patient/$ihe-pix?sourceIdentifier=${encodeURIComponent(source)}${target === undefined ? '' : `&targetSystem=${encodeURIComponent(target)}`}`,
        );

      it('tells the other identifiers of who has this one', async () => {
        for (const typed of [own, showNumber(own)]) {
          const answer = await pix(everywhere, `${system}|${typed}`);

          expect(answer.status).to.equal(200);
          expect(answer.text).to.contain('"value":"77"').and.contain(`Patient/${known.id!}`);
        }
      });

      it('tells those of the systems asked for', async () => {
        const none = await pix(everywhere, `${mrn}|77`, 'https://other.example/id');
        const one = await pix(everywhere, `${mrn}|77`, system);

        expect(none.text).to.not.contain('targetIdentifier');
        expect(one.text).to.contain(`"value":"${own}"`);
      });

      it('refuses what names nobody, no system, or a target that is none', async () => {
        const answers = [
          await pix(everywhere, `${mrn}|78`),
          await pix(everywhere, 'nonsense|78'),
          await pix(everywhere, `${mrn}|77`, 'nonsense'),
          await pix(everywhere, '77'),
        ];

        expect(answers.map(({ status }) => status)).to.deep.equal([404, 400, 403, 400]);
      });

      it('answers who may not see the Patient as if there were none', async () => {
        const hidden = await pix(elsewhere, `${system}|${own}`);
        const absent = await pix(elsewhere, `${system}|${nobodys}`);

        expect(hidden.status).to.equal(404);
        expect(shape(hidden)).to.equal(shape(absent));
      });
    });
  });
