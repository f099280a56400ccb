// Update.
// https://hl7.org/fhir/R4/http.html#update

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('interactions/update', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const patient = (id: string | undefined, more: object = {}) => ({
    resourceType: 'Patient',
    ...(id === undefined ? {} : { id }),
    ...more,
  });
  const put = (path: string, body: object | string, headers = {}) =>
    ask(`${server.base}/${path}`, { method: 'PUT', body, headers });

  it('creates under the id of the client', async () => {
    const { status, headers, json } = await put('Patient/new-1.x', patient('new-1.x'));

    expect(status).to.equal(201);
    expect(headers['location']).to.equal(`${server.base}/Patient/new-1.x/_history/1`);
    expect(json).to.include({ id: 'new-1.x' });
  });

  it('writes nothing when it cannot answer in the form asked for', async () => {
    const { status } = await put('Patient/unwritten?_summary=some', patient('unwritten'));

    expect(status).to.equal(400);
    expect((await ask(`${server.base}/Patient/unwritten`)).status).to.equal(404);
  });

  it('makes a new version, also when nothing changed', async () => {
    await put('Patient/again', patient('again'));
    const { status, headers, json } = await put('Patient/again', patient('again'));

    expect({ status, etag: headers['etag'] }).to.deep.equal({ status: 200, etag: 'W/"2"' });
    expect(headers).not.to.have.property('location');
    expect(json.meta.versionId).to.equal('2');
  });

  it('answers 400 when the id of the body is another or is missing', async () => {
    expect((await put('Patient/a', patient('b'))).status).to.equal(400);
    expect((await put('Patient/a', patient(undefined))).status).to.equal(400);
    expect((await put('Patient/a', { resourceType: 'Group', id: 'a' })).status).to.equal(400);
    expect((await put('Patient/a_b', patient('a_b'))).status).to.equal(400);
  });

  it('brings a deleted resource back', async () => {
    await put('Patient/back', patient('back'));
    await ask(`${server.base}/Patient/back`, { method: 'DELETE' });
    const { status, headers } = await put('Patient/back', patient('back'));

    expect({ status, etag: headers['etag'] }).to.deep.equal({ status: 201, etag: 'W/"3"' });
  });

  it('loses no update when sixteen write at once', async () => {
    const tries = Array.from({ length: 16 }, () => put('Patient/busy', patient('busy')));
    const answers = await Promise.all(tries);
    const { headers } = await ask(`${server.base}/Patient/busy`);

    expect(answers.every(({ status }) => status === 200 || status === 201)).to.equal(true);
    expect(headers['etag']).to.equal('W/"16"');
  });

  describe('with If-Match', () => {
    it('writes over the version the client names and no other', async () => {
      await put('Patient/match', patient('match'));
      const wrong = await put('Patient/match', patient('match'), { 'if-match': 'W/"2"' });
      const right = await put('Patient/match', patient('match'), { 'if-match': 'W/"1"' });

      expect([wrong.status, right.status]).to.deep.equal([412, 200]);
    });

    it('answers 412 when there is nothing to match', async () => {
      const headers = { 'if-match': 'W/"1"' };

      expect((await put('Patient/nobody', patient('nobody'), headers)).status).to.equal(412);
    });

    it('lets one of sixteen win', async () => {
      await put('Patient/race', patient('race'));
      const headers = { 'if-match': 'W/"1"' };
      const tries = Array.from({ length: 16 }, () => put('Patient/race', patient('race'), headers));
      const statuses = (await Promise.all(tries)).map(({ status }) => status);

      expect(statuses.filter((status) => status === 200)).to.have.length(1);
      expect(statuses.filter((status) => status === 412)).to.have.length(15);
    });
  });

  it('creates only with If-None-Match: *', async () => {
    const headers = { 'if-none-match': '*' };
    const first = await put('Patient/fresh', patient('fresh'), headers);
    const second = await put('Patient/fresh', patient('fresh'), headers);

    expect([first.status, second.status]).to.deep.equal([201, 412]);
  });

  describe('by criteria', () => {
    const identified = (value: string, more: object = {}) => ({
      resourceType: 'Patient',
      identifier: [{ system: 'urn:u', value }],
      ...more,
    });
    const at = (value: string) => `Patient?identifier=urn:u|${value}`;

    it('creates when nothing matches and updates what does', async () => {
      const created = await put(at('1'), identified('1'));
      const updated = await put(at('1'), identified('1', { active: true }));

      expect([created.status, updated.status]).to.deep.equal([201, 200]);
      expect(updated.json).to.deep.include({ id: created.json.id, active: true });
      expect(updated.headers['etag']).to.equal('W/"2"');
    });

    it('creates under the id of the client when nothing matches', async () => {
      const created = await put(at('2'), identified('2', { id: 'chosen' }));

      expect(created.status).to.equal(201);
      expect(created.json.id).to.equal('chosen');
    });

    it('answers 409 when the id of the client is taken by what does not match', async () => {
      await put('Patient/taken', patient('taken'));

      expect((await put(at('3'), identified('3', { id: 'taken' }))).status).to.equal(409);
    });

    it('answers 400 when the match has another id than the body', async () => {
      await put(at('4'), identified('4'));

      expect((await put(at('4'), identified('4', { id: 'other' }))).status).to.equal(400);
    });

    it('answers 412 when several match', async () => {
      const post = () => ask(`${server.base}/Patient`, { method: 'POST', body: identified('5') });
      await Promise.all([post(), post()]);

      expect((await put(at('5'), identified('5'))).status).to.equal(412);
    });

    it('answers 400 without criteria', async () => {
      expect((await put('Patient', identified('6'))).status).to.equal(400);
      expect((await put('Patient?_format=json', identified('6'))).status).to.equal(400);
    });

    it('makes one resource of sixteen at once', async () => {
      const tries = Array.from({ length: 16 }, () => put(at('7'), identified('7')));
      const statuses = (await Promise.all(tries)).map(({ status }) => status);
      const { json } = await ask(`${server.base}/${at('7')}`);

      expect(statuses.filter((status) => status === 201)).to.have.length(1);
      expect(json.entry).to.have.length(1);
      expect(json.entry[0].resource.meta.versionId).to.equal('16');
    });
  });
});
