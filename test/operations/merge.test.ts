// $merge and $unmerge: nothing is lost, nothing is left behind, and what was one mistake is two records again, on every engine.

import { expect } from 'chai';
import type { Bundle, Observation, Parameters, Patient, Task } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { base, openInside, type Inside, type Send } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';
const mrn = 'https://hospital.example/mrn';

const desk = (organization: string): Caller => ({
  ...{ client: 'test', token: 'test', user: 'desk', role: 'desk', organization },
  ...{ fhirUser: 'Practitioner/desk', scopes: ['user/*.cruds'] },
});
/** Merging reaches into every organization. */
const network: Caller = {
  ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
};
const refers = (name: string, reference: string) => ({ name, valueReference: { reference } });

for (const engine of engines)
  describe(`merging Patients on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let server: Send;
    let atDesk: Send;
    let atNetwork: Send;
    let source: Patient;
    let target: Patient;
    let report: string;

    const register = async (given: string, value: string): Promise<Patient> => {
      const resource: Patient = {
        resourceType: 'Patient',
        identifier: [{ system: mrn, value }],
        name: [{ family: 'Sharma', given: [given] }],
        birthDate: '1980-03-04',
      };
      const parameter = [
        { name: 'resource', resource },
        { name: 'new', valueBoolean: true },
      ];
      const body = { resourceType: 'Parameters', parameter };
      return (await atDesk('POST', 'Patient/$register', { body })).json as Patient;
    };
    const observe = async (reference: string): Promise<string> => {
      const body: Observation = {
        ...{ resourceType: 'Observation', status: 'final', code: { text: 'pulse' } },
        subject: { reference },
        valueQuantity: { value: 72 },
      };
      const by = inside.by('Organization/other');
      return ((await by('POST', 'Observation', { body })).json as Observation).id!;
    };
    const get = async <T>(address: string): Promise<T> => (await server('GET', address)).json as T;
    const subjectOf = async (id: string) =>
      (await get<Observation>(`Observation/${id}`)).subject!.reference;
    const merge = (more: readonly object[] = [], send: Send = atNetwork) =>
      send('POST', 'Patient/$merge', {
        body: {
          resourceType: 'Parameters',
          parameter: [
            refers('source-patient', `Patient/${source.id!}`),
            refers('target-patient', `Patient/${target.id!}`),
            ...more,
          ],
        },
      });
    const taskOf = (json: unknown): Task =>
      (json as Parameters).parameter!.find(({ name }) => name === 'task')!.resource as Task;
    const unmerge = (task: Task, send: Send = atNetwork) =>
      send('POST', 'Patient/$unmerge', {
        body: { resourceType: 'Parameters', parameter: [refers('task', `Task/${task.id!}`)] },
      });
    const found = async (search: string) => (await server('GET', search)).keys;
    const uhid = ({ identifier }: Patient) => identifier!.find((each) => each.system === system)!;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      [server, atDesk] = [inside.by(), inside.as(desk('Organization/a'))];
      atNetwork = inside.as(network);
      source = await register('Laxmi', '1');
      target = await register('Lakshmi', '2');
      report = await observe(`Patient/${source.id!}`);
    });
    afterEach(() => opened.close());

    it('moves what refers to the source, whoever keeps it, and its numbers', async () => {
      const absolute = await observe(`${base}/Patient/${source.id!}`);

      const answer = await merge();

      expect(answer.status, answer.text).to.equal(200);
      expect(await subjectOf(report)).to.equal(`Patient/${target.id!}`);
      expect(await subjectOf(absolute)).to.match(new RegExp(`Patient/${target.id!}$`));
      expect(await found(`Observation?patient=${target.id!}`)).to.have.length(2);
      expect(await found(`Observation?patient=${source.id!}`)).to.deep.equal([]);
      for (const number of [uhid(source).value!, uhid(target).value!])
        expect(await found(`Patient?identifier=${system}|${number}`)).to.deep.equal([
          `Patient/${target.id!}`,
        ]);
      expect(await found(`Patient?identifier=${mrn}|1`)).to.deep.equal([`Patient/${target.id!}`]);
    });

    it('is not for the desk of one organization, and tells it nothing', async () => {
      for (const more of [[], [{ name: 'preview', valueBoolean: true }]]) {
        const answer = await merge(more, atDesk);
        expect(answer.status).to.equal(403);
        expect(answer.text).not.to.match(/\d/);
      }
      expect(await subjectOf(report)).to.equal(`Patient/${source.id!}`);
    });

    it('leads who reads the merged id to the survivor, and keeps the record of what it was', async () => {
      await merge();

      const read = await server('GET', `Patient/${source.id!}`);
      expect(read.status).to.equal(200);
      expect((read.json as Patient).id).to.equal(target.id);
      expect(read.headers['content-location']).to.equal(`${base}/Patient/${target.id!}`);
      const left = await get<Patient>(`Patient/${source.id!}/_history/2`);
      expect(left.active).to.equal(false);
      expect(left.link).to.deep.equal([
        { other: { reference: `Patient/${target.id!}` }, type: 'replaced-by' },
      ]);
      const survivor = await get<Patient>(`Patient/${target.id!}`);
      expect(survivor.link![0]!.type).to.equal('replaces');
      expect(survivor.identifier!.filter((each) => each.use === 'official')).to.have.length(1);
    });

    it('says what it would do and does nothing when asked for a preview', async () => {
      const answer = await merge([{ name: 'preview', valueBoolean: true }]);

      expect(answer.text).to.contain('would move 1 resources');
      expect(await subjectOf(report)).to.equal(`Patient/${source.id!}`);
      expect((await get<Patient>(`Patient/${target.id!}`)).meta!.versionId).to.equal('1');
      expect((await get<Bundle>('Task?_summary=count')).total).to.equal(0);
    });

    it('takes a merge back', async () => {
      const before = await get<Patient>(`Patient/${source.id!}`);
      const task = taskOf((await merge()).json);
      const later = await observe(`Patient/${target.id!}`);

      const answer = await unmerge(task);

      expect(answer.status, answer.text).to.equal(200);
      expect(await subjectOf(report)).to.equal(`Patient/${source.id!}`);
      expect(await subjectOf(later)).to.equal(`Patient/${target.id!}`);
      const after = await get<Patient>(`Patient/${source.id!}`);
      expect({ ...after, meta: undefined }).to.deep.equal({ ...before, meta: undefined });
      const other = await get<Patient>(`Patient/${target.id!}`);
      expect({ ...other, meta: undefined }).to.deep.equal({ ...target, meta: undefined });
      expect((await get<Task>(`Task/${task.id!}`)).status).to.equal('cancelled');
      expect((await unmerge(task)).status).to.equal(422);
    });

    it('keeps for the person what the person kept, and gives it back', async () => {
      const body: Observation = {
        ...{ resourceType: 'Observation', status: 'final', code: { text: 'weight' } },
        subject: { reference: `Patient/${source.id!}` },
      };
      const own = inside.by(`Patient/${source.id!}`);
      const id = ((await own('POST', 'Observation', { body })).json as Observation).id!;
      const keeperOf = async () =>
        (await opened.store.resources.read([{ type: 'Observation', id }]))[0]!.custodian;

      const task = taskOf((await merge()).json);
      const merged = await keeperOf();
      await unmerge(task);

      expect(merged).to.equal(`Patient/${target.id!}`);
      expect(await keeperOf()).to.equal(`Patient/${source.id!}`);
      expect(await subjectOf(id)).to.equal(`Patient/${source.id!}`);
    });

    it('leaves what was changed after the merge where it is, and says so', async () => {
      const task = taskOf((await merge()).json);
      const changed = await get<Observation>(`Observation/${report}`);
      await server('PUT', `Observation/${report}`, { body: { ...changed, status: 'amended' } });

      const answer = await unmerge(task);

      expect(answer.status).to.equal(200);
      expect(answer.text).to.contain(`Observation/${report} was changed after the merge`);
      expect(await subjectOf(report)).to.equal(`Patient/${target.id!}`);
    });

    it('refuses to revive a merged Patient by an update', async () => {
      await merge();

      const answer = await server('PUT', `Patient/${source.id!}`, {
        body: { ...source, identifier: [] },
      });
      const plain = await server('PUT', `Patient/${source.id!}`, {
        body: { resourceType: 'Patient', id: source.id! },
      });

      expect(answer.status).to.equal(422);
      expect(plain.status).to.equal(422);
      expect(plain.text).to.contain('$unmerge');
    });

    it('is refused a second time, with itself, and by who may not change both', async () => {
      const stranger = inside.as(desk('Organization/b'));
      const hidden = await merge([], stranger);
      const absent = await stranger('POST', 'Patient/$merge', {
        body: {
          resourceType: 'Parameters',
          parameter: [refers('source-patient', 'Patient/x'), refers('target-patient', 'Patient/y')],
        },
      });
      const task = taskOf((await merge()).json);

      expect([hidden.status, absent.status]).to.deep.equal([403, 403]);
      expect(hidden.text.replace(/Patient\/\S+/, '')).to.equal(
        absent.text.replace(/Patient\/\S+/, ''),
      );
      expect((await merge()).status).to.equal(422);
      expect((await unmerge(task, stranger)).status).to.equal(403);
      [source] = [target];
      expect((await merge()).status).to.equal(422);
    });

    it('merges once when many ask at the same moment', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => merge()));

      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).to.deep.equal([200, 422, 422, 422, 422, 422]);
      expect((await get<Patient>(`Patient/${target.id!}`)).meta!.versionId).to.equal('2');
    });
  });
