// npm run audit:verify where the data is in MongoDB: the journal in the data folder against what the database remembers of it.

import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { journalFolder } from '#src/audit/files.ts';
import { as, namingGuard } from '#test/audit/support/callers.ts';
import { ask } from '#test/support/ask.ts';
import { useMongo } from '#test/support/mongo.ts';
import { openPlace } from '#test/support/place.ts';
import { startServer } from '#test/support/server.ts';

const command = join(import.meta.dirname, '../../../src/audit-verify.ts');

const verify = (env: Record<string, string>, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, ...args],
      { env: { ...process.env, ...env } },
      (_, stdout, stderr) => resolve(stdout + stderr),
    );
  });

describe('store/mongo: the command audit:verify', function () {
  this.timeout(120_000);

  it('finds sound what the servers wrote, and broken what was removed', async () => {
    const mongo = await useMongo();
    const url = mongo.freshUrl();
    const place = await openPlace();
    const { dataDir } = place;
    const env = { MONGODB_URL: url, DATA_DIR: dataDir };
    const server = await startServer({ dataDir, env, guard: namingGuard });
    for (let n = 0; n < 20; n += 1) await ask(`${server.base}/Patient/p`, as('doctor'));
    const whileItRuns = await verify(env);
    await server.close();

    const sound = await verify(env, '--events');
    await rm(journalFolder(dataDir), { recursive: true });
    const broken = await verify(env);
    await mongo.drop(url);
    await mongo.release();
    await place.remove();

    expect(whileItRuns).to.match(/The audit is sound/);
    expect(sound).to.match(/Rows +20\n[^]*AuditEvents +20 compared\nThe audit is sound/);
    expect(broken).to.match(/BROKEN: Chain .* was signed up to row 20, and its end is missing/);
  });
});
