// Task/[id]/$decide: a clerk works through the list of people who may be known, on every engine. Nothing is created silently,
// nothing is decided twice, and nobody is shown whom they may not see.

import { expect } from 'chai';
import type { Bundle, EpisodeOfCare, Parameters, Patient, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import type { Contact } from '#src/access/contact.ts';
import { waitingKind, type Decided } from '#src/access/registered.ts';
import { createIssue } from '#src/health-id/issue.ts';
import { drawNumber } from '#src/health-id/number.ts';
import { createResolve } from '#src/health-id/resolve.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { createAskPerson } from '#src/operations/decide/ask-person.ts';
import { decide } from '#src/operations/decide.ts';
import { newId } from '#src/platform/ids.ts';
import { buildRegistry } from '#src/search/build-registry.ts';
import { withMatchKeys } from '#src/health-id/match/keys.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { base, openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';
const definitions = loadDefinitions();

const patient = (changes: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ family: 'Sharma', given: ['Lakshmi'] }],
  gender: 'female',
  birthDate: '1980-03-04',
  telecom: [{ system: 'phone', value: '+919845012345' }],
  ...changes,
});
const twin: Partial<Patient> = { name: [{ family: 'Sharma', given: ['Saraswati'] }] };
const moved: Partial<Patient> = { telecom: [{ system: 'phone', value: '+919886000000' }] };

const staff = (role: Caller['role'], organization: string): Caller => ({
  ...{ client: 'test', token: 'test', user: role, role, organization },
  ...{ fhirUser: `Practitioner/${role}`, scopes: ['user/*.cruds'] },
});
const network: Caller = {
  ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
};
const laboratory: Caller = {
  ...{ client: 'laboratory', token: 'test', role: 'system', organization: 'Organization/a' },
  scopes: ['system/*.cruds'],
};
/** FHIRPath Patch. */
const completing = {
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'operation',
      part: [
        { name: 'type', valueCode: 'replace' },
        { name: 'path', valueString: 'Task.status' },
        { name: 'value', valueCode: 'completed' },
      ],
    },
  ],
};
const taskSystem = 'https://meridian.example/CodeSystem/identity-task';
const parameters = (...parameter: readonly object[]) => ({
  body: { resourceType: 'Parameters', parameter },
});
const isNew = { name: 'new', valueBoolean: true };
const askPerson = { name: 'ask-person', valueBoolean: true };
const same = (id: string) => ({ name: 'same', valueReference: { reference: `Patient/${id}` } });
const sameNumber = (value: string) => ({
  ...{ name: 'same', valueReference: { identifier: { system, value } } },
});
const uhidOf = ({ identifier = [] }: Patient): string | undefined =>
  identifier.find((each) => each.system === system)?.value;
const shape = ({ status, text }: Answered): string =>
  `${String(status)} ${text.replace(/"valueString":"[^"]*"/g, '')}`;

