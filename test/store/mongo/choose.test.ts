// Which MongoDB the tests run against, with a mirror on this machine in place of the one that mongodb-memory-server asks.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { attemptDownload } from '#test/support/mongo-binary/attempt.ts';
import { chooseMongo } from '#test/support/mongo-binary/choose.ts';
import { remember } from '#test/support/mongo-binary/remembered.ts';

/** The archive of a mongod that can say its version and nothing else. */
const archiveOf = async (folder: string, script: string): Promise<Buffer> => {
  await mkdir(join(folder, 'mongodb/bin'), { recursive: true });
  await writeFile(join(folder, 'mongodb/bin/mongod'), script, { mode: 0o755 });
  execFileSync('tar', ['-czf', join(folder, 'archive.tgz'), '-C', folder, 'mongodb']);
  return readFile(join(folder, 'archive.tgz'));
};

describe('the MongoDB that tests choose', function () {
  this.timeout(120_000);
  let folder: string;
  let mirror: Server;
  let asked: string[];
  let answer: RequestListener;
  let env: Record<string, string | undefined>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-mirror-'));
    asked = [];
    mirror = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(mirror, 'listening');
    env = {
      ...{
        PATH: process.env['PATH'],
        HOME: folder,
        MONGOMS_DOWNLOAD_DIR: join(folder, 'binaries'),
      },
      MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${String((mirror.address() as AddressInfo).port)}`,
      MONGOMS_USE_HTTP: 'true',
      ...{ MONGOMS_PLATFORM: 'linux', MONGOMS_ARCH: 'x64', MONGOMS_DISTRO: 'ubuntu-22.04' },
    };
  });
  afterEach(async () => {
    mirror.closeAllConnections();
    mirror.close();
    await rm(folder, { recursive: true });
  });

  const gives =
    (archive: Buffer): RequestListener =>
    ({ url = '' }, response) => {
      const sum = Buffer.from(createHash('md5').update(archive).digest('hex'));
      const body = url.endsWith('.md5') ? sum : archive;
      response.setHeader('content-length', body.length).end(body);
    };
  const chosen = () => chooseMongo(env);
  const whyOf = (choice: ReturnType<typeof chooseMongo>): string =>
    choice.kind === 'stand-in' ? choice.why : `it is ${choice.kind}`;

  it('is the one MONGODB_TEST_URL names, whatever else there is', async () => {
    env = { ...env, MONGODB_TEST_URL: 'mongodb://db:27017', MONGOMS_SYSTEM_BINARY: '/bin/mongod' };

    expect(await attemptDownload(env)).to.equal(undefined);
    expect(chosen()).to.deep.equal({ kind: 'url', url: 'mongodb://db:27017' });
    expect(asked).to.deep.equal([]);
  });

  it('is the binary MONGOMS_SYSTEM_BINARY names, before any download', async () => {
    env = { ...env, MONGOMS_SYSTEM_BINARY: '/bin/mongod' };

    expect(await attemptDownload(env)).to.equal(undefined);
    expect(chosen()).to.deep.equal({ kind: 'binary', binary: '/bin/mongod' });
    expect(asked).to.deep.equal([]);
  });

  it('is what the mirror gives, downloaded once', async () => {
    answer = gives(await archiveOf(folder, '#!/bin/sh\necho "db version v8.2.6"\n'));

    const first = await attemptDownload(env);
    const second = await attemptDownload(env);

    expect(first)
      .to.have.property('binary')
      .that.matches(/binaries\/mongod-x64-/);
    expect(second).to.deep.equal(first);
    expect(chosen()).to.deep.equal({ kind: 'binary', ...first });
    expect(asked).to.have.length(2);
    expect(asked[0]).to.match(/^\/linux\/mongodb-linux-x86_64-ubuntu2204-[\d.]+\.tgz$/);
    expect(asked[1]).to.equal(`${asked[0]!}.md5`);
  });

  it('is the stand-in when what the mirror gives does not run', async () => {
    answer = gives(
      await archiveOf(folder, '#!/bin/sh\necho "libcurl.so.4: cannot open" >&2; exit 127\n'),
    );

    await attemptDownload(env);

    expect(whyOf(chosen())).to.match(/^no mongod could be downloaded: Command failed/);
  });

  it('is the stand-in when the mirror refuses, and the mirror is not asked again the same day', async () => {
    answer = (_, response) => response.writeHead(403).end();

    await attemptDownload(env);
    await attemptDownload(env);

    expect(whyOf(chosen())).to.match(/^no mongod could be downloaded: .*403/);
    expect(asked).to.have.length(1);
  });

  it('asks again another day, and when the binary is gone', async () => {
    answer = gives(await archiveOf(folder, '#!/bin/sh\necho "db version v8.2.6"\n'));
    await remember(env, { why: 'of yesterday', at: Date.now() - 25 * 60 * 60 * 1000 });

    const attempt = await attemptDownload(env);
    const { binary } = chosen() as { readonly binary: string };
    await rm(binary);

    expect(attempt).to.have.property('binary');
    expect(chosen().kind).to.equal('stand-in');
    expect(await attemptDownload(env)).to.deep.equal(attempt);
    expect(asked).to.have.length(4);
  });

  it('is the stand-in when what arrives is not what the mirror has', async () => {
    const archive = await archiveOf(folder, '#!/bin/sh\necho "db version v8.2.6"\n');
    answer = (request, response) =>
      request.url?.endsWith('.md5')
        ? response.setHeader('content-length', 32).end('0'.repeat(32))
        : gives(archive)(request, response);

    await attemptDownload(env);

    expect(whyOf(chosen())).to.match(/^no mongod could be downloaded: MD5/);
  });

  it('gives up a mirror that does not answer', async () => {
    answer = () => undefined;

    await attemptDownload(env, { answerSeconds: 0.2, downloadSeconds: 100 });

    expect(whyOf(chosen())).to.equal('no mongod could be downloaded: nobody answers');
  });

  it('gives up a download that does not end', async () => {
    answer = (_, response) => {
      response.setHeader('content-length', 1_000_000).write('the first bytes');
    };

    await attemptDownload(env, { answerSeconds: 100, downloadSeconds: 2 });

    expect(whyOf(chosen())).to.equal('no mongod could be downloaded: it takes too long');
  });

  it('downloads nothing when MONGOMS_RUNTIME_DOWNLOAD says so, and remembers nothing of it', async () => {
    const told = { ...env, MONGOMS_RUNTIME_DOWNLOAD: 'false' };

    expect(await attemptDownload(told)).to.equal(undefined);
    expect(whyOf(chooseMongo(told))).to.match(/^MONGOMS_RUNTIME_DOWNLOAD/);
    expect(whyOf(chosen())).to.match(/has been tried yet/);
    expect(asked).to.deep.equal([]);
  });

  it('is the stand-in where the folder of downloads cannot be made', async () => {
    await writeFile(join(folder, 'binaries'), 'a file in the way');
    answer = (_, response) => response.writeHead(403).end();

    expect(await attemptDownload(env)).to.have.property('why');
    expect(chosen().kind).to.equal('stand-in');
  });
});
