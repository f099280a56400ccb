// Conditional create, read, update, patch and delete; ETags; what Prefer asks to be returned.
// https://hl7.org/fhir/R4/http.html#cond-update

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { bundleOf, outcomeOf, resourceOf, type Answer } from '../support/client.ts';
import { liveServer } from '../support/live.ts';

const system = 'http://hospital.example/mrn';

describe('conditional interactions', () => {
  const server = liveServer();
  let value: string;
  const patient = (rest: object = {}): object => ({
    resourceType: 'Patient',
    identifier: [{ system, value }],
    ...rest,
  });
  const criteria = (): string => `identifier=${system}%7C${value}`;
  const create = (): Promise<Answer> =>
    server.post('Patient', patient(), { 'if-none-exist': criteria() });
  const total = async (): Promise<number | undefined> =>
    bundleOf(await server.get(`Patient?${criteria()}&_summary=count`)).total;
  beforeEach(() => {
    value = randomUUID();
  });

  describe('create', () => {
    it('answers 201 the first time and 200 with the same resource after that', async () => {
      const first = await create();
      const second = await create();

      expect(first.status).to.equal(201);
      expect(second.status).to.equal(200);
      expect(resourceOf(second).id).to.equal(resourceOf(first, 201).id);
      expect(await total()).to.equal(1);
    });

    it('answers 412 when If-None-Exist matches two', async () => {
      await server.post('Patient', patient());
      await server.post('Patient', patient());

      const answer = await create();

      expect(answer.status).to.equal(412);
      outcomeOf(answer);
      expect(await total()).to.equal(2);
    });

    it('refuses criteria with an unknown parameter', async () => {
      const answer = await server.post('Patient', patient(), { 'if-none-exist': 'identifer=x' });

      expect(answer.status).to.be.oneOf([400, 412]);
      expect(outcomeOf(answer).issue[0]!.diagnostics).to.contain('identifer');
      expect(await total()).to.equal(0);
    });

    it('refuses empty criteria, which would match everything', async () => {
      expect((await server.post('Patient', patient(), { 'if-none-exist': '' })).status).to.be.oneOf(
        [201, 400, 412],
      );
      expect(
        (await server.post('Patient', patient(), { 'if-none-exist': '_count=1' })).status,
      ).to.be.oneOf([400, 412]);
    });
  });

  describe('update', () => {
    it('creates when nothing matches, updates when one does, 412 when two do', async () => {
      const made = await server.put(`Patient?${criteria()}`, patient());
      const again = await server.put(`Patient?${criteria()}`, patient({ active: true }));
      await server.post('Patient', patient());
      const many = await server.put(`Patient?${criteria()}`, patient());

      expect([made.status, again.status, many.status]).to.deep.equal([201, 200, 412]);
      expect(resourceOf(again).id).to.equal(resourceOf(made, 201).id);
      expect(resourceOf(again).meta?.versionId).to.equal('2');
    });

    it('creates with the id in the body when nothing matches it', async () => {
      const id = randomUUID();
      const made = await server.put(`Patient?${criteria()}`, patient({ id }));

      expect(resourceOf(made, 201).id).to.equal(id);
    });

    it('answers 400 when the id in the body is another than the match’s', async () => {
      await server.put(`Patient?${criteria()}`, patient());

      const answer = await server.put(`Patient?${criteria()}`, patient({ id: 'other' }));

      expect(answer.status).to.equal(400);
    });
  });

  describe('patch and delete', () => {
    const patch = [{ op: 'add', path: '/active', value: true }];
    const patched = (): Promise<Answer> =>
      server.patch(`Patient?${criteria()}`, patch, {
        'content-type': 'application/json-patch+json',
      });

    it('patches the one that matches, 404 for none, 412 for two', async () => {
      expect((await patched()).status).to.equal(404);
      await server.post('Patient', patient());
      const one = await patched();
      await server.post('Patient', patient());

      expect(resourceOf(one)).to.have.property('active', true);
      expect((await patched()).status).to.equal(412);
    });

    it('deletes the one that matches, and is content when none does', async () => {
      const made = resourceOf(await create(), 201);

      expect((await server.delete(`Patient?${criteria()}`)).status).to.be.oneOf([200, 204]);
      expect((await server.get(`Patient/${made.id!}`)).status).to.equal(410);
      expect((await server.delete(`Patient?${criteria()}`)).status).to.be.oneOf([200, 204, 404]);
    });

    it('answers 412 rather than delete two', async () => {
      await server.post('Patient', patient());
      await server.post('Patient', patient());

      expect((await server.delete(`Patient?${criteria()}`)).status).to.equal(412);
      expect(await total()).to.equal(2);
    });
  });

  describe('If-Match', () => {
    it('lets the current version through and refuses an old one with 412', async () => {
      const { id } = resourceOf(await create(), 201);
      const path = `Patient/${id!}`;
      const first = await server.put(path, patient({ id }), { 'if-match': 'W/"1"' });
      const second = await server.put(path, patient({ id }), { 'if-match': 'W/"1"' });

      expect([first.status, second.status]).to.deep.equal([200, 412]);
      expect((await server.delete(path, { 'if-match': 'W/"1"' })).status).to.equal(412);
      expect((await server.get(path)).headers.etag).to.equal('W/"2"');
    });

    it('on a resource that does not exist is 412 and creates nothing', async () => {
      const id = randomUUID();
      const answer = await server.put(`Patient/${id}`, patient({ id }), { 'if-match': 'W/"1"' });

      expect(answer.status).to.equal(412);
      expect((await server.get(`Patient/${id}`)).status).to.equal(404);
    });
  });

  describe('conditional read', () => {
    it('answers 304 for the ETag or the time the client holds, 200 otherwise', async () => {
      const { id } = resourceOf(await create(), 201);
      const path = `Patient/${id!}`;
      const got = await server.get(path);

      const same = await server.get(path, { 'if-none-match': got.headers.etag! });
      const since = await server.get(path, { 'if-modified-since': got.headers['last-modified']! });
      const old = await server.get(path, { 'if-none-match': 'W/"0"' });

      expect([same.status, since.status, old.status]).to.deep.equal([304, 304, 200]);
      expect(same.text).to.equal('');
    });
  });

  describe('Prefer', () => {
    it('return=minimal gives headers only', async () => {
      const made = await server.post('Patient', patient(), { prefer: 'return=minimal' });

      expect(made.status).to.equal(201);
      expect(made.text).to.equal('');
      expect(made.headers.location).to.match(/\/Patient\/[^/]+\/_history\/1$/);
      expect(made.headers.etag).to.equal('W/"1"');
      expect(made.headers['last-modified']).to.be.a('string');
    });

    it('return=OperationOutcome gives an outcome', async () => {
      const made = await server.post('Patient', patient(), { prefer: 'return=OperationOutcome' });

      expect(outcomeOf(made).issue).to.not.be.empty;
    });

    it('handling=lenient ignores what is unknown, and the self link shows so', async () => {
      const path = `Patient?${criteria()}&nonsense=1`;
      const strict = await server.get(path);
      const lenient = bundleOf(await server.get(path, { prefer: 'handling=lenient' }));

      expect(strict.status).to.equal(400);
      expect(lenient.link![0]!.url).to.contain('identifier').and.not.contain('nonsense');
    });
  });
});
