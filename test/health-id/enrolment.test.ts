// Who gets a health ID and when, and that no client can set or change one: the decision table, cell by cell.

import { expect } from 'chai';
import type { Bundle, Identifier, OperationOutcome, Patient, Task } from 'fhir/r4.js';
import { readNumber } from '#src/health-id/number.ts';
import { bundleOf, clientOf, outcomeOf, resourceOf, type Client } from '#test/support/client.ts';
import { describeOnStores, startServer, type TestServer } from '#test/support/server.ts';

const system = 'https://meridian.example/uhid';

const patient = (changes: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ family: 'Sharma', given: ['Lakshmi'] }],
  gender: 'female',
  birthDate: '1980-03-04',
  telecom: [{ system: 'phone', value: '+91 98450 12345' }],
  ...changes,
});
const own: Identifier = { system, value: '12345678901234' };
const mrn: Identifier = { system: 'https://hospital.example/mrn', value: '77' };
const wide: Partial<Patient> = {
  telecom: [{ system: 'phone', value: '98860 00000' }],
  name: [{ family: 'Sharma', given: ['Laxmi'] }],
};
const loose: Partial<Patient> = { name: [{ family: 'Sharma', given: ['Saraswati'] }] };

const uhidsOf = ({ identifier = [] }: Patient): readonly (string | undefined)[] =>
  identifier.filter((each) => each.system === system).map(({ value }) => value);

