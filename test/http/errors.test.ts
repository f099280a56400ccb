// Bad input gets a 4xx OperationOutcome that says what is wrong, never a 5xx, and nothing is stored.
// https://hl7.org/fhir/R4/http.html

import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ask, type Question } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('http/errors', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ limits: { bodyBytes: 20_000, depth: 16, parameters: 20 } });
  });
  after(() => server.close());
  const json = { 'content-type': 'application/fhir+json' };
  const at = (path: string, question: Question = {}) => ask(`${server.base}/${path}`, question);
  const post = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = json) =>
    at('Patient', { method: 'POST', body, headers });
  const deep = `{"resourceType":"Patient","extension":${'[{"extension":'.repeat(20)}[]${'}]'.repeat(20)}}`;
  const patient = '{"resourceType":"Patient"}';

  const bodies: readonly (readonly [
    string,
    string | Uint8Array,
    Readonly<Record<string, string>>,
    number,
  ])[] = [
    ['half a body', '{"resourceType":"Pat', json, 400],
    ['a list', '[1]', json, 400],
    ['no resource type', '{"id":"1"}', json, 400],
    ['a type that does not exist', '{"resourceType":"Patiant"}', json, 400],
    ['deep nesting', deep, json, 400],
    [
      'a body over the limit',
      JSON.stringify({ resourceType: 'Patient', x: 'x'.repeat(30_000) }),
      json,
      413,
    ],
    [
      'a packed body over the limit',
      gzipSync(Buffer.alloc(100_000, 'x')),
      { ...json, 'content-encoding': 'gzip' },
      413,
    ],
    ['a packed body that is not packed', patient, { ...json, 'content-encoding': 'gzip' }, 400],
    ['an unknown encoding', patient, { ...json, 'content-encoding': 'zip' }, 415],
    [
      'XML',
      '<Patient xmlns="http://hl7.org/fhir"/>',
      { 'content-type': 'application/fhir+xml' },
      415,
    ],
    ['plain text', 'hello', { 'content-type': 'text/plain' }, 415],
    ['no content type', patient, {}, 415],
    [
      'another charset',
      patient,
      { 'content-type': 'application/fhir+json; charset=iso-8859-1' },
      415,
    ],
    [
      'another FHIR version',
      patient,
      { 'content-type': 'application/fhir+json; fhirVersion=3.0' },
      415,
    ],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), json, 400],
    ['a NUL', '{"resourceType":"Patient","language":"\\u0000"}', json, 400],
    ['half a surrogate pair', '{"resourceType":"Patient","language":"\\ud800"}', json, 400],
    ['__proto__', '{"resourceType":"Patient","__proto__":{"active":true}}', json, 422],
    ['an unknown element', '{"resourceType":"Patient","nickname":"x"}', json, 422],
    ['a resource type as a key of every object', '{"resourceType":"constructor"}', json, 400],
  ];
  for (const [what, body, headers, expected] of bodies)
    it(`answers ${String(expected)} to ${what}`, async () => {
      const { status, json: outcome } = await post(body, headers);

      expect(status).to.equal(expected);
      expect(outcome.resourceType).to.equal('OperationOutcome');
      expect(outcome.issue[0].diagnostics).to.be.a('string').with.length.above(10);
    });

  it('stored nothing of all that', async () => {
    expect((await at('Patient?_summary=count')).json.total).to.equal(0);
  });

  it('takes a packed body, a byte order mark and a charset in capitals', async () => {
    const packed = await post(gzipSync(patient), { ...json, 'content-encoding': 'gzip' });
    const marked = await post(`\ufeff${patient}`);
    const capitals = await post(patient, { 'content-type': 'application/fhir+json;charset=UTF-8' });

    expect([packed.status, marked.status, capitals.status]).to.deep.equal([201, 201, 201]);
  });

  it('names the limit of parameters', async () => {
    const { status, json: outcome } = await at(`Patient?${'_id=1&'.repeat(30)}`);

    expect(status).to.equal(400);
    expect(outcome.issue[0]).to.include({ code: 'too-costly' });
    expect(outcome.issue[0].diagnostics).to.contain('LIMIT_PARAMETERS');
  });

  it('answers 405 with what is possible', async () => {
    const { status, headers } = await at('Patient/1', { method: 'POST', body: {} });

    expect(status).to.equal(405);
    expect(headers['allow']).to.equal('GET, HEAD, PUT, PATCH, DELETE');
  });

  it('answers an OperationOutcome outside the FHIR base, too', async () => {
    const { status, json: outcome } = await ask(`${server.url}/nowhere`);

    expect(status).to.equal(404);
    expect(outcome.resourceType).to.equal('OperationOutcome');
  });

  it("gives every answer a request id, the client's own when it is sane", async () => {
    const own = await at('Patient/1', { headers: { 'x-request-id': 'abc-1' } });
    const evil = await at('Patient/1', { headers: { 'x-request-id': 'a b<script>' } });

    expect(own.headers['x-request-id']).to.equal('abc-1');
    expect(evil.headers['x-request-id']).to.match(/^[0-9a-f-]{36}$/);
  });

  it('answers what is not HTTP with an OperationOutcome', async () => {
    const { port } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('BLA /\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => {
        resolve(text);
      });
    });

    expect(answer).to.match(/^HTTP\/1.1 400 /);
    expect(answer).to.contain('OperationOutcome');
  });
});
