// History.
// https://hl7.org/fhir/R4/http.html#history

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Entry {
  readonly fullUrl: string;
  readonly resource?: { readonly id: string; readonly meta: { readonly lastUpdated: string } };
  readonly request: { readonly method: string; readonly url: string };
  readonly response: {
    readonly status: string;
    readonly etag: string;
    readonly lastModified: string;
  };
}

describe('interactions/history', () => {
  let server: TestServer;
  let times: readonly string[];
  before(async () => {
    server = await startServer();
    const put = async (type: string, id: string) => {
      const body = { resourceType: type, id };
      const answer = await ask(`${server.base}/${type}/${id}`, { method: 'PUT', body });
      return answer.json.meta.lastUpdated as string;
    };
    const first = await put('Patient', 'a');
    const second = await put('Patient', 'a');
    await ask(`${server.base}/Patient/a`, { method: 'DELETE' });
    const fourth = await put('Patient', 'a');
    await put('Patient', 'b');
    await ask(`${server.base}/Basic`, {
      method: 'POST',
      body: { resourceType: 'Basic', code: { text: 'x' } },
    });
    times = [first, second, fourth];
  });
  after(() => server.close());
  const get = (path: string, headers = {}) => ask(`${server.base}/${path}`, { headers });
  const etagsOf = (entries: readonly Entry[]) => entries.map(({ response }) => response.etag);

  it('gives the versions of a resource, newest first, with how each came about', async () => {
    const { status, json } = await get('Patient/a/_history');
    const entries = json.entry as readonly Entry[];

    expect(status).to.equal(200);
    expect(json).to.include({ resourceType: 'Bundle', type: 'history', total: 4 });
    expect(etagsOf(entries)).to.deep.equal(['W/"4"', 'W/"3"', 'W/"2"', 'W/"1"']);
    expect(entries.map(({ request }) => request.method)).to.deep.equal([
      'PUT',
      'DELETE',
      'PUT',
      'PUT',
    ]);
    expect(entries.map(({ response }) => response.status)).to.deep.equal([
      '201',
      '204',
      '200',
      '201',
    ]);
    expect(entries[1]).not.to.have.property('resource');
    expect(entries[0]).to.deep.include({
      fullUrl: `${server.base}/Patient/a`,
      request: { method: 'PUT', url: 'Patient/a' },
    });
  });

  it('gives the history of a type and of everything', async () => {
    const [type, system] = await Promise.all([get('Patient/_history'), get('_history')]);
    const newest = system.json.entry[0] as Entry;

    expect(type.json.total).to.equal(5);
    expect(system.json.total).to.equal(6);
    expect(newest.request).to.deep.equal({ method: 'POST', url: 'Basic' });
  });

  it('gives what was written since a time', async () => {
    const since = await get(`Patient/a/_history?_since=${times[1]!}`);

    expect(etagsOf(since.json.entry as readonly Entry[])).to.deep.equal([
      'W/"4"',
      'W/"3"',
      'W/"2"',
    ]);
    expect(since.json.total).to.equal(3);
  });

  it('takes a time whose + was not encoded', async () => {
    const since = await get('Patient/a/_history?_since=2020-01-01T00:00:00+02:00');

    expect(since.json.total).to.equal(4);
  });

  it('counts a long history of a type only for those who ask for nothing else', async () => {
    const [page, count, zero] = await Promise.all([
      get('Patient/_history?_count=2'),
      get('Patient/_history?_summary=count'),
      get('Patient/_history?_count=0'),
    ]);

    expect(page.json.entry).to.have.length(2);
    expect(page.json).not.to.have.property('total');
    for (const { json } of [count, zero]) {
      expect(json.total).to.equal(5);
      expect(json).not.to.have.property('entry');
    }
  });

  it('gives what was current at a time', async () => {
    const at = await get(`Patient/a/_history?_at=${times[1]!}`);

    expect(etagsOf(at.json.entry as readonly Entry[])).to.deep.equal(['W/"2"']);
  });

  it('leads through all pages and back', async () => {
    const seen: string[] = [];
    let url: string | undefined = `${server.base}/Patient/a/_history?_count=1`;
    let last = '';
    while (url !== undefined && seen.length < 10) {
      const { json } = await ask(url);
      seen.push(...etagsOf(json.entry as readonly Entry[]));
      const links = json.link as readonly { relation: string; url: string }[];
      last = links.find(({ relation }) => relation === 'previous')?.url ?? '';
      url = links.find(({ relation }) => relation === 'next')?.url;
    }
    const back = await ask(last);

    expect(seen).to.deep.equal(['W/"4"', 'W/"3"', 'W/"2"', 'W/"1"']);
    expect(etagsOf(back.json.entry as readonly Entry[])).to.deep.equal(['W/"2"']);
  });

  it('answers 404 for a resource that never was', async () => {
    expect((await get('Patient/never/_history')).status).to.equal(404);
  });

  const wrong = ['_since=soon', '_at=x', '_count=-1', '_count=many', 'name=x', '_cursor=abc'];
  for (const query of wrong)
    it(`answers 400 for ${query}`, async () => {
      expect((await get(`Patient/a/_history?${query}`)).status).to.equal(400);
    });

  it('ignores a parameter it does not know when told to be lenient', async () => {
    const { status, json } = await get('Patient/a/_history?name=x', { prefer: 'handling=lenient' });

    expect(status).to.equal(200);
    expect(json.link[0].url).to.equal(`${server.base}/Patient/a/_history`);
  });
});
