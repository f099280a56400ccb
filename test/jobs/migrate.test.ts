// Moving house: from the embedded store to MongoDB and back nothing is lost, not histories, bytes, records or the order.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { bytesMark } from '#src/interactions/binary-bytes.ts';
import { migrate, type Migration } from '#src/jobs/migrate.ts';
import { openMongo } from '#src/store/mongo/open.ts';
import { everything, type Plan } from '#src/search/plan.ts';
import type { Change, MovableStore, Version } from '#src/store/port.ts';
import { openStore } from '#src/store/open.ts';
import { put, search, tokenIs } from '#test/contract/support/build.ts';
import { registry } from '#test/search/support.ts';
import { useMongo } from '#test/support/mongo.ts';
import { inFolder } from '../store/support/folder.ts';

const options = { searchSeconds: 20, fingerprint: 'test' };
const female: Plan = tokenIs('Patient.gender', 'female');

const patient = (name: string, gender: string, fields: Partial<Version> = {}): Change => {
  const [type, id] = name.split('/');
  const text = fields.deleted ? '' : JSON.stringify({ resourceType: type, id, gender });
  return put(name, [], { ...fields, text });
};

/** Updates, deletions, a return, bytes of two versions, records with and without an end. */
const fill = async (store: MovableStore): Promise<string> => {
  const { id } = await store.bytes.stage(ReadableStream.from([Buffer.from('bytes')]));
  const binary = {
    resourceType: 'Binary',
    id: '1',
    contentType: 'text/plain',
    _contentType: bytesMark(id),
  };
  await store.resources.commit([
    patient('Patient/b', 'female'),
    patient('Patient/a', 'male', { custodian: 'Organization/1' }),
    patient('Patient/gone', 'female'),
    { ...put('Binary/1', [], { text: JSON.stringify(binary) }), adopts: [id] },
  ]);
  for (let number = 2; number <= 250; number += 1)
    await store.resources.commit([
      patient(`Patient/a/${String(number)}`, 'female', { method: 'PATCH' }),
    ]);
  await store.resources.commit([patient('Patient/gone/2', '', { deleted: true })]);
  await store.resources.commit([patient('Patient/b/2', '', { deleted: true })]);
  await store.resources.commit([patient('Patient/b/3', 'female')]);
  await store.records.put('user', '1', { name: 'Ada', $where: { 'a.b': 1 } });
  await store.records.put('code', '1', { a: 1 }, new Date(Date.now() + 3_600_000));
  return id;
};

const move = (from: MovableStore, to: MovableStore, more: Partial<Migration> = {}) =>
  migrate({
    ...{ from, to, registry, name: 'the source', report: () => undefined, isStopped: () => false },
    ...more,
  });

const read = async (bytes: AsyncIterable<Uint8Array>): Promise<string> =>
  Buffer.concat(await Array.fromAsync(bytes)).toString();

