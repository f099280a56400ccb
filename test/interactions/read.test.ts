// Read and vread.
// https://hl7.org/fhir/R4/http.html#read

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('interactions/read', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    for (const active of [true, false])
      await ask(`${server.base}/Patient/one`, {
        method: 'PUT',
        body: { resourceType: 'Patient', id: 'one', active },
      });
    await ask(`${server.base}/Patient/dead`, {
      method: 'PUT',
      body: { resourceType: 'Patient', id: 'dead' },
    });
    await ask(`${server.base}/Patient/dead`, { method: 'DELETE' });
  });
  after(() => server.close());
  const get = (path: string, headers = {}) => ask(`${server.base}/${path}`, { headers });

  it('gives the current version with its ETag and time', async () => {
    const { status, headers, json } = await get('Patient/one');

    expect(status).to.equal(200);
    expect(headers).to.include({
      etag: 'W/"2"',
      'content-type': 'application/fhir+json; charset=utf-8',
    });
    expect(Date.parse(headers['last-modified']!)).to.equal(
      Math.floor(Date.parse(json.meta.lastUpdated) / 1000) * 1000,
    );
    expect(json).to.include({ id: 'one', active: false });
  });

  it('answers 404 for what never was and 410 for what was deleted', async () => {
    const [never, dead] = await Promise.all([get('Patient/never'), get('Patient/dead')]);

    expect([never.status, dead.status]).to.deep.equal([404, 410]);
    expect(never.json.issue[0].code).to.equal('not-found');
    expect(dead.json.issue[0].code).to.equal('deleted');
  });

  it('answers 404 for what cannot be an id', async () => {
    for (const id of ['a%20b', 'x'.repeat(65), '%22%27', '..%2F..'])
      expect((await get(`Patient/${id}`)).status, id).to.equal(404);
  });

  it('answers 304 when the client has this version', async () => {
    for (const tags of ['W/"2"', '"2"', 'W/"7", W/"2"', '*']) {
      const { status, headers, text } = await get('Patient/one', { 'if-none-match': tags });
      expect({ status, text, etag: headers['etag'] }, tags).to.deep.equal({
        ...{ status: 304, text: '', etag: 'W/"2"' },
      });
    }
    expect((await get('Patient/one', { 'if-none-match': 'W/"1"' })).status).to.equal(200);
  });

  it('answers 304 when it was not changed since the time the client names', async () => {
    const { headers } = await get('Patient/one');
    const since = (time: string) => get('Patient/one', { 'if-modified-since': time });

    expect((await since(headers['last-modified']!)).status).to.equal(304);
    expect((await since('Sat, 01 Jan 2000 00:00:00 GMT')).status).to.equal(200);
    expect((await since('soon')).status).to.equal(200);
  });

  it('answers HEAD as GET without the body', async () => {
    const [whole, head] = await Promise.all([
      get('Patient/one'),
      ask(`${server.base}/Patient/one`, { method: 'HEAD' }),
    ]);

    expect(head).to.include({ status: 200, text: '' });
    expect(head.headers['content-length']).to.equal(String(whole.bytes.length));
  });

  it('gives each version as it was', async () => {
    const [first, second] = await Promise.all([
      get('Patient/one/_history/1'),
      get('Patient/one/_history/2'),
    ]);

    expect(first.json).to.include({ active: true });
    expect(first.headers['etag']).to.equal('W/"1"');
    expect(second.json).to.include({ active: false });
  });

  it('answers 404 for a version that never was and 410 for a deletion', async () => {
    expect((await get('Patient/one/_history/3')).status).to.equal(404);
    expect((await get('Patient/one/_history/x')).status).to.equal(404);
    expect((await get('Patient/dead/_history/1')).status).to.equal(200);
    expect((await get('Patient/dead/_history/2')).status).to.equal(410);
  });

  it('gives a part, tagged as such, and prints it prettily when asked', async () => {
    const part = await get('Patient/one?_elements=active');
    const pretty = await get('Patient/one?_pretty=true');

    expect(part.json.meta.tag[0].code).to.equal('SUBSETTED');
    expect(pretty.text).to.match(/^\{\n {2}"resourceType"/);
    expect((await get('Patient/one?_summary=some')).status).to.equal(400);
  });
});
