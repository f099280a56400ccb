// Uploads in several requests.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12

import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { expect } from 'chai';
import type { Caller } from '#src/access/caller.ts';
import { nobody, unrestricted } from '#src/access/permit.ts';
import { ask, type Answer, type Question } from '../support/ask.ts';
import { useMongo } from '../support/mongo.ts';
import { startServer, type TestServer } from '../support/server.ts';

type Headers = Readonly<Record<string, string>>;

describe('interactions/resumable', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ limits: { binaryBytes: 50_000 }, guard: bySender });
  });
  after(() => server.close());

  const at = (url: string, { headers, ...question }: Question = {}) =>
    ask(url, { ...question, headers: { from: 'a', ...headers } });
  const begin = (headers: Headers = {}, body: string | Uint8Array = '') =>
    at(`${server.base}/Binary`, {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'image/png', 'upload-complete': '?0', ...headers },
    });
  const newUpload = async (headers: Headers = {}): Promise<string> =>
    (await begin(headers)).headers.location!;
  const add = (url: string, offset: number, body: string | Uint8Array, headers: Headers = {}) =>
    at(url, {
      ...{ method: 'PATCH', body },
      headers: {
        ...{ 'content-type': 'application/partial-upload', 'upload-complete': '?0' },
        ...{ 'upload-offset': String(offset), ...headers },
      },
    });
  const finish = (url: string, offset: number, body: string | Uint8Array = '', headers = {}) =>
    add(url, offset, body, { 'upload-complete': '?1', ...headers });
  const state = (url: string, headers: Headers = {}) => at(url, { method: 'HEAD', headers });
  const read = async ({ headers }: Answer) =>
    at(headers.location!.replace(/\/_history.*/, ''), { headers: { accept: '*/*' } });
  const countBinaries = async () =>
    (await at(`${server.base}/Binary?_summary=count`)).json.total as number;

  it('makes one Binary of several requests, with the type said in the beginning', async () => {
    const bytes = randomBytes(9000);
    const begun = await begin({ 'upload-length': '9000' }, bytes.subarray(0, 1000));
    const url = begun.headers.location!;
    const more = await add(url, 1000, bytes.subarray(1000, 5000));
    const made = await finish(url, 5000, bytes.subarray(5000));

    expect(begun.status).to.equal(201);
    expect(begun.headers).to.include({ 'upload-complete': '?0', 'upload-offset': '1000' });
    expect(more.status).to.equal(204);
    expect(more.headers).to.include({ 'upload-complete': '?0', 'upload-offset': '5000' });
    expect(made.status, made.text).to.equal(201);
    expect(made.headers).to.include({ 'upload-complete': '?1', etag: 'W/"1"' });
    expect(made.json).to.include({ resourceType: 'Binary', contentType: 'image/png' });
    expect(made.text).not.to.contain('binary-bytes');
    const { bytes: there, headers } = await read(made);
    expect(headers['content-type']).to.equal('image/png');
    expect(there.equals(bytes)).to.equal(true);
  });

  it('shows nothing of it before it is whole', async () => {
    const before = await countBinaries();
    const url = await newUpload();
    await add(url, 0, 'half of it');

    expect(await countBinaries()).to.equal(before);
    await finish(url, 10, '.');
    expect(await countBinaries()).to.equal(before + 1);
  });

  it('tells how far it is, how long it may be and how long it lasts', async () => {
    const url = await newUpload({ 'upload-length': '20' });
    await add(url, 0, '0123456789');
    const { status, headers } = await state(url);

    expect(status).to.equal(204);
    expect(headers).to.include({
      ...{ 'upload-complete': '?0', 'upload-offset': '10', 'upload-length': '20' },
      'cache-control': 'no-store',
    });
    expect(headers['upload-limit']).to.match(/^max-size=50000, max-age=8[0-9]{4}$/);
  });

  it('takes an end without bytes', async () => {
    const url = await newUpload();
    await add(url, 0, 'all');
    const made = await finish(url, 3);

    expect((await read(made)).text).to.equal('all');
  });

  it('answers a wrong offset with 409 and the right one, and takes nothing of it', async () => {
    const url = await newUpload();
    await add(url, 0, '01234');
    const [behind, ahead] = [await add(url, 0, '01234'), await add(url, 9, 'x')];

    for (const { status, headers, json } of [behind, ahead]) {
      expect(status).to.equal(409);
      expect(headers['upload-offset']).to.equal('5');
      expect(json.issue[0].diagnostics).to.contain('Upload-Offset: 5');
    }
    expect((await read(await finish(url, 5, '!'))).text).to.equal('01234!');
  });

  it('lets one of several that add at once win, and mixes nothing', async () => {
    const url = await newUpload();
    const answers = await Promise.all(
      ['aaaa', 'bbbb', 'cccc', 'dddd'].map((text) => add(url, 0, text)),
    );
    const made = await finish(url, 4);

    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([204, 409, 409, 409]);
    expect((await read(made)).text).to.match(/^(aaaa|bbbb|cccc|dddd)$/);
  });

  it('keeps what came before the connection broke', async () => {
    const url = await newUpload();
    await cutOff(url, '0123456789');
    const offset = await settled(url);
    const made = await finish(url, offset, '0123456789abc'.slice(offset));

    expect(offset).to.be.greaterThan(0);
    expect((await read(made)).text).to.equal('0123456789abc');
  });

  it('tells who did not hear the last answer where the Binary is, and makes no second one', async () => {
    const before = await countBinaries();
    const url = await newUpload();
    const made = await finish(url, 0, 'all');
    const again = await finish(url, 3);
    const { headers } = await state(url);

    expect(headers).to.include({ 'upload-complete': '?1', 'upload-offset': '3' });
    expect(headers['content-location']).to.equal(made.headers.location);
    expect(again.status).to.equal(400);
    expect(again.headers['upload-complete']).to.equal('?1');
    expect(await countBinaries()).to.equal(before + 1);
  });

  it('makes one Binary when several finish at once', async () => {
    const before = await countBinaries();
    const url = await newUpload();
    await add(url, 0, 'all of it');
    const answers = await Promise.all([1, 2, 3, 4].map(() => finish(url, 9)));

    const made = answers.filter(({ status }) => status === 201);
    expect(made).not.to.have.length(0);
    expect(new Set(made.map(({ headers }) => headers.location)).size).to.equal(1);
    expect(await countBinaries()).to.equal(before + 1);
    expect((await read(made[0]!)).text).to.equal('all of it');
  });

  it('takes nothing more while the end is being made', async () => {
    const url = await newUpload();
    await add(url, 0, 'all of it');
    const { bytes } = server.context.store;
    const stage = bytes.stage.bind(bytes);
    let late: Answer | undefined;
    let staged = 0;
    bytes.stage = async (stream) => {
      // First the part that has no bytes, then the whole.
      if ((staged += 1) < 2) return stage(stream);
      bytes.stage = stage;
      late = await add(url, 9, ' and more');
      return stage(stream);
    };
    const made = await finishChunked(url, 9);

    expect(late?.status).to.equal(400);
    expect(made).to.equal(201);
    const { headers } = await state(url);
    expect((await at(headers['content-location']!.replace(/\/_history.*/, ''))).text).to.equal(
      'all of it',
    );
  });

  it('finishes what another try committed and did not live to say', async () => {
    const before = await countBinaries();
    const url = await newUpload();
    await add(url, 0, 'all');
    const { records } = server.context.store;
    const [id] = url.split('/').slice(-1);
    const kept = (await records.get('upload', id!)) as object;
    await finish(url, 3);
    // As if the process had ended between the two.
    await records.put('upload', id!, kept, new Date(Date.now() + 3_600_000));
    const again = await finish(url, 3);

    expect(again.status).to.equal(201);
    expect(await countBinaries()).to.equal(before + 1);
    expect((await read(again)).text).to.equal('all');
  });

  it('gives up an upload on DELETE', async () => {
    const url = await newUpload();
    await add(url, 0, 'x');

    expect((await at(url, { method: 'DELETE' })).status).to.equal(204);
    expect((await state(url)).status).to.equal(404);
    expect((await finish(url, 1)).status).to.equal(404);
  });

  it('keeps no parts of what is made or given up', async () => {
    const kept = watchStaged(server);
    const made = await newUpload();
    await add(made, 0, 'one');
    const whole = await finish(made, 3, 'two');
    const dropped = await newUpload();
    await add(dropped, 0, 'three');
    await at(dropped, { method: 'DELETE' });

    const there = await kept();
    expect(there).to.have.length(1);
    expect((await read(whole)).text).to.equal('onetwo');
  });

  it('is gone with its parts when they have been swept', async () => {
    const before = await countBinaries();
    const url = await newUpload();
    await add(url, 0, 'forgotten');
    await server.context.store.bytes.sweep(new Date(Date.now() + 60_000));
    const finished = await finish(url, 9);

    expect(finished.status).to.equal(404);
    expect(finished.json.issue[0].diagnostics).to.contain('Begin a new one');
    expect(await countBinaries()).to.equal(before);
  });

  for (const [who, headers] of Object.entries({
    'another client': { from: 'b' },
    'another user': { from: 'a', user: 'u2' },
    'another organization': { from: 'a', organization: 'Organization/2' },
  }))
    it(`looks to ${who} as if it were not there`, async () => {
      const url = await newUpload();
      await add(url, 0, 'x');
      const none = url.replace(/[^/]+$/, 'none');
      const shape = ({ status, json }: Answer) => ({
        status,
        text: String(json?.issue?.[0]?.diagnostics).replace(/'[^']*'/, "''"),
      });

      expect((await state(url, headers)).status).to.equal(404);
      expect(shape(await add(url, 1, 'y', headers))).to.deep.equal(
        shape(await add(none, 1, 'y', headers)),
      );
      expect((await at(url, { method: 'DELETE', headers })).status).to.equal(404);
      expect((await state(url)).headers['upload-offset']).to.equal('1');
    });

  it('refuses those who may create no Binary', async () => {
    const url = await newUpload();
    const begun = await begin({ from: 'nobody' });
    const added = await add(url, 0, 'x', { from: 'nobody' });

    expect([begun.status, added.status]).to.deep.equal([403, 403]);
  });

  it('refuses more than the limit, said in the beginning or found on the way', async () => {
    const said = await begin({ 'upload-length': '50001' });
    const url = await newUpload();
    await add(url, 0, randomBytes(30_000));
    const found = await add(url, 30_000, randomBytes(20_001));

    for (const { status, headers } of [said, found]) {
      expect(status).to.equal(413);
      expect(headers['upload-limit']).to.equal('max-size=50000');
    }
    expect((await state(url)).headers['upload-offset']).to.equal('30000');
  });

  it('refuses lengths that do not agree', async () => {
    const url = await newUpload({ 'upload-length': '5' });
    const longer = await add(url, 0, '123456');
    const other = await add(url, 0, '12', { 'upload-length': '6' });
    const shorter = await finish(url, 0, '1234');

    expect([longer.status, other.status, shorter.status]).to.deep.equal([400, 400, 400]);
    expect((await finish(url, 0, '12345')).status).to.equal(201);
  });

  it('makes nothing of what has not the digest it was said to have', async () => {
    const before = await countBinaries();
    const digest = createHash('sha256').update('right').digest('base64');
    const url = await newUpload({ 'repr-digest': `sha-256=:${digest}:` });
    const wrong = await finish(url, 0, 'wrong');
    const other = await newUpload({ 'repr-digest': `sha-256=:${digest}:` });
    const right = await finish(other, 0, 'right');

    expect(wrong.status).to.equal(400);
    expect(wrong.headers['upload-complete']).to.equal('?1');
    expect((await state(url)).status).to.equal(404);
    expect(right.status).to.equal(201);
    expect(await countBinaries()).to.equal(before + 1);
  });

  it('says at once what could not be stored in the end', async () => {
    const { status, json } = await begin({ 'content-type': 'text/plain;  two=blanks' });

    expect(status).to.equal(422);
    expect(json.issue[0].expression).to.deep.equal(['Binary.contentType']);
  });

  it('keeps who may see it, as said in the beginning', async () => {
    const url = await newUpload({ 'x-security-context': 'Patient/1' });
    const { json } = await finish(url, 0, 'x');

    expect(json.securityContext).to.deep.equal({ reference: 'Patient/1' });
  });

  const mistakes: readonly (readonly [string, number, string, Headers])[] = [
    ['no offset', 400, 'Upload-Offset', { 'upload-offset': '' }],
    ['an offset that is none', 400, 'number of bytes', { 'upload-offset': '-1' }],
    ['neither more nor the end', 400, '?0', { 'upload-complete': 'yes' }],
    ['another content type', 415, 'application/partial-upload', { 'content-type': 'image/png' }],
  ];
  for (const [mistake, status, words, headers] of mistakes)
    it(`refuses ${mistake} and says what to send`, async () => {
      const url = await newUpload();
      const answer = await add(url, 0, 'x', headers);

      expect(answer.status).to.equal(status);
      expect(answer.json.issue[0].diagnostics).to.contain(words);
    });

  it('does not take the beginning of a PUT for the whole', async () => {
    const headers = { 'content-type': 'image/png', 'upload-complete': '?0' };
    const put = await at(`${server.base}/Binary/p1`, { method: 'PUT', body: 'ha', headers });

    expect(put.status).to.equal(400);
    expect((await at(`${server.base}/Binary/p1`)).status).to.equal(404);
  });

  it('has the headers that protect every answer', async () => {
    const { headers } = await state(await newUpload());

    expect(headers).to.include({ 'x-content-type-options': 'nosniff' });
    expect(headers).to.include.keys('x-request-id', 'content-security-policy');
  });

  /** Does not say beforehand that nothing comes. */
  const finishChunked = (url: string, offset: number) =>
    new Promise<number>((resolve, reject) => {
      const headers = {
        ...{ from: 'a', 'content-type': 'application/partial-upload', 'upload-complete': '?1' },
        ...{ 'upload-offset': String(offset), 'transfer-encoding': 'chunked' },
      };
      const req = request(url, { method: 'PATCH', headers, agent: false }, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      });
      req.on('error', reject);
      req.end();
    });

  /** Sends half a request and hangs up when the server has seen it. */
  const cutOff = (url: string, text: string) =>
    new Promise<void>((resolve) => {
      const headers = {
        ...{ from: 'a', 'content-type': 'application/partial-upload' },
        ...{ 'upload-offset': '0', 'upload-complete': '?1', 'content-length': '13' },
      };
      const req = request(url, { method: 'PATCH', headers, agent: false });
      req.on('error', () => undefined);
      req.on('close', resolve);
      req.write(text, () => {
        setTimeout(() => req.destroy(), 200);
      });
    });

  /** The offset, once the server has put away what came. */
  const settled = async (url: string): Promise<number> => {
    for (;;) {
      const offset = Number((await state(url)).headers['upload-offset']);
      if (offset > 0) return offset;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
});

