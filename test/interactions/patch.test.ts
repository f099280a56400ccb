// Patch over HTTP: JSON Patch, FHIRPath Patch, conditions, and what no patch may do.
// https://hl7.org/fhir/R4/http.html#patch

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const operation = (type: string, path: string, ...parts: object[]) => ({
  name: 'operation',
  part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...parts],
});
const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });

describe('interactions/patch', () => {
  let server: TestServer;
  let made = 0;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const store = async (more: object = {}): Promise<string> => {
    const path = `Patient/patch-${String((made += 1))}`;
    const body = { resourceType: 'Patient', id: path.slice(8), ...more };
    await ask(`${server.base}/${path}`, { method: 'PUT', body });
    return path;
  };
  const patchJson = (path: string, operations: unknown, headers = {}) =>
    ask(`${server.base}/${path}`, {
      method: 'PATCH',
      body: typeof operations === 'string' ? operations : JSON.stringify(operations),
      headers: { 'content-type': 'application/json-patch+json', ...headers },
    });
  const patch = (path: string, body: object, headers = {}) =>
    ask(`${server.base}/${path}`, { method: 'PATCH', body, headers });

  it('applies a JSON Patch as a new version', async () => {
    const path = await store();
    const { status, headers, json } = await patchJson(path, [
      { op: 'add', path: '/active', value: true },
    ]);

    expect(status).to.equal(200);
    expect(headers['etag']).to.equal('W/"2"');
    expect(json.active).to.equal(true);
    expect(json.meta.versionId).to.equal('2');
  });

  it('applies a FHIRPath Patch as a new version', async () => {
    const path = await store({ gender: 'male' });
    const value = { name: 'value', valueCode: 'female' };
    const { status, json } = await patch(
      path,
      parameters(operation('replace', 'Patient.gender', value)),
    );

    expect(status).to.equal(200);
    expect(json.gender).to.equal('female');
  });

  it('keeps the digits of decimals, those it touches and those it does not', async () => {
    const body =
      '{"resourceType":"Observation","id":"digits","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.10}}';
    await ask(`${server.base}/Observation/digits`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/fhir+json' },
    });
    const { text } = await patchJson(
      'Observation/digits',
      '[{"op":"add","path":"/component","value":[{"code":{"text":"y"},"valueQuantity":{"value":2.00}}]}]',
    );

    expect(text).to.include('"value":1.10}').and.to.include('"value":2.00}');
  });

  it('answers as the client prefers', async () => {
    const path = await store();
    const minimal = await patchJson(path, [], { prefer: 'return=minimal' });
    const outcome = await patchJson(path, [], { prefer: 'return=OperationOutcome' });

    expect(minimal.text).to.equal('');
    expect(outcome.json.resourceType).to.equal('OperationOutcome');
  });

  it('holds to If-Match', async () => {
    const path = await store();
    const right = await patchJson(path, [{ op: 'add', path: '/active', value: true }], {
      'if-match': 'W/"1"',
    });
    const wrong = await patchJson(path, [{ op: 'add', path: '/active', value: false }], {
      'if-match': 'W/"1"',
    });

    expect([right.status, wrong.status]).to.deep.equal([200, 412]);
    expect((await ask(`${server.base}/${path}`)).json.active).to.equal(true);
  });

  it('loses no patch when sixteen come at once', async () => {
    const path = await store();
    const operations = (place: number) => [
      { op: 'add', path: '/identifier/-', value: { value: String(place) } },
    ];
    await patchJson(path, [{ op: 'add', path: '/identifier', value: [{ value: 'first' }] }]);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, place) => patchJson(path, operations(place))),
    );

    expect(answers.map(({ status }) => status)).to.deep.equal(Array(16).fill(200));
    expect((await ask(`${server.base}/${path}`)).json.identifier).to.have.length(17);
  });

  it('finds its resource by criteria: 404 for none, 412 for several', async () => {
    const path = await store({ identifier: [{ system: 'http://example.org/p', value: 'one' }] });
    await store({ identifier: [{ system: 'http://example.org/p', value: 'two' }] });
    await store({ identifier: [{ system: 'http://example.org/p', value: 'two' }] });
    const by = (value: string) =>
      patchJson(`Patient?identifier=http://example.org/p|${value}`, [
        { op: 'add', path: '/active', value: true },
      ]);
    const [none, one, two] = [await by('none'), await by('one'), await by('two')];

    expect([none.status, one.status, two.status]).to.deep.equal([404, 200, 412]);
    expect(one.json.id).to.equal(path.slice(8));
  });

  it('answers 404 and 410 for what is not there any more or never was', async () => {
    const path = await store();
    await ask(`${server.base}/${path}`, { method: 'DELETE' });

    expect((await patchJson('Patient/never-there', [])).status).to.equal(404);
    expect((await patchJson(path, [])).status).to.equal(410);
  });

  const forbidden: readonly (readonly [string, object[]])[] = [
    ['the id', [{ op: 'replace', path: '/id', value: 'other' }]],
    ['the type', [{ op: 'replace', path: '/resourceType', value: 'Group' }]],
    ['the version', [{ op: 'replace', path: '/meta/versionId', value: '9' }]],
    ['the time', [{ op: 'replace', path: '/meta/lastUpdated', value: '2000-01-01T00:00:00Z' }]],
    ['everything', [{ op: 'replace', path: '', value: 7 }]],
  ];
  for (const [title, operations] of forbidden)
    it(`changes nothing when it would change ${title}`, async () => {
      const path = await store();
      const { status } = await patchJson(path, operations);

      expect(status).to.equal(422);
      expect((await ask(`${server.base}/${path}`)).headers['etag']).to.equal('W/"1"');
    });

  it('may leave out the meta, which the server writes', async () => {
    const path = await store();
    const { json } = await patchJson(path, [
      { op: 'replace', path: '/meta', value: { tag: [{ code: 'x' }] } },
    ]);

    expect(json.meta).to.deep.include({ versionId: '2', tag: [{ code: 'x' }] });
  });

  it('refuses with 422 what is not valid afterwards', async () => {
    const path = await store();
    const wrong = await patchJson(path, [{ op: 'add', path: '/gender', value: 'x' }]);
    const unknown = await patchJson(path, [{ op: 'add', path: '/colour', value: 'x' }]);

    expect([wrong.status, unknown.status]).to.deep.equal([422, 422]);
    expect(wrong.json.issue[0].expression).to.deep.equal(['Patient.gender']);
  });

  it('refuses a body that is no patch', async () => {
    const path = await store();
    const resource = await patch(path, { resourceType: 'Patient', id: path.slice(8) });
    const xml = await ask(`${server.base}/${path}`, {
      method: 'PATCH',
      body: '<diff/>',
      headers: { 'content-type': 'application/xml-patch+xml' },
    });
    const empty = await ask(`${server.base}/${path}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json-patch+json' },
    });
    const unnamed = await patch(path, { resourceType: { toString: 'x' }, parameter: [] });

    expect([resource.status, xml.status, empty.status, unnamed.status]).to.deep.equal([
      ...[415, 415, 400, 400],
    ]);
  });

  it('refuses to patch a Binary', async () => {
    const { json } = await ask(`${server.base}/Binary`, {
      method: 'POST',
      body: 'x',
      headers: {
        'content-type': 'text/plain',
        prefer: 'return=representation',
        accept: 'application/fhir+json',
      },
    });

    expect((await patchJson(`Binary/${String(json.id)}`, [])).status).to.equal(405);
  });
});
