// The command npm run audit:verify: what it prints and how it ends, on the folder of a server that was stopped and on a copy.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { journalFolder, listFiles } from '#src/audit/files.ts';
import { backup } from '#src/store/sqlite/backup.ts';
import { ask } from '../support/ask.ts';
import { skip } from '../support/skip.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { as, namingGuard } from './support/callers.ts';

interface Ended {
  readonly code: number;
  readonly printed: string;
}

const command = join(import.meta.dirname, '../../src/audit-verify.ts');

const verify = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], (error, stdout, stderr) => {
      const code = error ? Number(error.code) : 0;
      resolve({ code, printed: stdout + stderr });
    });
  });

describe('the command audit:verify', function () {
  this.timeout(60_000);
  let dataDir = '';
  let server: TestServer | undefined;

  const copy = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'meridian-copy-'));
    await cp(dataDir, folder, { recursive: true });
    return folder;
  };
  const firstFile = async (folder: string): Promise<string> => {
    const [file] = await listFiles(journalFolder(folder));
    return join(journalFolder(folder), file!.name);
  };

  before(async function () {
    if (process.env['STORE'] === 'mongo')
      skip(
        this,
        'it is about data folders; test/store/mongo/audit-verify.test.ts is about MongoDB',
      );
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-verify-'));
    server = await startServer({ dataDir, guard: namingGuard });
    for (let n = 0; n < 20; n += 1) await ask(`${server.base}/Patient/p`, as('doctor'));
    await ask(`${server.base}/AuditEvent?_count=1`, as('doctor'));
  });
  after(async () => {
    await server?.close();
    if (dataDir !== '') await rm(dataDir, { recursive: true });
  });

  it('works while the server runs, and says what it cannot compare', async () => {
    const { code, printed } = await verify(dataDir);

    expect(printed).to.match(/A server holds the database[^]*The audit is sound/);
    expect(code).to.equal(0);
  });

  it('finds a backup sound that was made while the server was asked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meridian-backup-'));
    const asking = Promise.all(
      Array.from({ length: 100 }, () => ask(`${server!.base}/Patient/p`, as('doctor'))),
    );

    await backup(dataDir, folder);
    await asking;

    const { code, printed } = await verify(folder, '--events');
    expect(printed).to.match(/The audit is sound/);
    expect(code).to.equal(0);
    await rm(folder, { recursive: true });
  });

  it('finds the journal of a stopped server sound, with its signatures and AuditEvents', async () => {
    // A search waits for the rows before it; the row of the search itself may be left for the next start.
    await ask(`${server!.base}/AuditEvent?_count=1`, as('doctor'));
    await server!.close();
    server = undefined;

    const { code, printed } = await verify(dataDir, '--events');

    expect(printed).to.match(/Rows +122\n/);
    expect(printed).to.match(/Signatures +1; the last 0 rows are not signed yet/);
    expect(printed).to.match(/AuditEvents +12[12] compared/);
    expect(printed).to.match(/The audit is sound/);
    expect(code).to.equal(0);
  });

  it('works on the journal alone, with the key that was noted down', async () => {
    const folder = await copy();
    await rm(join(folder, 'meridian.db'));
    const key = /Key +(\S+)/.exec((await verify(dataDir)).printed)![1]!;

    const { code, printed } = await verify(folder, '--key', key);

    expect(printed).to.match(/no database here[^]*The audit is sound/);
    expect(code).to.equal(0);
    await rm(folder, { recursive: true });
  });

  it('ends with 1 and says where when a row was changed', async () => {
    const folder = await copy();
    const path = await firstFile(folder);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"u":"u-doctor"', '"u":"u-nobody"'));

    const { code, printed } = await verify(folder);

    expect(printed).to.match(/BROKEN: .*rows 1 to \d+ are not as they were written/);
    expect(code).to.equal(1);
    await rm(folder, { recursive: true });
  });

  it('ends with 1 when the whole journal was removed', async () => {
    const folder = await copy();
    await rm(journalFolder(folder), { recursive: true });

    const { code, printed } = await verify(folder);

    expect(printed).to.match(/BROKEN: Chain .* was signed up to row 122, and its end is missing/);
    expect(code).to.equal(1);
    await rm(folder, { recursive: true });
  });
});