describe('interactions/resumable on two servers of one MongoDB', () => {
  it('goes on at the other server', async () => {
    const mongo = await useMongo();
    const env = { MONGODB_URL: mongo.freshUrl() };
    const [one, other] = [await startServer({ env }), await startServer({ env })];
    const start = { 'content-type': 'text/plain', 'upload-complete': '?0' };
    const { headers } = await ask(`${one.base}/Binary`, {
      method: 'POST',
      headers: start,
      body: 'on one, ',
    });
    const path = headers.location!.slice(one.base.length);
    const added = await ask(`${other.base}${path}`, {
      ...{ method: 'PATCH', body: 'and the other' },
      headers: {
        ...{ 'content-type': 'application/partial-upload', 'upload-complete': '?1' },
        'upload-offset': '8',
      },
    });
    const read = await ask(`${one.base}/Binary/${String(added.json.id)}`);
    await Promise.all([one.close(), other.close()]);
    await mongo.drop(env.MONGODB_URL);
    await mongo.release();

    expect(added.status).to.equal(201);
    expect(read.text).to.equal('on one, and the other');
  });
});

/** Everyone is who they say and may do everything, but for nobody. */
const bySender = ({ headers }: { readonly headers: Record<string, unknown> }) => {
  const { from = 'a', user, organization = 'Organization/1' } = headers as Record<string, string>;
  const caller: Caller = {
    ...{ client: from, role: 'system', organization, scopes: [], token: 'test' },
    ...(user === undefined ? {} : { user }),
  };
  return from === 'nobody' ? { ...nobody, caller } : { ...unrestricted, caller };
};

/** Ids staged from now on that are still there. */
const watchStaged = ({ context }: TestServer) => {
  const { bytes } = context.store;
  const stage = bytes.stage.bind(bytes);
  const ids: string[] = [];
  bytes.stage = async (stream) => {
    const staged = await stage(stream);
    ids.push(staged.id);
    return staged;
  };
  return async () => {
    bytes.stage = stage;
    const found = await Promise.all(ids.map((id) => bytes.describe(id)));
    return found.filter((each) => each !== undefined);
  };
};
