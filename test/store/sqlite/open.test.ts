// Opening and closing: the lock, an older or newer file, other definitions.

import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { readdir, writeFile } from 'node:fs/promises';
import { everything } from '#src/search/plan.ts';
import { fileName } from '#src/store/sqlite/file-name.ts';
import { migrate } from '#src/store/sqlite/schema.ts';
import { put, search } from '#test/contract/support/build.ts';
import { inFolder, openIn, withStore } from '../support/folder.ts';

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('opening the embedded store', () => {
  it('keeps what was written, and its order, from one opening to the next', () =>
    inFolder(async (dataDir) => {
      const first = await openIn(dataDir);
      await first.resources.commit([put('Patient/b'), put('Patient/a')]);
      await first.close();

      const second = await openIn(dataDir);
      await second.resources.commit([put('Patient/0')]);
      const names = await search(second, everything);
      await second.close();

      expect(names).to.deep.equal(['Patient/b', 'Patient/a', 'Patient/0']);
    }));

  it('leaves one file behind that holds everything', () =>
    inFolder(async (dataDir) => {
      const store = await openIn(dataDir);
      await store.resources.commit([put('Patient/1')]);
      await store.close();

      expect(await readdir(dataDir)).to.have.members([fileName, 'meridian.lock']);
    }));

  it('refuses a second server on the same folder in clear words', () =>
    withStore(async (_, dataDir) => {
      const script = `
        const { openStore } = await import('#src/store/open.ts');
        await openStore({ dataDir: process.argv[1], searchSeconds: 1, fingerprint: 'test' });`;
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module-typescript', '-e', script, dataDir],
        { encoding: 'utf8' },
      );

      expect(status).to.equal(1);
      expect(stderr).to.contain('is in use by another Meridian server');
      expect(await messageOf(openIn(dataDir))).to.contain('set DATA_DIR to another folder');
    }));

  it('says what is wrong with a lock file it cannot use, and not that another server runs', () =>
    inFolder(async (dataDir) => {
      await writeFile(
        join(dataDir, 'meridian.lock'),
        'no database, and longer than its header is'.repeat(9),
      );

      expect(await messageOf(openIn(dataDir))).to.equal('file is not a database');
    }));

  it('can be opened again after it was closed', () =>
    inFolder(async (dataDir) => {
      for (let time = 0; time < 3; time += 1) await (await openIn(dataDir)).close();
    }));

  it('refuses the file of a newer server', () =>
    inFolder(async (dataDir) => {
      await (await openIn(dataDir)).close();
      const database = new DatabaseSync(join(dataDir, fileName));
      database.exec('PRAGMA user_version = 99');
      database.close();

      expect(await messageOf(openIn(dataDir))).to.contain('start a newer server');
    }));

  it('takes the steps an older file has not seen, each once', () => {
    const database = new DatabaseSync(':memory:');
    const log: string[] = [];
    const steps = ['CREATE TABLE one (a)', 'CREATE TABLE two (a); INSERT INTO two VALUES (1)'];
    migrate(database, (message) => log.push(message), steps.slice(0, 1));
    migrate(database, (message) => log.push(message), steps);
    migrate(database, (message) => log.push(message), steps);

    expect(database.prepare('SELECT count(*) AS count FROM two').get()).to.deep.include({
      count: 1,
    });
    expect(log).to.deep.equal(['Migrating the store to schema version 2.']);
  });

  it('leaves the file as it was when a step fails', () => {
    const database = new DatabaseSync(':memory:');
    const steps = ['CREATE TABLE one (a)', 'CREATE TABLE two (a); INSERT INTO none VALUES (1)'];
    migrate(database, () => undefined, steps.slice(0, 1));

    expect(() => migrate(database, () => undefined, steps)).to.throw('no such table: none');

    expect(database.isTransaction).to.equal(false);
    expect(database.prepare('PRAGMA user_version').get()).to.deep.include({ user_version: 1 });
    expect(() => database.prepare('SELECT * FROM two')).to.throw();
  });

  it('asks for a reindex, until it is done, when the definitions are others', () =>
    inFolder(async (dataDir) => {
      const log: string[] = [];
      const open = (fingerprint: string) =>
        openIn(dataDir, { fingerprint, log: (message) => log.push(message) });
      await (await open('one')).close();
      expect(log).to.deep.equal([]);

      await (await open('two')).close();
      const store = await open('two');
      expect(log)
        .to.have.length(2)
        .and.to.satisfy((lines: string[]) =>
          lines.every((line) => line.includes('npm run reindex')),
        );

      expect(await store.records.take('reindex', 'wanted')).to.deep.equal({
        from: 'one',
        to: 'two',
      });
      await store.close();
      await (await open('two')).close();
      expect(log).to.have.length(2);
    }));
});
