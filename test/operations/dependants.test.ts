// Dependants and guardians, on every engine: a child by the guardian's statement, an adult by their own approval, and the account
// that can then choose them. Nobody learns of a person, or gets to a record, without the right.

import { expect } from 'chai';
import type { Bundle, Consent, Parameters, Patient, RelatedPerson, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import type { Contact } from '#src/access/contact.ts';
import { unrestricted } from '#src/access/permit.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { createAliases } from '#src/health-id/alias.ts';
import { createIssue } from '#src/health-id/issue.ts';
import { withMatchKeys } from '#src/health-id/match/keys.ts';
import { createResolve } from '#src/health-id/resolve.ts';
import type { Context } from '#src/interactions/types.ts';
import { openPeople } from '#src/operations/people.ts';
import { newId } from '#src/platform/ids.ts';
import { buildRegistry } from '#src/search/build-registry.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { base, openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';
const definitions = loadDefinitions();
const year = new Date().getUTCFullYear();

const patientCaller = (id: string, scopes = ['patient/*.cruds']): Caller => ({
  ...{ client: 'app', token: 'test', user: `user-${id}`, role: 'patient', patient: id, scopes },
  fhirUser: `Patient/${id}`,
});
const proxyCaller = (relatedPerson: string, patient: string): Caller => ({
  ...{ client: 'app', token: 'test', user: 'user-mother', role: 'proxy', patient },
  ...{ fhirUser: relatedPerson, scopes: ['patient/*.cruds'] },
});
const deskCaller: Caller = {
  ...{ client: 'desk', token: 'test', user: 'desk', role: 'desk', scopes: ['user/*.cruds'] },
  ...{ fhirUser: 'Practitioner/desk', organization: 'Organization/a' },
};
const relationship = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH' }],
};
const child = (changes: Partial<Patient> = {}): Patient => ({
  ...{ resourceType: 'Patient', gender: 'male', birthDate: `${String(year - 7)}-05-06` },
  name: [{ family: 'Rao', given: ['Ben'] }],
  ...changes,
});
const father = (changes: Partial<Patient> = {}): Patient => ({
  ...{ resourceType: 'Patient', gender: 'male', birthDate: '1944-01-02' },
  name: [{ family: 'Iyer', given: ['Gopal'] }],
  telecom: [{ system: 'phone', value: '+919000000001' }],
  ...changes,
});
const mother: Patient = {
  ...{ resourceType: 'Patient', id: 'mother', gender: 'female', birthDate: '1985-02-03' },
  name: [{ family: 'Rao', given: ['Asha'] }],
  telecom: [{ system: 'phone', value: '+919000000000' }],
};
const reference = (name: string, to: string) => ({ name, valueReference: { reference: to } });
const text = (name: string, valueString: string) => ({ name, valueString });
const shape = ({ status, text: words }: Answered): string =>
  `${String(status)} ${words.replace(/"valueString":"[^"]*"/g, '')}`;

