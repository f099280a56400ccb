// The quick way in front of Express and Express itself give the same answers, byte by byte and header by header.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { listen, type Listening } from '../../src/http/listen.ts';
import { ask, type Question } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('http, the quick way and Express', () => {
  let server: TestServer;
  let express: Listening;
  let slowBase: string;
  let dataDir: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-test-'));
    server = await startServer({ dataDir });
    express = await listen('127.0.0.1', 0);
    express.serve(server.application.app);
    slowBase = `http://127.0.0.1:${String(express.port)}/fhir`;
    for (const id of ['a', 'b', 'c'])
      await ask(`${server.base}/Patient/${id}`, {
        method: 'PUT',
        body: { resourceType: 'Patient', id, name: [{ family: 'É'.repeat(3000) }] },
      });
    await ask(`${server.base}/Binary/x`, {
      ...{ method: 'PUT', body: 'text', headers: { 'content-type': 'text/plain' } },
    });
  });
  after(async () => {
    await express.stop({ acceptMilliseconds: 0, graceSeconds: 1 });
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  // What differs from one request to the next however it is answered.
  const steady = (text: string) =>
    text.replace(/"id":"[0-9a-f-]{36}","meta":\{"lastUpdated":"[^"]+"\}/, '"id":"?"');
  const unpack = (bytes: Buffer, encoding: string | undefined) => {
    if (encoding === 'br') return brotliDecompressSync(bytes).toString();
    return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
  };
  const seen = async (base: string, path: string, question: Question) => {
    const headers = { 'x-request-id': 'same', ...question.headers };
    const answer = await ask(`${base}/${path}`, { ...question, headers });
    const packed = answer.headers['content-encoding'];
    // A packed length varies with what differs inside.
    const length = packed ? {} : { 'content-length': answer.headers['content-length'] };
    const stays = { ...answer.headers, 'content-length': '?', ...length, date: 'now' };
    const text = steady(unpack(answer.bytes, packed));
    return { status: answer.status, headers: stays, text };
  };

  const cases: readonly (readonly [string, Question])[] = [
    ['Patient/a', {}],
    ['Patient/a', { method: 'HEAD' }],
    ['Patient/a', { headers: { 'accept-encoding': 'gzip' } }],
    ['Patient', { headers: { 'accept-encoding': 'br, gzip' } }],
    ['Patient/a?_pretty=true&_elements=name', {}],
    ['Patient/a', { headers: { 'if-none-match': 'W/"1"' } }],
    ['Patient/a', { headers: { accept: 'application/json' } }],
    ['Patient/a', { headers: { accept: 'application/fhir+xml' } }],
    ['Patient/none', {}],
    ['Patiant/a', {}],
    ['Patient/%FF', {}],
    ['Patient/a/_history/1', {}],
    ['Patient', {}],
    ['Patient?_count=2&_sort=-_id', {}],
    ['Patient?unknown=1', {}],
    ['Patient/a/Observation', {}],
    ['', {}],
    ['metadata', {}],
    ['Binary/x', {}],
    ['Binary/x', { headers: { range: 'bytes=1-2' } }],
    ['Patient/a', { method: 'OPTIONS' }],
    ['Patient', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
  ];
  for (const [path, question] of cases)
    it(`${question.method ?? 'GET'} '${path}' ${JSON.stringify(question.headers ?? {})}`, async () => {
      const [quick, slow] = await Promise.all([
        seen(server.base, path, question),
        seen(slowBase, path, question),
      ]);

      expect(quick).to.deep.equal(slow);
    });
});