describeOnStores('enrolment', (store) => {
  let server: TestServer;
  let client: Client;
  beforeEach(async () => {
    server = await startServer({ store, env: { ENROL_ON_CREATE: 'on' } });
    client = clientOf(server.base);
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  const transaction = async (
    entries: readonly { method: string; url: string; resource: Patient }[],
  ) =>
    client.post('', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: entries.map(({ method, url, resource }) => ({ resource, request: { method, url } })),
    });

  const ways: Readonly<Record<string, (resource: Patient) => Promise<string>>> = {
    create: async (resource) =>
      (resourceOf(await client.post('Patient', resource), 201) as Patient).id!,
    'update that creates': async (resource) => {
      await client.put('Patient/new', { ...resource, id: 'new' });
      return 'new';
    },
    'conditional update that creates': async (resource) => {
      const url = 'Patient?identifier=https://hospital.example/mrn|77';
      const answer = await client.put(url, { ...resource, identifier: [mrn] });
      return (resourceOf(answer, 201) as Patient).id!;
    },
    'conditional create': async (resource) => {
      const headers = { 'if-none-exist': 'identifier=https://hospital.example/mrn|77' };
      const answer = await client.post('Patient', { ...resource, identifier: [mrn] }, headers);
      return (resourceOf(answer, 201) as Patient).id!;
    },
    'transaction entry': async (resource) => {
      const answer = await transaction([{ method: 'POST', url: 'Patient', resource }]);
      const location = (resourceOf(answer) as Bundle).entry![0]!.response!.location!;
      return /Patient\/([^/]+)/.exec(location)![1]!;
    },
  };
  const stored = async (id: string) => resourceOf(await client.get(`Patient/${id}`)) as Patient;
  const tasks = async (): Promise<readonly Task[]> =>
    (bundleOf(await client.get('Task')).entry ?? []).map(({ resource }) => resource as Task);

  for (const [way, write] of Object.entries(ways)) {
    it(`gives who is new a health ID in the same commit by ${way}`, async () => {
      const id = await write(patient());

      const [uhid] = uhidsOf(await stored(id));
      expect(readNumber(uhid ?? '').ok).to.equal(true);
      expect((await stored(id)).meta!.versionId).to.equal('1');
      expect(
        bundleOf(await client.get(`Patient?identifier=${system}|${uhid!}`)).entry,
      ).to.have.length(1);
      expect(await tasks()).to.deep.equal([]);
    });

    for (const [grade, changes, code] of [
      ['possible', loose, 'review-match'],
      ['probable', wide, 'review-match'],
      ['certain', {}, 'propose-merge'],
    ] as const)
      it(`stores who is known with a ${grade} match as sent, with a Task, by ${way}`, async () => {
        const first = await ways['create']!(patient());

        const id = await write(patient(changes));

        expect(uhidsOf(await stored(id))).to.deep.equal([]);
        const [task, ...more] = await tasks();
        expect(more).to.deep.equal([]);
        expect(task!.code!.coding![0]!.code).to.equal(code);
        expect(task!.focus!.reference).to.equal(`Patient/${id}`);
        expect(task!.input![0]!.valueReference!.reference).to.equal(`Patient/${first}`);
        expect(task!.input![1]!.valueCode).to.equal(grade);
      });

    it(`refuses a health ID that a client sends by ${way}`, async () => {
      const resource = patient({ identifier: [mrn, own] });
      const answers = {
        create: () => client.post('Patient', resource),
        'update that creates': () => client.put('Patient/new', { ...resource, id: 'new' }),
        'conditional update that creates': () => client.put('Patient?identifier=x|1', resource),
        'conditional create': () =>
          client.post('Patient', resource, { 'if-none-exist': 'identifier=x|1' }),
        'transaction entry': () => transaction([{ method: 'POST', url: 'Patient', resource }]),
      };

      const answer = await answers[way as keyof typeof answers]();

      expect(answer.status).to.equal(422);
      const outcome: OperationOutcome = outcomeOf(answer);
      expect(outcome.issue[0]!.expression![0]).to.match(/(?:Patient|resource)\.identifier\[1\]$/);
      expect(outcome.issue[0]!.diagnostics).to.contain('given by the server alone');
      expect(bundleOf(await client.get('Patient?_summary=count')).total).to.equal(0);
    });
  }

  describe('of a Patient with a health ID', () => {
    let id: string;
    let before: Patient;
    let uhid: Identifier;
    beforeEach(async () => {
      id = await ways['create']!(patient({ identifier: [mrn] }));
      before = await stored(id);
      uhid = before.identifier![1]!;
    });
    const other = { ...own, value: '22345678901232' };
    const wrong: readonly (readonly [string, (stored: Identifier) => readonly Identifier[]])[] = [
      ['missing', () => [mrn]],
      ['different', (stored) => [mrn, { ...stored, value: other.value }]],
      ['of another use', (stored) => [mrn, { ...stored, use: 'old' }]],
      ['there twice', (stored) => [mrn, stored, stored]],
      ['beside another', (stored) => [mrn, stored, other]],
    ];
    for (const [what, identifiers] of wrong) {
      it(`refuses an update in which it is ${what}`, async () => {
        const identifier = [...identifiers(uhid)];

        const answers = [
          await client.put(`Patient/${id}`, { ...before, identifier }),
          await client.put('Patient?birthdate=1980-03-04', { ...before, identifier }),
          await transaction([
            { method: 'PUT', url: `Patient/${id}`, resource: { ...before, identifier } },
          ]),
          await client.patch(
            `Patient/${id}`,
            [{ op: 'replace', path: '/identifier', value: identifier }],
            { 'content-type': 'application/json-patch+json' },
          ),
        ];

        expect(answers.map(({ status }) => status)).to.deep.equal([422, 422, 422, 422]);
        expect(answers[0]!.text).to.match(/Patient\.identifier/);
        expect((await stored(id)).meta!.versionId).to.equal('1');
      });
    }

    it('takes an update and a patch that leave it as it is, wherever it stands', async () => {
      const identifier = [uhid, mrn];

      const put = await client.put(`Patient/${id}`, { ...before, identifier, active: true });
      const patched = await client.patch(
        `Patient/${id}`,
        [{ op: 'add', path: '/maritalStatus', value: { text: 'married' } }],
        { 'content-type': 'application/json-patch+json' },
      );

      expect([put.status, patched.status]).to.deep.equal([200, 200]);
      expect(uhidsOf(await stored(id))).to.deep.equal([uhid.value]);
    });

    it('gives it back to who is created anew after a deletion', async () => {
      await client.delete(`Patient/${id}`);

      const back = await client.put(`Patient/${id}`, patient({ id }));

      expect(back.status).to.equal(201);
      expect(uhidsOf(await stored(id))).to.deep.equal([uhid.value]);
    });

    it('gives it to nobody else after a deletion', async () => {
      await client.delete(`Patient/${id}`);

      const next = await ways['create']!(patient());

      expect(uhidsOf(await stored(next)))
        .to.have.length(1)
        .and.not.contain(uhid.value);
    });
  });

  it('refuses an update that brings a health ID to a Patient without one', async () => {
    await ways['create']!(patient());
    const id = await ways['create']!(patient());

    const answer = await client.put(`Patient/${id}`, patient({ id, identifier: [own] }));

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('Patient.identifier[0]');
  });

  it('gives one of two alike in a transaction a health ID, and the other a Task', async () => {
    const answer = await transaction([
      { method: 'POST', url: 'Patient', resource: patient() },
      { method: 'POST', url: 'Patient', resource: patient() },
      {
        method: 'POST',
        url: 'Patient',
        resource: patient({ name: [{ family: 'Rao', given: ['Anil'] }], birthDate: '1950-01-31' }),
      },
    ]);

    expect(answer.status).to.equal(200);
    const all = bundleOf(await client.get('Patient')).entry!.map(
      ({ resource }) => uhidsOf(resource as Patient).length,
    );
    expect(all.sort()).to.deep.equal([0, 1, 1]);
    expect(await tasks()).to.have.length(1);
  });

  it('gives one of many who are created alike at the same moment a health ID', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => client.post('Patient', patient())),
    );

    const given = answers.flatMap((answer) => uhidsOf(resourceOf(answer, 201) as Patient));
    expect(given).to.have.length(1);
    expect(await tasks()).to.have.length(11);
  });

  it('refuses an NHS number that cannot be one and takes any ABHA number', async () => {
    const nhs = 'https://fhir.nhs.uk/Id/nhs-number';
    const statuses = async (identifier: Identifier) =>
      (await client.post('Patient', patient({ identifier: [identifier] }))).status;

    expect(await statuses({ system: nhs, value: '9434765919' })).to.equal(201);
    expect(await statuses({ system: nhs, value: '9434765918' })).to.equal(422);
    expect(await statuses({ system: 'https://healthid.abdm.gov.in', value: '91-1' })).to.equal(201);
  });
});

describeOnStores('enrolment when ENROL_ON_CREATE is off', (store) => {
  it('stores what was sent, and still lets nobody set a health ID', async () => {
    const server = await startServer({ store });
    const client = clientOf(server.base);

    const plain = await client.post('Patient', patient());
    const sent = await client.post('Patient', patient({ identifier: [own] }));

    expect((resourceOf(plain, 201) as Patient).identifier).to.equal(undefined);
    expect(sent.status).to.equal(422);
    client.close();
    await server.close();
  });
});
