// Files larger than what a process may hold: they pass through, in several requests too, and a server that dies loses nothing.

import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startUnguarded, type ChildServer } from '../support/child-server.ts';
import { useMongo } from '../support/mongo.ts';
import { skip } from '../support/skip.ts';

const isLong = process.env['LONG'] === '1';
const megabyte = 1024 * 1024;
/** A gigabyte in the long run. */
const large = (isLong ? 1024 : 96) * megabyte;
const small = 8 * megabyte;
/** What the collector may leave lying about, in megabytes; whoever holds the file holds more. */
const slackFor = (size: number): number => Math.min(150, (0.75 * (size - small)) / megabyte);

const engines: Readonly<Record<string, () => Promise<Database>>> = {
  SQLite: () => Promise.resolve({ env: {}, size: large, close: () => Promise.resolve() }),
  MongoDB: async () => {
    const mongo = await useMongo();
    const url = mongo.freshUrl();
    const close = async (): Promise<void> => {
      await mongo.drop(url);
      await mongo.release();
    };
    // The stand-in holds in memory what a database has on its disk.
    return {
      env: { MONGODB_URL: url },
      size: mongo.kind === 'real' ? large : 160 * megabyte,
      close,
    };
  },
};

interface Database {
  readonly env: Readonly<Record<string, string>>;
  readonly size: number;
  readonly close: () => Promise<void>;
}

for (const [name, open] of Object.entries(engines))
  describe(`large files on ${name}`, function () {
    this.timeout(isLong ? 1_800_000 : 180_000);
    let dataDir: string;
    let database: Database;
    let server: ChildServer;
    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'meridian-large-'));
      database = await open();
      server = await startUnguarded(dataDir, database.env);
    });
    after(async () => {
      await server.end('SIGKILL');
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    it('go in by parts and out again with flat memory', async function () {
      if (!existsSync('/proc/self/status'))
        skip(this, 'memory is read from /proc, which is not here');
      const { size } = database;
      const inAndOut = async (bytes: number) => {
        const url = await begin(server.base);
        const { location, sha256 } = await append(url, { first: 0, size: bytes });
        const { sha256: read } = await download(location);
        expect(read).to.equal(sha256);
      };
      const before = await highest(server, async () => {
        for (let times = 0; times < 4; times += 1) await inAndOut(small);
      });
      const during = await highest(server, () => inAndOut(size));

      console.log(
        `      ${String(size / megabyte)} MB: at most ${during.toFixed(0)} MB held, ${before.toFixed(0)} MB with ${String(small / megabyte)} MB`,
      );
      expect(during - before).to.be.below(slackFor(size));
    });

    it('go on after the server was killed in the middle, and nothing is left of what was cut off', async () => {
      const size = 24 * megabyte;
      const url = await begin(server.base);
      const sending = append(url, { first: 0, size, pauseAt: 20 * megabyte }).catch(
        () => undefined,
      );
      await reached(url, 16 * megabyte);
      await server.end('SIGKILL');
      await sending;
      server = await startUnguarded(dataDir, database.env);
      const again = `${server.base}/${url.slice(url.indexOf('Binary/'))}`;
      const { headers } = await ask(again, { method: 'HEAD' });
      const first = Number(headers['upload-offset']);
      const { location } = await append(again, { first, size });
      const { sha256 } = await download(location.replace(/^https?:\/\/[^/]+/, server.url));

      expect(first).to.be.at.least(16 * megabyte);
      expect(sha256).to.equal(digestOf(size));
      if (name === 'SQLite') expect(await filesLeft(dataDir)).to.equal(await binaries(server.base));
    });
  });

const blockBytes = 64 * 1024;

/** The same bytes at the same place each time, and no two blocks alike. */
function* pattern(first: number, size: number): Generator<Buffer> {
  const block = Buffer.alloc(blockBytes);
  for (let at = first - (first % blockBytes); at < size; at += blockBytes) {
    for (let place = 0; place < blockBytes; place += 8) block.writeDoubleLE(at + place, place);
    yield Buffer.from(block.subarray(Math.max(0, first - at), Math.min(blockBytes, size - at)));
  }
}
const digestOf = (size: number): string => {
  const hash = createHash('sha256');
  for (const chunk of pattern(0, size)) hash.update(chunk);
  return hash.digest('hex');
};

const begin = async (base: string): Promise<string> => {
  const headers = { 'content-type': 'application/dicom', 'upload-complete': '?0' };
  return (await ask(`${base}/Binary`, { method: 'POST', headers, body: '' })).headers.location!;
};

interface Sending {
  readonly first: number;
  readonly size: number;
  /** Where it stops until the connection is gone. */
  readonly pauseAt?: number;
}

/** All that is missing, in one request. */
const append = async (url: string, { first, size, pauseAt }: Sending) => {
  const hash = createHash('sha256');
  const chunks = async function* () {
    let at = first;
    for (const chunk of pattern(first, size)) {
      if (pauseAt !== undefined && at >= pauseAt) await new Promise(() => undefined);
      at += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  };
  const location = await new Promise<string>((resolve, reject) => {
    const headers = {
      ...{ 'content-type': 'application/partial-upload', 'upload-complete': '?1' },
      ...{ 'upload-offset': String(first), prefer: 'return=minimal' },
    };
    const req = request(url, { method: 'PATCH', headers, agent: false }, (res) => {
      res.resume();
      if (res.statusCode === 201) resolve(res.headers.location!);
      else reject(new Error(`The server answered ${String(res.statusCode)}.`));
    });
    req.on('error', reject);
    pipeline(Readable.from(chunks()), req).catch(reject);
  });
  return { location, sha256: hash.digest('hex') };
};

const download = (location: string) =>
  new Promise<{ readonly sha256: string }>((resolve, reject) => {
    const hash: Hash = createHash('sha256');
    request(location, (res) => {
      res.on('data', (chunk: Buffer) => hash.update(chunk));
      res.on('end', () => {
        resolve({ sha256: hash.digest('hex') });
      });
    })
      .on('error', reject)
      .end();
  });

/** Megabytes the server held for itself at most while the work was done. */
const highest = async (server: ChildServer, work: () => Promise<void>): Promise<number> => {
  let most = 0;
  const look = setInterval(() => {
    void server.anonymousMegabytes().then((held) => {
      most = Math.max(most, held);
    });
  }, 20);
  await work().finally(() => {
    clearInterval(look);
  });
  return most;
};

const reached = async (url: string, offset: number): Promise<void> => {
  for (;;) {
    const { headers } = await ask(url, { method: 'HEAD' });
    if (Number(headers['upload-offset']) >= offset) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const filesLeft = async (dataDir: string): Promise<number> => {
  const entries = await readdir(join(dataDir, 'bytes'), { recursive: true, withFileTypes: true });
  // What was being written when the server died is swept with everything that nobody finishes.
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('incoming')).length;
};

const binaries = async (base: string): Promise<number> =>
  (await ask(`${base}/Binary?_summary=count`)).json.total as number;
