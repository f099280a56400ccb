// Binary.
// https://hl7.org/fhir/R4/binary.html

import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { ask, type Question } from '../support/ask.ts';
import { startUnguarded } from '../support/child-server.ts';
import { skip } from '../support/skip.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('interactions/binary', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ limits: { binaryBytes: 60 * 1024 * 1024, bodyBytes: 200_000 } });
  });
  after(() => server.close());
  const at = (path: string, question: Question = {}) => ask(`${server.base}/${path}`, question);
  const upload = (bytes: Uint8Array | string, type = 'image/png', headers = {}) =>
    at('Binary', { method: 'POST', body: bytes, headers: { 'content-type': type, ...headers } });
  const asFhir = { accept: 'application/fhir+json' };

  it('keeps bytes with their content type and gives them back as they were', async () => {
    const bytes = randomBytes(10_000);
    const created = await upload(bytes);
    const read = await ask(created.headers['location']!.replace(/\/_history.*/, ''));

    expect(created.status).to.equal(201);
    expect(created.json).to.include({ resourceType: 'Binary', contentType: 'image/png' });
    expect(created.text).not.to.contain('binary-bytes');
    expect(read.status).to.equal(200);
    expect(read.headers).to.include({
      'content-type': 'image/png',
      'content-length': '10000',
      'accept-ranges': 'bytes',
      etag: 'W/"1"',
    });
    expect(read.bytes.equals(bytes)).to.equal(true);
  });

  it('lets nothing that was uploaded run here', async () => {
    const { json } = await upload('<script>alert(1)</script>', 'text/html');
    const { headers } = await at(`Binary/${json.id}`, { headers: { accept: 'text/html,*/*' } });

    expect(headers).to.include({
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).to.contain('sandbox');
  });

  it('gives a resource with its data to those who ask for FHIR', async () => {
    const { json } = await upload('hello', 'text/plain');
    const byAccept = await at(`Binary/${json.id}`, { headers: asFhir });
    const byFormat = await at(`Binary/${json.id}?_format=json`);

    for (const { json: binary, text } of [byAccept, byFormat]) {
      expect(binary).to.include({ contentType: 'text/plain', data: 'aGVsbG8=' });
      expect(text).not.to.contain('binary-bytes');
    }
  });

  it('refuses to make a resource of bytes that are too many for one', async () => {
    const { json } = await upload(randomBytes(200_000));

    expect((await at(`Binary/${json.id}`, { headers: asFhir })).status).to.equal(406);
    expect((await at(`Binary/${json.id}`)).bytes).to.have.length(200_000);
  });

  it('takes a Binary in FHIR JSON, and gives it back both ways', async () => {
    const body = { resourceType: 'Binary', contentType: 'text/plain', data: 'aGVsbG8=' };
    const { status, json } = await at('Binary', { method: 'POST', body });
    const raw = await at(`Binary/${json.id}`);
    const resource = await at(`Binary/${json.id}`, { headers: asFhir });

    expect(status).to.equal(201);
    expect(raw).to.include({ text: 'hello' });
    expect(raw.headers['content-type']).to.equal('text/plain');
    expect(resource.json).to.include(body);
  });

  it('takes the client id on PUT, makes versions, and keeps the old bytes', async () => {
    const put = (text: string) =>
      at('Binary/mine', { method: 'PUT', body: text, headers: { 'content-type': 'text/plain' } });
    const first = await put('one');
    const second = await put('two');
    const third = await put('three!');

    expect([first.status, second.status, third.status]).to.deep.equal([201, 200, 200]);
    expect((await at('Binary/mine')).text).to.equal('three!');
    expect((await at('Binary/mine/_history/1')).text).to.equal('one');
    expect((await at('Binary/mine/_history/2')).text).to.equal('two');
  });

  it('answers 304, 404 and 410 as other reads do', async () => {
    const { json } = await upload('x', 'text/plain');
    const path = `Binary/${json.id}`;

    expect((await at(path, { headers: { 'if-none-match': 'W/"1"' } })).status).to.equal(304);
    expect((await at('Binary/none')).status).to.equal(404);
    await at(path, { method: 'DELETE' });
    expect((await at(path)).status).to.equal(410);
  });

  it('answers HEAD with the size', async () => {
    const { json } = await upload('hello', 'text/plain');
    const { status, headers, text } = await at(`Binary/${json.id}`, { method: 'HEAD' });

    expect({ status, text, size: headers['content-length'] }).to.deep.equal({
      ...{ status: 200, text: '', size: '5' },
    });
  });

  for (const kind of ['bytes', 'resource'])
    it(`gives a range of ${kind}`, async () => {
      const body = { resourceType: 'Binary', contentType: 'text/plain', data: 'MDEyMzQ1Njc4OQ==' };
      const { json } =
        kind === 'bytes'
          ? await upload('0123456789', 'text/plain')
          : await at('Binary', { method: 'POST', body });
      const range = (text: string) => at(`Binary/${json.id}`, { headers: { range: text } });
      const [middle, end, beyond] = await Promise.all([
        ...[range('bytes=2-4'), range('bytes=-3'), range('bytes=10-')],
      ]);

      expect(middle).to.include({ status: 206, text: '234' });
      expect(middle!.headers['content-range']).to.equal('bytes 2-4/10');
      expect(end).to.include({ status: 206, text: '789' });
      expect(beyond!.status).to.equal(416);
      expect(beyond!.headers['content-range']).to.equal('bytes */10');
      expect(beyond!.json.issue[0].diagnostics).to.contain('10 bytes');
    });

  it('opens no file for HEAD', async function () {
    // Where the system tells what a process has open.
    if (!existsSync('/proc/self/fd'))
      skip(this, 'open files are counted in /proc, which is not here');
    const { json } = await upload('0123456789', 'text/plain');
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    for (let times = 0; times < 20; times += 1)
      await at(`Binary/${json.id}`, { method: 'HEAD', headers: { range: 'bytes=2-4' } });

    expect(descriptors()).to.be.lessThan(before + 10);
  });

  it('lets no client point at the bytes of others', async () => {
    const { json } = await upload('secret', 'text/plain');
    const history = await server.context.store.resources.read([{ type: 'Binary', id: json.id }]);
    const stored = JSON.parse(history[0]!.text) as object;
    const body = { ...stored, id: 'thief' };
    const stolen = await at('Binary/thief', { method: 'PUT', body });

    expect(JSON.stringify(stored)).to.contain('binary-bytes');
    expect(stolen.status).to.equal(400);
  });

  it('shows no mark in searches and histories', async () => {
    const { json } = await upload('x', 'text/plain');
    const search = await at(`Binary?_id=${json.id}`);
    const history = await at(`Binary/${json.id}/_history`);

    for (const { text, json: bundle } of [search, history]) {
      expect(text).not.to.contain('binary-bytes');
      expect(bundle.entry[0].resource.meta.tag[0].code).to.equal('SUBSETTED');
    }
  });

  it('takes who may see it from X-Security-Context', async () => {
    const { json } = await upload('x', 'text/plain', { 'x-security-context': 'Patient/1' });

    expect(json.securityContext).to.deep.equal({ reference: 'Patient/1' });
  });

  it('refuses more bytes than the limit, said or not said beforehand', async () => {
    const said = await upload('x', 'text/plain', {
      ...{ 'content-length': String(61 * 1024 * 1024), connection: 'close' },
    });
    const unsaid = await stream(62);

    expect(said.status).to.equal(413);
    expect(unsaid.status).to.equal(413);
  });

  it('streams 50 MB in and out without holding them', async function () {
    if (process.platform !== 'linux') skip(this, 'memory is read from /proc, which is not here');
    const dataDir = await mkdtemp(join(tmpdir(), 'meridian-test-'));
    const { base, end, anonymousMegabytes } = await startUnguarded(dataDir);
    // Buffers wait for the collector: what counts is that more bytes take no more memory.
    await digest(base, (await stream(60, base)).id);
    const before = await anonymousMegabytes();
    const { status, id, sha1 } = await stream(50, base);
    const got = await digest(base, id);
    const after = await anonymousMegabytes();
    await end('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });

    expect(status).to.equal(201);
    expect(got).to.equal(sha1);
    expect(after - before).to.be.below(20);
  });

  /** Uploads so many megabytes of a pattern without a content length. */
  const stream = async (megabytes: number, base = server.base) => {
    const hash = createHash('sha1');
    const megabyte = randomBytes(1024 * 1024);
    const chunks = function* () {
      for (let n = 0; n < megabytes * 16; n += 1) {
        const chunk = megabyte.subarray((n % 16) * 65_536, ((n % 16) + 1) * 65_536);
        hash.update(chunk);
        yield chunk;
      }
    };
    const answer = await new Promise<{ status: number; id: string }>((resolve, reject) => {
      const headers = { 'content-type': 'application/dicom', prefer: 'return=minimal' };
      const req = request(`${base}/Binary`, { method: 'POST', headers, agent: false }, (res) => {
        res.resume();
        const id = /Binary\/([^/]+)/.exec(res.headers.location ?? '')?.[1] ?? '';
        res.on('end', () => {
          resolve({ status: res.statusCode ?? 0, id });
        });
      });
      req.on('error', reject);
      pipeline(Readable.from(chunks()), req).catch(reject);
    });
    return { ...answer, sha1: hash.digest('hex') };
  };

  const digest = (base: string, id: string) =>
    new Promise<string>((resolve, reject) => {
      const hash = createHash('sha1');
      request(`${base}/Binary/${id}`, (res) => {
        res.on('data', (chunk: Buffer) => hash.update(chunk));
        res.on('end', () => {
          resolve(hash.digest('hex'));
        });
      })
        .on('error', reject)
        .end();
    });
});
