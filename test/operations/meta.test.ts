// $meta, $meta-add and $meta-delete.
// https://hl7.org/fhir/R4/resource-operation-meta.html

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const tag = (code: string, more: object = {}) => ({
  system: 'http://example.org/tag',
  code,
  ...more,
});

describe('operations/meta', () => {
  let server: TestServer;
  let made = 0;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const get = (path: string) => ask(`${server.base}/${path}`);
  const put = (path: string, more: object) => {
    const [resourceType, id] = path.split('/');
    return ask(`${server.base}/${path}`, { method: 'PUT', body: { resourceType, id, ...more } });
  };
  const store = async (meta: object = {}): Promise<string> => {
    const path = `Patient/meta-${String((made += 1))}`;
    await put(path, { meta });
    return path;
  };
  const change = (path: string, operation: string, meta: unknown, headers = {}) => {
    const body = { resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: meta }] };
    return ask(`${server.base}/${path}/${operation}`, { method: 'POST', body, headers });
  };
  const metaOf = (json: { parameter: readonly { name: string; valueMeta: object }[] }) => {
    expect(json.parameter.map(({ name }) => name)).to.deep.equal(['return']);
    return json.parameter[0]!.valueMeta as {
      versionId?: string;
      tag?: object[];
      profile?: string[];
    };
  };

  it('gives the meta of a resource', async () => {
    const path = await store({ tag: [tag('a')] });
    const { json } = await get(`${path}/$meta`);

    expect(metaOf(json)).to.deep.include({ versionId: '1', tag: [tag('a')] });
  });

  it('gives the meta of a version, by GET and by POST', async () => {
    const path = await store({ tag: [tag('a')] });
    await change(path, '$meta-add', { tag: [tag('b')] });
    const asked = await get(`${path}/_history/1/$meta`);
    const body = { resourceType: 'Parameters' };
    const posted = await ask(`${server.base}/${path}/_history/1/$meta`, { method: 'POST', body });

    expect(metaOf(asked.json)).to.deep.include({ versionId: '1', tag: [tag('a')] });
    expect(posted.json).to.deep.equal(asked.json);
    expect(metaOf((await get(`${path}/_history/2/$meta`)).json).tag).to.have.length(2);
  });

  it('gives no meta of a version that never was, or that is a deletion', async () => {
    const path = await store();
    await ask(`${server.base}/${path}`, { method: 'DELETE' });
    const statusOf = async (version: string) =>
      (await get(`${path}/_history/${version}/$meta`)).status;

    expect([await statusOf('1'), await statusOf('2'), await statusOf('3')]).to.deep.equal([
      200, 410, 404,
    ]);
  });

  it('gives the labels in use on a type and on the server, each once', async () => {
    const security = [{ system: 'http://example.org/security', code: 'R' }];
    await put('Group/g1', {
      type: 'person',
      actual: true,
      meta: { tag: [tag('g'), tag('h')], security },
    });
    await put('Group/g2', {
      type: 'person',
      actual: true,
      meta: { tag: [tag('g', { display: 'again' })] },
    });
    await put('Basic/b1', {
      code: { text: 'x' },
      meta: { tag: [tag('b')], profile: ['http://example.org/p'] },
    });
    const [ofGroups, ofAll, ofNone] = [
      await get('Group/$meta'),
      await get('$meta'),
      await get('Slot/$meta'),
    ];

    expect(metaOf(ofGroups.json)).to.deep.equal({ tag: [tag('g'), tag('h')], security });
    expect(metaOf(ofAll.json).tag).to.deep.include.members([tag('g'), tag('h'), tag('b')]);
    expect(metaOf(ofAll.json).profile).to.deep.equal(['http://example.org/p']);
    expect(metaOf(ofNone.json)).to.deep.equal({});
  });

  it('adds labels as a new version, and those that are there already once', async () => {
    const path = await store({ tag: [tag('a')], source: 'http://example.org/s' });
    const labels = {
      tag: [tag('a', { display: 'again' }), tag('b'), tag('b')],
      profile: ['http://example.org/p'],
    };
    const { status, headers, json } = await change(path, '$meta-add', labels);

    expect({ status, etag: headers['etag'] }).to.deep.equal({ status: 200, etag: 'W/"2"' });
    expect(metaOf(json)).to.deep.include({
      ...{ versionId: '2', source: 'http://example.org/s', profile: ['http://example.org/p'] },
      tag: [tag('a'), tag('b')],
    });
    expect((await get(`Patient?_tag=b&_id=${path.slice(8)}`)).json.entry).to.have.length(1);
  });

  it('deletes labels, and is content when they are not there', async () => {
    const path = await store({ tag: [tag('a'), tag('b')], profile: ['http://example.org/p'] });
    const labels = {
      tag: [tag('a', { version: '2' }), tag('z')],
      profile: ['http://example.org/p'],
    };
    const { json } = await change(path, '$meta-delete', labels);

    expect(metaOf(json)).to.deep.include({ versionId: '2', tag: [tag('b')] });
    expect(metaOf(json)).not.to.have.property('profile');
  });

  it('makes no version when nothing changes', async () => {
    const path = await store({ tag: [tag('a')] });
    const added = await change(path, '$meta-add', { tag: [tag('a')] });
    const deleted = await change(path, '$meta-delete', { tag: [tag('z')] });

    expect([added, deleted].map(({ headers }) => headers['etag'])).to.deep.equal([
      'W/"1"',
      'W/"1"',
    ]);
  });

  it('loses nothing when sixteen add at once', async () => {
    const path = await store();
    await Promise.all(
      Array.from({ length: 16 }, (_, place) =>
        change(path, '$meta-add', { tag: [tag(String(place))] }),
      ),
    );

    expect(metaOf((await get(`${path}/$meta`)).json).tag).to.have.length(16);
  });

  it('keeps the digits of decimals elsewhere in the resource', async () => {
    const body =
      '{"resourceType":"Observation","id":"digits","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.10}}';
    await ask(`${server.base}/Observation/digits`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/fhir+json' },
    });
    await change('Observation/digits', '$meta-add', { tag: [tag('a')] });

    expect((await get('Observation/digits')).text).to.include('"value":1.10}');
  });

  it('holds to If-Match', async () => {
    const path = await store();
    const { status } = await change(
      path,
      '$meta-add',
      { tag: [tag('a')] },
      { 'if-match': 'W/"7"' },
    );

    expect(status).to.equal(412);
  });

  it('refuses what is no meta, an invalid one, and what is not there', async () => {
    const path = await store();
    const statuses = [
      (await change(path, '$meta-add', { tag: 'x' })).status,
      (await change(path, '$meta-add', { profile: [7] })).status,
      (await change(path, '$meta-add', { tag: [{ code: 'x', colour: 'y' }] })).status,
      (
        await ask(`${server.base}/${path}/$meta-add`, {
          method: 'POST',
          body: { resourceType: 'Parameters' },
        })
      ).status,
      (await change('Patient/nobody', '$meta-add', {})).status,
      (await get('Patient/nobody/$meta')).status,
      (await get(`${path}/$meta-add`)).status,
      (await get(`${path}/$meta?colour=blue`)).status,
    ];

    expect(statuses).to.deep.equal([400, 400, 422, 400, 404, 404, 405, 400]);
    expect((await get(path)).headers['etag']).to.equal('W/"1"');
  });
});
