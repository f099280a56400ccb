// Delete.
// https://hl7.org/fhir/R4/http.html#delete

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('interactions/delete', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const put = (id: string, more: object = {}) =>
    ask(`${server.base}/Patient/${id}`, {
      method: 'PUT',
      body: { resourceType: 'Patient', id, ...more },
    });
  const remove = (path: string, headers = {}) =>
    ask(`${server.base}/${path}`, { method: 'DELETE', headers });

  it('answers 204, then and again, and the resource is gone from reads and searches', async () => {
    await put('one');
    const first = await remove('Patient/one');
    const second = await remove('Patient/one');
    const search = await ask(`${server.base}/Patient?_id=one`);

    expect([first.status, second.status]).to.deep.equal([204, 204]);
    expect(first.headers['etag']).to.equal('W/"2"');
    expect((await ask(`${server.base}/Patient/one`)).status).to.equal(410);
    expect(search.json).not.to.have.property('entry');
  });

  it('answers 204 for what never was', async () => {
    expect((await remove('Patient/never')).status).to.equal(204);
  });

  it('gives an OperationOutcome when asked', async () => {
    await put('told');
    const { status, json } = await remove('Patient/told', { prefer: 'return=OperationOutcome' });

    expect(status).to.equal(200);
    expect(json.resourceType).to.equal('OperationOutcome');
  });

  it('deletes only the version that If-Match names', async () => {
    await put('match');
    const wrong = await remove('Patient/match', { 'if-match': 'W/"9"' });
    const right = await remove('Patient/match', { 'if-match': 'W/"1"' });

    expect([wrong.status, right.status]).to.deep.equal([412, 204]);
  });

  describe('by criteria', () => {
    it('deletes the one match', async () => {
      await put('c1', { identifier: [{ value: 'c1' }] });

      expect((await remove('Patient?identifier=c1')).status).to.equal(204);
      expect((await ask(`${server.base}/Patient/c1`)).status).to.equal(410);
    });

    it('answers 204 when nothing matches and 412 when several do', async () => {
      await Promise.all(['c2', 'c3'].map((id) => put(id, { identifier: [{ value: 'many' }] })));

      expect((await remove('Patient?identifier=none')).status).to.equal(204);
      expect((await remove('Patient?identifier=many')).status).to.equal(412);
    });

    it('deletes nothing without criteria or with unknown ones', async () => {
      await put('stays');

      expect((await remove('Patient')).status).to.equal(400);
      expect((await remove('Patient?identifer=x')).status).to.equal(400);
      expect((await ask(`${server.base}/Patient/stays`)).status).to.equal(200);
    });
  });
});
