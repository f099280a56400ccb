// Batch: each entry on its own.
// https://hl7.org/fhir/R4/http.html#brules

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const patient = (more: object = {}) => ({ resourceType: 'Patient', ...more });
const on = (method: string, url: string, more: object = {}) => ({
  request: { method, url, ...more },
});
const post = (resource: object, url = 'Patient') => ({
  resource,
  request: { method: 'POST', url },
});
const put = (url: string, resource: object) => ({ resource, request: { method: 'PUT', url } });

describe('interactions/batch', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const send = (entry: readonly unknown[], headers = {}) =>
    ask(server.base, {
      method: 'POST',
      body: { resourceType: 'Bundle', type: 'batch', entry },
      headers,
    });
  const alone = (method: string, path: string, body?: object) =>
    ask(`${server.base}/${path}`, { method, ...(body && { body }) });

  it('gives each entry the status it would have alone, and the others their success', async () => {
    await alone('PUT', 'Patient/kept', patient({ id: 'kept' }));
    await alone('PUT', 'Patient/gone', patient({ id: 'gone' }));
    await alone('DELETE', 'Patient/gone');
    const requests: readonly (readonly [string, string, object?])[] = [
      ['GET', 'Patient/kept'],
      ['GET', 'Patient/gone'],
      ['GET', 'Patient/never'],
      ['GET', 'Patient?colour=blue'],
      ['GET', 'Patiant/1'],
      ['GET', 'Patient/kept/_history/9'],
      ['POST', 'Patient', patient({ gender: 'x' })],
      ['POST', 'Patient', { resourceType: 'Group' }],
      ['PUT', 'Patient/kept', patient({ id: 'other' })],
      ['POST', 'Patient/kept/$meta-ad', { resourceType: 'Parameters' }],
      ['DELETE', 'Patient/kept/_history'],
    ];
    const expected = [];
    for (const [method, url, body] of requests)
      expected.push((await alone(method, url, body)).status);
    const { status, json } = await send([
      ...requests.map(([method, url, resource]) => ({
        ...on(method, url),
        ...(resource && { resource }),
      })),
      post(patient()),
    ]);

    expect(status).to.equal(200);
    expect(json.type).to.equal('batch-response');
    const statuses = json.entry.map((entry: { response: { status: string } }) =>
      Number(entry.response.status.slice(0, 3)),
    );
    expect(statuses).to.deep.equal([...expected, 201]);
    for (const { response } of json.entry.filter(
      (_: unknown, place: number) => (statuses[place] as number) >= 400,
    ))
      expect(response.outcome.issue[0].diagnostics).to.match(/^Bundle\.entry\[\d+\]: /);
  });

  it('answers an entry that cannot be read in its place', async () => {
    const { json } = await send([
      7,
      { resource: patient() },
      on('FETCH', 'Patient'),
      post(patient()),
      on('GET', 'Patient/%'),
    ]);

    expect(
      json.entry.map((entry: { response: { status: string } }) => entry.response.status),
    ).to.deep.equal([
      ...['400 Bad Request', '400 Bad Request', '400 Bad Request'],
      ...['201 Created', '400 Bad Request'],
    ]);
  });

  it('gives location, etag, time, and resources of writes where they are preferred', async () => {
    const minimal = await send([post(patient())]);
    const full = await send([post(patient())], { prefer: 'return=representation' });
    const { location, etag, lastModified } = minimal.json.entry[0].response;
    const { json } = await ask(`${server.base}/${String(location)}`);

    expect(minimal.json.entry[0]).not.to.have.property('resource');
    expect(etag).to.equal('W/"1"');
    expect(lastModified).to.equal(json.meta.lastUpdated);
    expect(full.json.entry[0].resource.resourceType).to.equal('Patient');
  });

  it('gives searches, histories and operations their resources', async () => {
    await alone('PUT', 'Patient/looked-at', patient({ id: 'looked-at' }));
    const { json } = await send([
      on('GET', 'Patient?_id=looked-at'),
      on('GET', 'Patient/looked-at/_history'),
      on('GET', 'Patient/looked-at/$meta'),
      on('HEAD', 'Patient/looked-at'),
      on('GET', 'Patient/looked-at', { ifNoneMatch: 'W/"1"' }),
    ]);
    const types = json.entry.map(
      (entry: { resource?: { resourceType: string } }) => entry.resource?.resourceType,
    );

    expect(types).to.deep.equal(['Bundle', 'Bundle', 'Parameters', undefined, undefined]);
    expect(json.entry[4].response.status).to.equal('304 Not Modified');
  });

  it('deletes first, reads last, and writes one address in the order given', async () => {
    await alone('PUT', 'Patient/in-order', patient({ id: 'in-order' }));
    const { json } = await send([
      on('GET', 'Patient/in-order'),
      put('Patient/in-order', patient({ id: 'in-order', gender: 'male' })),
      put('Patient/in-order', patient({ id: 'in-order', gender: 'female' })),
      on('DELETE', 'Patient/in-order'),
    ]);

    expect(json.entry[0].resource).to.include({ gender: 'female' });
    expect(json.entry[0].resource.meta.versionId).to.equal('4');
  });

  it('patches by a Binary with a JSON Patch', async () => {
    await alone('PUT', 'Patient/patched', patient({ id: 'patched' }));
    const patch = (data: string) => ({
      resource: {
        resourceType: 'Binary',
        contentType: 'application/json-patch+json',
        data: Buffer.from(data).toString('base64'),
      },
      request: { method: 'PATCH', url: 'Patient/patched' },
    });
    const { json } = await send([
      patch('[{"op":"add","path":"/active","value":true}]'),
      patch('[{"op":"remove","path":"/birthDate"}]'),
      patch('[{"op":'),
    ]);

    expect(
      json.entry.map((entry: { response: { status: string } }) =>
        entry.response.status.slice(0, 3),
      ),
    ).to.deep.equal(['200', '422', '400']);
    expect((await alone('GET', 'Patient/patched')).json.active).to.equal(true);
  });

  it('does not resolve references between its entries', async () => {
    const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
    const { json } = await send(
      [
        { fullUrl: urn, ...post(patient()) },
        post({ resourceType: 'Patient', link: [{ type: 'refer', other: { reference: urn } }] }),
      ],
      { prefer: 'return=representation' },
    );

    expect(json.entry[1].resource.link[0].other.reference).to.equal(urn);
  });

  it('refuses another Bundle inside and too many entries', async () => {
    const inner = await send([post({ resourceType: 'Bundle', type: 'batch' }, '')]);
    const small = await startServer({ limits: { entries: 1 } });
    const entry = [on('GET', 'Patient'), on('GET', 'Patient')];
    const many = await ask(small.base, {
      method: 'POST',
      body: { resourceType: 'Bundle', type: 'batch', entry },
    });
    await small.close();

    expect(inner.json.entry[0].response.status).to.equal('400 Bad Request');
    expect(many.status).to.equal(400);
    expect(many.json.issue[0].diagnostics).to.include('LIMIT_ENTRIES');
  });

  it('is not what other Bundles ask for: they are refused at the base and kept at /Bundle', async () => {
    const collection = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: patient() }],
    };
    const atBase = await ask(server.base, { method: 'POST', body: collection });
    const asResource = await alone('POST', 'Bundle', collection);
    const aBatch = await alone('POST', 'Bundle', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [post(patient())],
    });

    expect(atBase.status).to.equal(400);
    expect([asResource.status, aBatch.status]).to.deep.equal([201, 201]);
  });

  it('gives no more in all its reads than a body may have', async () => {
    const small = await startServer({ limits: { bodyBytes: 20_000 } });
    const family = 'x'.repeat(8000);
    await ask(`${small.base}/Patient/big`, {
      ...{ method: 'PUT', body: patient({ id: 'big', name: [{ family }] }) },
    });
    const entry = Array.from({ length: 40 }, () => on('GET', 'Patient/big'));
    const [batch, transaction] = await Promise.all(
      ['batch', 'transaction'].map((type) =>
        ask(small.base, { method: 'POST', body: { resourceType: 'Bundle', type, entry } }),
      ),
    );
    await small.close();

    for (const { status, json } of [batch!, transaction!]) {
      const statuses = (json.entry as { response: { status: string } }[]).map(
        ({ response }) => response.status,
      );
      expect(status).to.equal(200);
      expect(statuses[0]).to.equal('200 OK');
      expect(statuses.filter((each) => each === '400 Bad Request').length).to.be.greaterThan(20);
    }
  });
});