describe('jobs/migrate', function () {
  this.timeout(120_000);

  const withStores = (
    work: (sqlite: MovableStore, mongo: MovableStore, url: string) => Promise<void>,
  ) =>
    inFolder(async (dataDir) => {
      const server = await useMongo();
      const url = server.freshUrl();
      const sqlite = await openStore({ ...options, dataDir });
      const mongo = await openMongo({ ...options, url });
      try {
        await work(sqlite, mongo, url);
      } finally {
        await Promise.all([sqlite.close(), mongo.close()]);
        await server.drop(url);
        await server.release();
      }
    });

  const expectAll = async (store: MovableStore, bytes: string): Promise<void> => {
    expect(await search(store, female)).to.deep.equal(['Patient/b', 'Patient/a']);
    expect(await store.resources.countVersions({}, everything, {})).to.equal(256);
    // Rights on the history of what is deleted need its last values.
    const gone = await store.resources.versions({ type: 'Patient', id: 'gone' }, female, {
      size: 9,
    });
    expect(gone.items.map(({ version, deleted }) => [version, deleted])).to.deep.equal([
      ['2', true],
      ['1', false],
    ]);
    expect(await read(store.bytes.open(bytes))).to.equal('bytes');
    expect(await store.bytes.sweep(new Date(Date.now() + 3_600_000))).to.equal(0);
    expect(await store.records.get('user', '1')).to.deep.equal({
      name: 'Ada',
      $where: { 'a.b': 1 },
    });
    expect(await store.records.get('code', '1')).to.deep.equal({ a: 1 });
    expect(await store.records.find('migration', {})).to.deep.equal([]);
  };

  it('moves everything to MongoDB and back into an empty folder', () =>
    withStores(async (sqlite, mongo) => {
      const bytes = await fill(sqlite);

      const there = await move(sqlite, mongo);
      await expectAll(mongo, bytes);
      await inFolder(async (dataDir) => {
        const home = await openStore({ ...options, dataDir });
        const back = await move(mongo, home);
        await expectAll(home, bytes);
        await home.close();

        const { digest } = there;
        const counts = {
          isComplete: true,
          resources: 4,
          versions: 256,
          records: 2,
          differences: [],
        };
        expect(there).to.deep.equal({ ...counts, digest });
        expect(back).to.deep.equal(there);
      });
    }));

  it('goes on where it was broken off', () =>
    withStores(async (sqlite, mongo) => {
      for (let id = 0; id < 250; id += 1)
        await sqlite.resources.commit([patient(`Patient/${String(id)}`, 'female')]);
      let slices = 0;
      const stopped = await move(sqlite, mongo, { isStopped: () => (slices += 1) > 1 });
      const half = await mongo.resources.count(everything);

      const finished = await move(sqlite, mongo);

      expect([stopped.isComplete, half]).to.deep.equal([false, 200]);
      expect(finished).to.deep.include({ isComplete: true, resources: 250, differences: [] });
      expect(await search(mongo, everything)).to.deep.equal(await search(sqlite, everything));
    }));

  it('does not move into a store that has something, or part of another move', () =>
    withStores(async (sqlite, mongo) => {
      await fill(sqlite);
      await mongo.resources.commit([patient('Patient/other', 'male')]);

      expect(await move(sqlite, mongo).catch(String)).to.contain('not empty');
      await mongo.records.put('migration', 'progress', { name: 'another', done: 0 });
      expect(await move(sqlite, mongo).catch(String)).to.contain('part of a move from another');
    }));

  it('tells what is not the same', () =>
    withStores(async (sqlite, mongo) => {
      await fill(sqlite);
      let isChanged = false;
      const spoil = async (): Promise<void> => {
        isChanged = true;
        await mongo.resources.commit([
          patient('Patient/b/4', 'male'),
          patient('Patient/c', 'male'),
        ]);
        await mongo.records.put('user', '1', { name: 'Eve' });
      };
      const from: MovableStore = {
        ...sqlite,
        inventory: {
          ...sqlite.inventory,
          records: async (after, size) => {
            const part = await sqlite.inventory.records(after, size);
            // The records are read once to be moved, and once more to be compared.
            if (isChanged || (await mongo.records.get('user', '1')) === undefined) return part;
            await spoil();
            return part;
          },
        },
      };

      const { differences } = await move(from, mongo);

      expect(differences).to.deep.equal(['the record user/1 is not the same']);
      expect((await move(sqlite, mongo)).differences).to.include(
        '4 resources in the source, 5 in the target',
      );
    }));

  it('is a command that says what it did, and shows no password', () =>
    withStores(async (_, mongo, url) => {
      const command = (...words: readonly string[]) =>
        promisify(execFile)(process.execPath, [
          join(import.meta.dirname, '../../src/migrate.ts'),
          ...words,
        ]).catch((error: unknown) => error as { readonly stderr: string });
      await inFolder(async (dataDir) => {
        const source = await openStore({ ...options, dataDir });
        await fill(source);
        await source.close();

        const { stdout } = (await command('--from', `sqlite:${dataDir}`, '--to', url)) as {
          stdout: string;
        };
        const wrong = await command('--from', 'postgres://me:secret@here', '--to', url);

        expect(stdout).to.match(
          /^MongoDB .*\nMoved and compared 4 resources with 256 versions, and \d records; SHA-256 of all versions: [0-9a-f]{64}\n$/,
        );
        expect(wrong.stderr).to.contain('names no store').and.not.contain('secret');
        expect(await search(mongo, female)).to.deep.equal(['Patient/b', 'Patient/a']);
      });
    }));
});