for (const engine of engines)
  describe(`dependants on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let asMother: Send;
    let atDesk: Send;
    let sent: { readonly contact: Contact; readonly text: string }[];
    let attached: string[];

    beforeEach(async () => {
      opened = await engine.open();
      const { store } = opened;
      sent = [];
      attached = [];
      const registry = withMatchKeys(buildRegistry(definitions, base));
      const people = openPeople({
        enrolling: { store, registry, newId, system, issue: createIssue(store.records) },
        ...{ now: Date.now, majorityAge: 18, context: (): Context => inside.context },
        aliases: createAliases(store.records),
        resolve: createResolve({ resources: store.resources, definitions, system }),
        clerks: () => Promise.resolve(unrestricted),
        deliver: (contact, message) => {
          sent.push({ contact, text: message.text });
          return Promise.resolve();
        },
        attach: ({ guardian, relatedPerson }) => {
          attached.push(`${guardian} ${relatedPerson}`);
          return Promise.resolve();
        },
        onSignUpDecided: () => Promise.resolve(),
        onFault: (error) => {
          throw error;
        },
      });
      inside = openInside(store, { operations: people.operations });
      asMother = inside.as(patientCaller('mother'));
      atDesk = inside.as(deskCaller);
      await inside.by('Organization/a')('PUT', 'Patient/mother', { body: mother });
    });
    afterEach(() => opened.close());

    const ask = (operation: string, parameter: readonly object[], send = asMother) =>
      send('POST', operation, { body: { resourceType: 'Parameters', parameter } });
    const described = (resource: Patient, more: readonly object[] = []) => [
      { name: 'resource', resource },
      { name: 'relationship', valueCodeableConcept: relationship },
      ...more,
    ];
    const register = (resource: Patient, send = asMother, more: readonly object[] = []) =>
      ask('Patient/$register-dependant', described(resource, more), send);
    const confirm = (answer: Answered, code: string, send = asMother) =>
      ask(
        'Patient/$confirm-dependant',
        [text('ticket', valueOf(answer, 'ticket')), text('code', code)],
        send,
      );
    const valueOf = ({ json }: Answered, name: string): string => {
      const found = (json as Parameters).parameter?.find((each) => each.name === name);
      return found?.valueString ?? found?.valueReference?.reference ?? '';
    };
    const get = async <T>(address: string): Promise<T> =>
      (await inside.by()('GET', address)).json as T;
    const count = async (type: string): Promise<number> =>
      (await get<Bundle>(`${type}?_summary=count`)).total!;
    const consents = async (): Promise<readonly Consent[]> =>
      ((await get<Bundle>('Consent')).entry ?? []).map(({ resource }) => resource as Consent);
    const codeSent = (): string => /^\d{8}/.exec(sent.at(-1)!.text)![0];
    const secretSent = (): string => /^[A-Z2-9-]{19}/.exec(sent.at(-1)!.text)![0];
    const sees = async (relatedPerson: string, patient: string): Promise<boolean> => {
      const send = inside.as(proxyCaller(relatedPerson, patient));
      return (await send('GET', `Patient/${patient}`)).status === 200;
    };
    const idOf = (answer: Answered): string => valueOf(answer, 'patient').replace('Patient/', '');

    it('are registered by a parent’s statement, and stand in the parent’s account', async () => {
      const answer = await register(child());

      expect(answer.status, answer.text).to.equal(201);
      const id = idOf(answer);
      const made = await get<Patient>(`Patient/${id}`);
      expect(made.identifier![0]!.system).to.equal(system);
      const related = valueOf(answer, 'related-person');
      expect(attached).to.deep.equal([`Patient/mother ${related}`]);
      expect((await get<RelatedPerson>(related)).patient.reference).to.equal(`Patient/${id}`);
      expect(await sees(related, id)).to.equal(true);
      expect(sent).to.deep.equal([]);
    });

    it('are their own keepers: neither guardian nor hospital changes who stands for them', async () => {
      const answer = await register(child());
      const related = valueOf(answer, 'related-person');
      const [key] = [{ type: 'RelatedPerson', id: related.split('/')[1]! }];

      const [stored] = await opened.store.resources.read([key]);
      const body = JSON.parse(stored!.text) as object;
      const statuses = [
        await asMother('PUT', related, { body }),
        await atDesk('PUT', related, { body }),
        await inside.as(proxyCaller(related, idOf(answer)))('PUT', related, { body }),
      ].map(({ status }) => status);

      expect(stored!.custodian).to.equal(`Patient/${idOf(answer)}`);
      for (const status of statuses) expect(status).to.be.oneOf([403, 404]);
    });

    it('have a guardian until the day before they are of age', async () => {
      await register(child({ birthDate: `${String(year - 7)}-03-01` }));

      const [consent] = await consents();
      expect(consent!.provision!.period!.end).to.match(
        new RegExp(`^${String(year + 11)}-02-2[89]$`),
      );
      expect(consent!.performer![0]!.reference).to.match(/^RelatedPerson\//);
    });

    it('end with the consent', async () => {
      const answer = await register(child());
      const [consent] = await consents();
      const past = { ...consent!.provision, period: { end: '2020-01-01' } };
      await inside.by()('PUT', `Consent/${consent!.id!}`, {
        body: { ...consent, provision: past },
      });

      expect(await sees(valueOf(answer, 'related-person'), idOf(answer))).to.equal(false);
    });

    it('who are adults are registered when they approve, by a code to their own contact', async () => {
      const asked = await register(father());
      expect(asked.status).to.equal(202);
      expect(await count('Patient')).to.equal(1);
      expect(sent[0]!.contact.to).to.equal('+919000000001');

      const answer = await confirm(asked, codeSent());

      expect(answer.status, answer.text).to.equal(201);
      expect(await sees(valueOf(answer, 'related-person'), idOf(answer))).to.equal(true);
      const [consent] = await consents();
      expect(consent!.performer![0]!.reference).to.equal(`Patient/${idOf(answer)}`);
      expect(consent!.provision!.period!.end!.slice(0, 4)).to.match(
        new RegExp(`^${String(year + 1)}|${String(year + 2)}$`),
      );
      expect((await confirm(asked, codeSent())).status).to.equal(400);
    });

    it('who are adults cannot be approved for by the guardian’s own contact', async () => {
      const answers = [
        await register(father({ telecom: mother.telecom! })),
        await register(father({ telecom: [{ system: 'fax', value: '+919000000001' }] })),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([422, 422]);
      expect(sent).to.deep.equal([]);
      expect(await count('Patient')).to.equal(1);
    });

    it('who are known beyond doubt are linked by a code to the contact on file', async () => {
      const onFile = { telecom: [{ system: 'phone', value: '+919000000009' }] as never };
      const identifier = [{ system: 'https://hospital.example/mrn', value: '77' }];
      await inside.by('Organization/b')('PUT', 'Patient/ben', {
        body: { ...child({ ...onFile, identifier }), id: 'ben' },
      });

      const asked = await register(child({ identifier }));
      expect(asked.status).to.equal(202);
      expect(asked.text).not.to.contain('ben');
      expect(sent[0]!.contact.to).to.equal('+919000000009');
      expect(await consents()).to.deep.equal([]);
      const answer = await confirm(asked, codeSent());

      expect([answer.status, idOf(answer)]).to.deep.equal([201, 'ben']);
      expect(await sees(valueOf(answer, 'related-person'), 'ben')).to.equal(true);
      expect(await count('Patient')).to.equal(2);
    });

    it('who may be known wait for a clerk, on the same answer, and then get their guardian', async () => {
      const onFile = { telecom: [{ system: 'email', value: 'old@example.org' }] as never };
      await inside.by('Organization/b')('PUT', 'Patient/ben', {
        body: { ...child(onFile), id: 'ben' },
      });
      await inside.by('Organization/b')('PUT', 'Patient/twin', {
        body: {
          ...child({
            ...onFile,
            identifier: [{ system: 'https://x.example', value: '1' }],
            birthDate: '2015-06-07',
          }),
          id: 'twin',
        },
      });
      const sure = await register(
        child({
          birthDate: '2015-06-07',
          identifier: [{ system: 'https://x.example', value: '1' }],
        }),
      );

      const asked = await register(child());

      expect(shape(asked)).to.equal(shape(sure));
      const task = (await get<Bundle>('Task')).entry![0]!.resource as Task;
      expect(task.contained![0]!.resourceType).to.equal('Patient');
      expect(await consents()).to.deep.equal([]);
      const network = inside.as({
        ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
      });
      const decided = await ask(
        `Task/${task.id!}/$decide`,
        [{ name: 'new', valueBoolean: true }],
        network,
      );
      expect(decided.status, decided.text).to.equal(201);
      const id = (decided.json as Patient).id!;
      expect(attached).to.have.length(1);
      expect(await sees(attached[0]!.split(' ')[1]!, id)).to.equal(true);
    });

    it('whom a clerk has found to be known are asked at the contact on file', async () => {
      const onFile = { telecom: [{ system: 'email', value: 'old@example.org' }] as never };
      await inside.by('Organization/b')('PUT', 'Patient/ben', {
        body: { ...child(onFile), id: 'ben' },
      });
      await register(child());
      const task = (await get<Bundle>('Task')).entry![0]!.resource as Task;
      const network = inside.as({
        ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
      });
      await ask(`Task/${task.id!}/$decide`, [reference('same', 'Patient/ben')], network);

      expect(await consents()).to.deep.equal([]);
      expect(sent.at(-1)!.contact.to).to.equal('old@example.org');
      const accept = [
        text('invitation', secretSent()),
        { name: 'relationship', valueCodeableConcept: relationship },
      ];
      await inside.by()('PUT', 'Patient/other', { body: { ...father(), id: 'other' } });
      const stranger = await ask(
        'Patient/$accept-guardianship',
        accept,
        inside.as(patientCaller('other')),
      );
      expect(stranger.status).to.equal(400);
      const answer = await ask('Patient/$accept-guardianship', accept);
      expect([answer.status, idOf(answer)]).to.deep.equal([201, 'ben']);
    });

    describe('at a desk', () => {
      it('are registered for a guardian in its care, and kept by its hospital', async () => {
        const answer = await register(child(), atDesk, [reference('guardian', 'Patient/mother')]);

        expect(answer.status, answer.text).to.equal(201);
        const [stored] = await opened.store.resources.read([{ type: 'Patient', id: idOf(answer) }]);
        expect(stored!.custodian).to.equal('Organization/a');
        expect(attached).to.have.length(1);
        expect(await sees(valueOf(answer, 'related-person'), idOf(answer))).to.equal(true);
      });

      it('are linked when they are there already: a child at once, an adult by a code', async () => {
        const by = inside.by('Organization/a');
        await by('PUT', 'Patient/ben', { body: { ...child(), id: 'ben' } });
        await by('PUT', 'Patient/gopal', { body: { ...father(), id: 'gopal' } });
        const linking = (id: string) =>
          ask(
            'Patient/$register-dependant',
            [
              { name: 'relationship', valueCodeableConcept: relationship },
              reference('guardian', 'Patient/mother'),
              reference('dependant', `Patient/${id}`),
            ],
            atDesk,
          );

        expect((await linking('ben')).status).to.equal(201);
        const asked = await linking('gopal');
        expect(asked.status).to.equal(202);
        expect((await confirm(asked, codeSent(), atDesk)).status).to.equal(201);
      });

      it('are not found where the hospital does not see guardian or dependant', async () => {
        const elsewhere = inside.as({ ...deskCaller, organization: 'Organization/b' });
        await inside.by('Organization/b')('PUT', 'Patient/g', { body: { ...father(), id: 'g' } });
        const answers = [
          await register(child(), elsewhere, [reference('guardian', 'Patient/mother')]),
          await register(child(), elsewhere, [reference('guardian', 'Patient/nobody')]),
          await register(child(), elsewhere, [
            reference('guardian', 'Patient/g'),
            reference('dependant', 'Patient/mother'),
          ]),
        ];

        expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404]);
      });
    });

    describe('a second guardian', () => {
      let patient: string;
      let first: string;
      beforeEach(async () => {
        const answer = await register(child());
        [patient, first] = [idOf(answer), valueOf(answer, 'related-person')];
        await inside.by()('PUT', 'Patient/second', { body: { ...father(), id: 'second' } });
      });
      const invite = (send: Send, contact = 'second@example.org') =>
        ask(`Patient/${patient}/$invite-guardian`, [text('contact', contact)], send);
      const accept = (secret: string, send: Send) =>
        ask(
          'Patient/$accept-guardianship',
          [
            text('invitation', secret),
            { name: 'relationship', valueCodeableConcept: relationship },
          ],
          send,
        );

      it('comes by an invitation of the first, once', async () => {
        const invited = await invite(inside.as(proxyCaller(first, patient)));
        expect([invited.status, sent.at(-1)!.contact.to]).to.deep.equal([
          202,
          'second@example.org',
        ]);
        const second = inside.as(patientCaller('second'));

        const answers = await Promise.all([1, 2, 3].map(() => accept(secretSent(), second)));

        expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 400, 400]);
        const made = answers.find(({ status }) => status === 201)!;
        expect(await sees(valueOf(made, 'related-person'), patient)).to.equal(true);
      });

      it('does not come when the first has lost the right meanwhile', async () => {
        await invite(inside.as(proxyCaller(first, patient)));
        const [consent] = await consents();
        await inside.by()('PUT', `Consent/${consent!.id!}`, {
          body: { ...consent, status: 'inactive' },
        });

        const answer = await accept(secretSent(), inside.as(patientCaller('second')));

        expect(answer.status).to.equal(400);
      });

      it('is not invited by an app that may change the profile only', async () => {
        const reader = { ...proxyCaller(first, patient), scopes: ['patient/Patient.ru'] };

        const { status, text: words } = await invite(inside.as(reader));

        expect(status).to.equal(403);
        expect(words).to.contain('create Consent');
      });

      it('is invited by nobody else, and only where one can be reached', async () => {
        const answers = [
          await invite(asMother),
          await invite(inside.as(patientCaller('second'))),
          await invite(inside.as(proxyCaller('RelatedPerson/none', patient))),
          await invite(inside.as(proxyCaller(first, patient)), 'nowhere'),
        ];

        expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 403, 400]);
      });
    });

    describe('are refused', () => {
      const wrong: readonly (readonly [string, () => Promise<Answered>, number])[] = [
        [
          'without a relationship',
          () => ask('Patient/$register-dependant', [{ name: 'resource', resource: child() }]),
          400,
        ],
        ['without a whole birth date', () => register(child({ birthDate: '2019' })), 422],
        ['with a health ID', () => register(child({ identifier: [{ system, value: '1' }] })), 422],
        [
          'with another guardian than oneself',
          () => register(child(), asMother, [reference('guardian', 'Patient/x')]),
          403,
        ],
        ['to a desk that names no guardian', () => register(child(), atDesk), 400],
        [
          'to an app that may make no consent',
          () => register(child(), inside.as(patientCaller('mother', ['patient/*.rs']))),
          403,
        ],
        [
          'to a proxy',
          () => register(child(), inside.as(proxyCaller('RelatedPerson/1', 'mother'))),
          403,
        ],
        [
          'to a clinician',
          () => register(child(), inside.as({ ...deskCaller, role: 'clinician' })),
          403,
        ],
      ];
      for (const [what, send, status] of wrong)
        it(what, async () => {
          const answer = await send();

          expect(answer.status, answer.text).to.equal(status);
          expect(await count('Patient')).to.equal(1);
          expect(await consents()).to.deep.equal([]);
        });

      it('by another account than the one that asked', async () => {
        const asked = await register(father());
        await inside.by()('PUT', 'Patient/other', { body: { ...child(), id: 'other' } });

        const answer = await confirm(asked, codeSent(), inside.as(patientCaller('other')));

        expect(answer.status).to.equal(400);
        expect(await consents()).to.deep.equal([]);
      });

      it('after twenty in one day', async () => {
        const statuses: number[] = [];
        for (let i = 0; i < 21; i += 1) statuses.push((await register(child())).status);

        expect(statuses.at(-2)).to.equal(202);
        expect(statuses.at(-1)).to.equal(429);
      });
    });
  });