for (const engine of engines)
  describe(`a clerk's worklist on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let atDesk: Send;
    let elsewhere: Send;
    let everywhere: Send;
    let sent: { readonly contact: Contact; readonly text: string }[];
    let told: Decided[];

    beforeEach(async () => {
      opened = await engine.open();
      const { store } = opened;
      sent = [];
      told = [];
      const registry = withMatchKeys(buildRegistry(definitions, base));
      const issue = createIssue(store.records);
      inside = openInside(store, {
        operations: [
          decide({
            enrolling: { store, registry, newId, system, issue },
            askPerson: createAskPerson({
              ...{ store, now: Date.now },
              resolve: createResolve({ resources: store.resources, definitions, system }),
              deliver: (contact, { text }) => {
                sent.push({ contact, text });
                return Promise.resolve();
              },
              onFault: (error) => {
                throw error;
              },
            }),
            onDecided: (decided) => {
              told.push(decided);
              return Promise.resolve();
            },
          }),
        ],
      });
      const callers = [staff('desk', 'Organization/a'), staff('desk', 'Organization/b'), network];
      [atDesk, elsewhere, everywhere] = callers.map((each) => inside.as(each)) as [
        Send,
        Send,
        Send,
      ];
    });
    afterEach(() => opened.close());

    const register = (resource: Patient, send = atDesk) =>
      send('POST', 'Patient/$register', parameters({ name: 'resource', resource }));
    const decideOn = (task: string, decision: object, send = atDesk) =>
      send('POST', `Task/${task}/$decide`, parameters(...[decision].flat()));
    const get = async <T>(address: string, send: Send = inside.by()): Promise<T> =>
      (await send('GET', address)).json as T;
    const count = async (type: string): Promise<number> =>
      (await get<Bundle>(`${type}?_summary=count`)).total!;
    const known = async (send = atDesk) => (await register(patient(), send)).json as Patient;
    const taskIn = ({ json }: Answered): string => (json as Task).id!;
    const ticketIn = ({ json }: Answered): string =>
      (json as Parameters).parameter!.find(({ name }) => name === 'ticket')!.valueString!;
    const codeSent = (): string => /^\d{8}/.exec(sent.at(-1)!.text)![0];
    const proof = (ticket: string, code: string) => [
      { name: 'ticket', valueString: ticket },
      { name: 'code', valueString: code },
    ];
    /** A Patient who was stored as sent, because somebody alike is known. */
    const stored = async (changes: Partial<Patient> = {}) => {
      const created = await inside.by('Organization/a')('POST', 'Patient', {
        body: patient(changes),
      });
      const { id } = created.json as Patient;
      return { id: id!, task: taskIn(await atDesk('POST', `Patient/${id!}/$enrol`)) };
    };

    it('is found by plain search, and shorter by each decision', async () => {
      await known();
      await register(patient(twin));
      const search = `Task?code=https://meridian.example/CodeSystem/identity-task|review-match&status=requested&owner=Organization/a`;
      const { entry } = await get<Bundle>(search, atDesk);

      await decideOn(entry![0]!.resource!.id!, isNew);

      expect(entry).to.have.length(1);
      expect((await get<Bundle>(search, atDesk)).entry ?? []).to.deep.equal([]);
    });

    it('makes who is new a Patient with a health ID', async () => {
      const first = await known();
      const task = taskIn(await register(patient(twin)));

      const answer = await decideOn(task, isNew);

      expect(answer.status).to.equal(201);
      const made = answer.json as Patient;
      expect(answer.headers['location']).to.contain(`Patient/${made.id!}/_history/1`);
      expect(made.name![0]!.given).to.deep.equal(['Saraswati']);
      expect(uhidOf(made)).to.be.a('string').and.not.equal(uhidOf(first));
      const closed = await get<Task>(`Task/${task}`);
      expect(closed.status).to.equal('completed');
      expect(closed.output![0]!.valueReference!.reference).to.equal(`Patient/${made.id!}`);
    });

    it('answers with the Patient there is whom the clerk sees', async () => {
      const { id } = await known();
      const task = taskIn(await register(patient()));

      const answer = await decideOn(task, same(id!));

      expect([answer.status, (answer.json as Patient).id]).to.deep.equal([200, id]);
      expect(await count('Patient')).to.equal(1);
      expect((await get<Task>(`Task/${task}`)).status).to.equal('completed');
    });

    it('gives a stored Patient a health ID when they are new', async () => {
      await known();
      const { id, task } = await stored(twin);

      const answer = await decideOn(task, isNew);

      expect(answer.status).to.equal(200);
      expect((answer.json as Patient).id).to.equal(id);
      expect(uhidOf(answer.json as Patient)).to.be.a('string');
    });

    it('proposes to the network to merge a stored Patient, who merges by a decision of its own', async () => {
      const { id: target } = await known();
      const { id, task } = await stored(moved);

      const proposed = await decideOn(task, same(target!));
      expect(proposed.status).to.equal(202);
      expect((proposed.json as Task).status).to.equal('accepted');
      expect(uhidOf(await get<Patient>(`Patient/${id}`))).to.equal(undefined);
      expect((await decideOn(task, same(target!))).status).to.equal(422);

      const merged = await decideOn(task, same(target!), everywhere);
      expect([merged.status, (merged.json as Patient).id]).to.deep.equal([200, target]);
      expect((await get<Patient>(`Patient/${id}`)).id).to.equal(target);
      expect((await get<Task>(`Task/${task}`)).status).to.equal('completed');
    });

    const decisions = [
      ['new twice', [isNew, isNew]],
      ['new and the same', [isNew, same('known')]],
    ] as const;
    for (const [what, pair] of decisions)
      it(`counts one of two clerks who decide at once: ${what}`, async () => {
        const { id } = await known();
        const task = taskIn(await register(patient(twin)));
        const both = pair.map((each) => ('valueReference' in each ? same(id!) : each));

        const answers = await Promise.all(both.map((each) => decideOn(task, each)));

        const statuses = answers.map(({ status }) => status).sort();
        expect(statuses[1]).to.equal(422);
        expect(statuses[0]).to.be.oneOf([200, 201]);
        expect(await count('Patient')).to.equal(statuses[0] === 201 ? 2 : 1);
      });

    it('is not there for the desk of another hospital, nor is a Patient it does not see', async () => {
      const { id } = await known();
      const task = taskIn(await register(patient(twin)));
      const own = taskIn(await register(patient(), elsewhere));

      const others = await decideOn(task, isNew, elsewhere);
      const hidden = await decideOn(own, same(id!), elsewhere);
      const absent = await decideOn(own, same('nobody'), elsewhere);

      expect(others.status).to.equal(404);
      expect(hidden.status).to.equal(404);
      expect(shape(hidden).replace(id!, '')).to.equal(shape(absent).replace('nobody', ''));
      expect(await count('Patient')).to.equal(1);
      expect((await get<Task>(`Task/${own}`)).status).to.equal('requested');
    });

    for (const [way, decision] of [
      ['because one alone is certain', () => askPerson],
      ['by the health ID they tell', (number: string) => sameNumber(number)],
    ] as const)
      it(`takes into care whom the hospital does not see, by a code on file: ${way}`, async () => {
        const { id, ...rest } = await known();
        const task = taskIn(await register(patient(), elsewhere));

        const asked = await decideOn(task, decision(uhidOf({ ...rest })!), elsewhere);
        expect(asked.status).to.equal(202);
        expect(asked.text).not.to.contain(id!);
        expect(sent.map(({ contact }) => contact.to)).to.deep.equal(['+919845012345']);
        expect((await elsewhere('GET', `Patient/${id!}`)).status).to.equal(404);
        const answer = await decideOn(task, proof(ticketIn(asked), codeSent()), elsewhere);

        expect([answer.status, (answer.json as Patient).id]).to.deep.equal([200, id]);
        expect((await elsewhere('GET', `Patient/${id!}`)).status).to.equal(200);
        const [episode] = (await get<Bundle>('EpisodeOfCare')).entry!;
        expect((episode!.resource as EpisodeOfCare).managingOrganization!.reference).to.equal(
          'Organization/b',
        );
        expect(await count('Patient')).to.equal(1);
      });

    it('opens to the hospital who the person is, to care for them, and nothing that others keep', async () => {
      const { id } = await known();
      const observation = {
        ...{ resourceType: 'Observation', status: 'final', code: { text: 'pulse' } },
        subject: { reference: `Patient/${id!}` },
      };
      const kept = await inside.by('Organization/a')('POST', 'Observation', { body: observation });
      const task = taskIn(await register(patient(), elsewhere));
      const asked = await decideOn(task, askPerson, elsewhere);
      await decideOn(task, proof(ticketIn(asked), codeSent()), elsewhere);

      const clinician = inside.as(staff('clinician', 'Organization/b'));
      const written = await clinician('POST', 'Observation', { body: observation });

      expect(written.status, written.text).to.equal(201);
      expect((await clinician('GET', `Observation?patient=${id!}`)).keys).to.deep.equal([
        `Observation/${(written.json as Patient).id!}`,
      ]);
      const hidden = `Observation/${(kept.json as Patient).id!}`;
      expect((await clinician('GET', hidden)).status).to.equal(404);
      expect(
        (await elsewhere('PUT', `Patient/${id!}`, { body: { ...patient(), id } })).status,
      ).to.equal(403);
    });

    it('answers alike whether or not there is anybody to ask', async () => {
      const first = await known();
      const sure = taskIn(await register(patient(), elsewhere));
      const unsure = taskIn(await register(patient(moved), elsewhere));
      const unlike = taskIn(await register(patient(twin), elsewhere));

      const answers = [
        await decideOn(sure, askPerson, elsewhere),
        await decideOn(unsure, askPerson, elsewhere),
        await decideOn(unlike, sameNumber(drawNumber()), elsewhere),
        await decideOn(unlike, sameNumber(uhidOf(first)!), elsewhere),
      ];

      expect(new Set(answers.map(shape)).size).to.equal(1);
      const wrong = [];
      for (const [at, task] of [sure, unsure, unlike].entries())
        wrong.push(shape(await decideOn(task, proof(ticketIn(answers[at]!), '1'), elsewhere)));
      expect(new Set(wrong).size).to.equal(1);
      expect(wrong[0]).to.match(/^400 /);
    });

    it('asks nobody by the number of a stranger', async () => {
      const stranger = patient({ name: [{ family: 'Rao', given: ['Anil'] }], ...moved });
      const number = uhidOf((await register(stranger)).json as Patient)!;
      const own = uhidOf(await known())!;
      const task = taskIn(await register(patient(twin), elsewhere));

      const answered = await decideOn(task, sameNumber(number), elsewhere);

      expect(sent).to.deep.equal([]);
      // By the number of who is alike it is answered so as well, and a message leaves.
      const alike = await decideOn(task, sameNumber(own), elsewhere);
      expect(shape(answered)).to.equal(shape(alike));
      expect(sent).to.have.length(1);
    });

    it('takes a code once, for its own Task, after at most five wrong ones', async () => {
      await known();
      const task = taskIn(await register(patient(), elsewhere));
      const other = taskIn(await register(patient(), elsewhere));
      const first = await decideOn(task, askPerson, elsewhere);
      const code = codeSent();
      const wrong = code === '00000000' ? '1'.repeat(8) : '0'.repeat(8);
      for (let i = 0; i < 5; i += 1) await decideOn(task, proof(ticketIn(first), wrong), elsewhere);

      expect((await decideOn(task, proof(ticketIn(first), code), elsewhere)).status).to.equal(400);
      const again = proof(ticketIn(await decideOn(task, askPerson, elsewhere)), codeSent());
      expect((await decideOn(other, again, elsewhere)).status).to.equal(400);
      expect((await decideOn(task, again, elsewhere)).status).to.equal(400);
    });

    it('asks a person a few times at most', async () => {
      await known();
      const task = taskIn(await register(patient(), elsewhere));
      const statuses: number[] = [];
      for (let i = 0; i < 6; i += 1)
        statuses.push((await decideOn(task, askPerson, elsewhere)).status);

      expect(statuses).to.deep.equal([202, 202, 202, 202, 202, 429]);
      expect(sent).to.have.length(5);
    });

    it('sends a person few messages, however many Tasks are about them', async () => {
      await known(elsewhere);
      const tasks = [taskIn(await register(patient())), taskIn(await register(patient()))];
      for (let count = 0; count < 5; count += 1) await decideOn(tasks[0]!, askPerson);
      const before = sent.length;

      const first = await decideOn(tasks[1]!, askPerson);

      expect([before, first.status, sent.length]).to.deep.equal([5, 202, 5]);
    });

    it('tells whoever waits, once, and gives the hospital no care of who came by themself', async () => {
      await known();
      const task = taskIn(await register(patient(twin)));
      const waiting = {
        by: 'sign-up',
        name: 'S',
        contact: { kind: 'sms', to: '+15550100' },
      } as const;
      await opened.store.records.put(waitingKind, task, waiting);

      const answer = await decideOn(task, isNew);
      await decideOn(task, isNew);

      const { id } = answer.json as Patient;
      expect(told).to.deep.equal([{ patient: id, as: 'new', waiting }]);
      expect((await atDesk('GET', `Patient/${id!}`)).status).to.equal(404);
    });

    const wrong: readonly (readonly [string, readonly object[], number])[] = [
      ['no decision', [], 400],
      ['two decisions', [isNew, askPerson], 400],
      ['a ticket without a code', [{ name: 'ticket', valueString: 'x' }], 400],
      ['what is no Patient', [{ name: 'same', valueReference: { reference: 'Task/1' } }], 400],
      ['a number that cannot be one', [sameNumber('12345678901234')], 400],
      ['an unknown parameter', [{ name: 'sam', valueBoolean: true }], 400],
    ];
    for (const [what, decision, status] of wrong)
      it(`refuses ${what}`, async () => {
        await known();
        const task = taskIn(await register(patient(twin)));

        expect((await decideOn(task, decision)).status).to.equal(status);
        expect((await get<Task>(`Task/${task}`)).status).to.equal('requested');
      });

    it('tells nobody who waits that they are a Patient who was written into the Task', async () => {
      await known();
      const task = taskIn(await register(patient(twin)));
      const waiting = {
        ...{ by: 'sign-up', name: 'Saraswati' },
        contact: { kind: 'sms', to: '+911' },
      } as const;
      await opened.store.records.put(waitingKind, task, waiting);
      const { id } = await stored();
      const { contained, ...forged } = await get<Task>(`Task/${task}`);
      const body = { ...forged, focus: { reference: `Patient/${id}` } };
      const written = await inside.by('Organization/a')('PUT', `Task/${task}`, { body });

      const { status } = await decideOn(task, isNew);

      expect([contained!.length, written.status, status]).to.deep.equal([1, 200, 422]);
      expect(told).to.deep.equal([]);
      expect(uhidOf(await get<Patient>(`Patient/${id}`))).to.equal(undefined);
    });

    it('decides no other Task', async () => {
      const body: Task = { resourceType: 'Task', status: 'requested', intent: 'order' };
      const { json } = await inside.by('Organization/a')('POST', 'Task', { body });

      expect((await decideOn((json as Task).id!, isNew)).status).to.equal(422);
      expect((await decideOn('nothing', isNew)).status).to.equal(404);
    });

    it('closes no other Task by $register, whatever that mentions', async () => {
      const { id } = await known();
      const body = {
        ...{ resourceType: 'Task', status: 'requested', intent: 'order' },
        description: taskSystem,
      };
      const other = taskIn(await atDesk('POST', 'Task', { body }));

      const decided = { name: 'task', valueReference: { reference: `Task/${other}` } };
      const answer = await atDesk('POST', 'Patient/$register', parameters(same(id!), decided));

      expect(answer.status, answer.text).to.equal(422);
      expect((await get<Task>(`Task/${other}`)).status).to.equal('requested');
    });

    for (const caller of [
      staff('desk', 'Organization/a'),
      staff('clinician', 'Organization/a'),
      laboratory,
      network,
    ])
      it(`is written by no ${caller.role} directly`, async () => {
        await known();
        const id = taskIn(await register(patient(twin)));
        const task = await get<Task>(`Task/${id}`);
        const forged = { ...task, id: undefined };
        const done = { ...task, status: 'completed' };
        const entry = [{ resource: forged, request: { method: 'POST', url: 'Task' } }];
        const send = inside.as(caller);

        const answers = [
          await send('POST', 'Task', { body: forged }),
          await send('PUT', `Task/${id}`, { body: done }),
          await send('PUT', `Task/${id}`, { body: { ...done, code: { text: 'another' } } }),
          await send('PATCH', `Task/${id}`, { body: completing }),
          await send('POST', '', { body: { resourceType: 'Bundle', type: 'transaction', entry } }),
        ];

        for (const { status, text } of answers) {
          expect(status, text).to.equal(403);
          expect(text).to.contain('Task/[id]/$decide');
        }
        expect((await send('DELETE', `Task/${id}`)).status).to.equal(403);
        expect(await get<Task>(`Task/${id}`)).to.deep.equal(task);
        expect(await count('Task')).to.equal(1);
      });
  });
