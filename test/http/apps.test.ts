// Apps: the built files of our own apps, in the smallest form the browser takes, and nothing that lies beside them.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import request from 'supertest';
import { startServer, type TestServer } from '#test/support/server.ts';

const page =
  '<!doctype html><title>Portal</title><script src="/apps/portal/assets/a-1.js"></script>';
const script = 'console.log("portal");'.repeat(50);

describe('http/apps', () => {
  let server: TestServer;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-apps-'));
    await build('index.html', page);
    await build('assets/a-1.js', script);
    await build('sw.js', 'self.skipWaiting();');
    await build('manifest.webmanifest', '{}');
    await writeFile(join(folder, 'portal/dist/assets/photo.png'), 'no real one');
    await writeFile(join(folder, 'portal/package.json'), '{"secret":true}');
    await writeFile(join(folder, 'portal/dist/.hidden'), 'hidden');
    server = await startServer({ env: { APPS_DIR: folder } });
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A file with the forms that are made of it beforehand. */
  const build = async (name: string, text: string): Promise<void> => {
    const path = join(folder, 'portal/dist', name);
    await mkdir(dirname(path), { recursive: true });
    await Promise.all([
      writeFile(path, text),
      writeFile(`${path}.gz`, gzipSync(text)),
      writeFile(`${path}.br`, brotliCompressSync(text)),
    ]);
  };
  const get = (path: string, encoding = 'identity') =>
    request(server.url).get(path).set('accept-encoding', encoding);

  it('serves the page of an app, which a browser asks for again by its ETag', async () => {
    const { status, text, headers } = await get('/apps/portal/');

    expect([status, text]).to.deep.equal([200, page]);
    expect(headers['content-type']).to.equal('text/html; charset=utf-8');
    expect(headers['cache-control']).to.equal('no-cache');
    const again = await get('/apps/portal/').set('if-none-match', headers['etag']!);
    expect(again.status).to.equal(304);
  });

  it('leads from another name of this machine to the one that sign-in knows', async () => {
    const { port } = new URL(server.url);
    const asked = (host: string, path: string) => get(path).set('host', `${host}:${port}`);

    const { status, headers } = await asked('localhost', '/apps/portal/record?kind=x');
    expect([status, headers['location']]).to.deep.equal([
      307,
      `${server.url}/apps/portal/record?kind=x`,
    ]);
    expect((await asked('localhost', '/')).status).to.equal(307);
    // What a proxy calls it is not ours to mend, and nobody is sent elsewhere by an address.
    expect((await asked('records.example.org', '/apps/portal/')).status).to.equal(200);
    const { headers: other } = await asked('localhost', '//evil.example/apps/portal/');
    expect(other['location'] ?? server.url).to.match(new RegExp(`^${server.url}`));
  });

  it('gives the page for every address inside the app, and what the address asks besides', async () => {
    for (const path of ['records', 'records/Observation/1', 'launch?iss=x&launch=y', '?code=z'])
      expect((await get(`/apps/portal/${path}`)).text, path).to.equal(page);
  });

  it('gives the page for the address of a resource whose id has dots in it', async () => {
    expect((await get('/apps/portal/record/Observation/a.b.1')).text).to.contain('Portal');
  });

  it('leads to the slash at the end, and keeps what was asked', async () => {
    const { status, headers } = await get('/apps/portal?code=1');

    expect([status, headers['location']]).to.deep.equal([308, '/apps/portal/?code=1']);
  });

  for (const [accepts, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
    ['zstd', undefined],
  ] as const)
    it(`gives ${encoding ?? 'the plain file'} to who accepts ${accepts}`, async () => {
      const { status, text, headers } = await get('/apps/portal/assets/a-1.js', accepts);

      expect([status, text]).to.deep.equal([200, script]);
      expect(headers['content-encoding']).to.equal(encoding);
      expect(headers['content-type']).to.match(/^text\/javascript/);
      expect(headers['vary']).to.contain('Accept-Encoding');
    });

  it('gives the plain file where no other was made', async () => {
    const { status, headers } = await get('/apps/portal/assets/photo.png', 'br, gzip');

    expect(status).to.equal(200);
    expect(headers['content-type']).to.equal('image/png');
    expect(headers).not.to.have.property('content-encoding');
  });

  it('lets files be kept whose names change with their content, and no others', async () => {
    const kept = async (path: string) =>
      (await get(`/apps/portal/${path}`)).headers['cache-control'];

    expect(await kept('assets/a-1.js')).to.equal('public, max-age=31536000, immutable');
    for (const path of ['', 'index.html', 'sw.js', 'manifest.webmanifest'])
      expect(await kept(path), path).to.equal('no-cache');
  });

  it('names the types that a browser insists on', async () => {
    const type = async (path: string) =>
      (await get(`/apps/portal/${path}`)).headers['content-type'];

    expect(await type('sw.js')).to.match(/^text\/javascript/);
    expect(await type('manifest.webmanifest')).to.match(/^application\/manifest\+json/);
  });

  it('answers HEAD as GET, without the bytes', async () => {
    const { status, headers, text } = await request(server.url).head('/apps/portal/');

    expect(status).to.equal(200);
    expect(text).to.not.be.ok;
    expect(headers['etag']).to.be.a('string');
  });

  it('answers 404 for a file that is not there, never the page in its place', async () => {
    for (const path of ['assets/old.js', 'assets', 'assets/', 'logo.svg', 'assets/none']) {
      const { status, text } = await get(`/apps/portal/${path}`);
      expect([path, status, text.includes('Portal')]).to.deep.equal([path, 404, false]);
    }
  });

  it('gives nothing that lies outside of what was built', async () => {
    const paths = [
      ...[
        '..%2fpackage.json',
        '%2e%2e%2fpackage.json',
        '..%5cpackage.json',
        'assets/..%2f..%2fpackage.json',
      ],
      ...['.hidden', '%00index.html', '..%2f..%2f..%2f..%2f..%2fetc%2fpasswd.txt', '%E0%A4%A'],
    ];
    for (const path of paths) {
      const { status, text } = await get(`/apps/portal/${path}`);
      expect(status, path).to.be.within(400, 404);
      expect(text, path).not.to.contain('secret');
      expect(text, path).not.to.contain('hidden"');
    }
  });

  it('lets its pages load our own files only, and be framed by nobody else', async () => {
    const { headers } = await get('/apps/portal/');
    const policy = new Map(
      headers['content-security-policy']!.split('; ').map((each) => {
        const [name = '', ...sources] = each.split(' ');
        return [name, sources.join(' ')];
      }),
    );

    expect(Object.fromEntries(policy)).to.include({
      'default-src': "'none'",
      'script-src': "'self'",
      'frame-src': "'self' blob:",
      'frame-ancestors': "'self'",
      'base-uri': "'none'",
    });
    expect(policy.get('connect-src')).to.contain(server.url);
    expect(headers['permissions-policy'])
      .to.contain('camera=(self)')
      .and.contain('microphone=(self)');
    expect(headers['x-content-type-options']).to.equal('nosniff');
  });

  it('says how an app is built that was not', async () => {
    const { status, text, headers } = await get('/apps/desk/');

    expect(status).to.equal(404);
    expect(text).to.contain('npm run build');
    expect(headers['content-type']).to.contain('text/html');
  });

  it('serves an app as soon as it is built, and what was built anew', async () => {
    await mkdir(join(folder, 'clinician/dist'), { recursive: true });
    await writeFile(join(folder, 'clinician/dist/index.html'), 'first');
    const first = await get('/apps/clinician/');
    await writeFile(join(folder, 'clinician/dist/index.html'), 'second');
    const second = await get('/apps/clinician/');

    expect([first.text, second.text]).to.deep.equal(['first', 'second']);
  });

  it('lets the app with the gallery frame registered apps, also one on this machine', async () => {
    await server.application.administer({
      command: 'create-client',
      parameters: Object.entries({
        ...{ name: 'App', kind: 'public', scope: 'launch openid' },
        'redirect-uri': 'http://localhost:9111/back',
      }),
    });
    await mkdir(join(folder, 'clinician/dist'), { recursive: true });
    await writeFile(join(folder, 'clinician/dist/index.html'), 'gallery');
    const framed = async (): Promise<string> => {
      const { headers } = await get('/apps/clinician/');
      return /frame-src ([^;]*)/.exec(headers['content-security-policy']!)?.[1] ?? '';
    };
    // What is known of the clients is a second old at most.
    for (let tries = 0; tries < 100 && !(await framed()).includes('9111'); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));

    expect((await framed()).split(' ')).to.include.members(['https:', 'http://localhost:9111']);
  });

  it('lists the apps on the first page, for anybody', async () => {
    for (const path of ['/', '/apps', '/apps/']) {
      const { status, text } = await get(path);
      expect(status, path).to.equal(200);
      for (const name of ['portal', 'clinician', 'desk'])
        expect(text, path).to.contain(`href="/apps/${name}/"`);
    }
  });

  it('has no other apps', async () => {
    for (const path of ['/apps/ui/', '/apps/nothing', '/apps/__proto__/', '/apps//evil.example/'])
      expect((await get(path)).status, path).to.equal(404);
  });
});
