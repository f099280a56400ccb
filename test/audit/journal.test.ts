// The journal keeps what it has taken, says when it cannot, and goes on when it can again.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { realDisk, type Disk } from '#src/audit/disk.ts';
import { listFiles } from '#src/audit/files.ts';
import { readRows } from '#src/audit/read-rows.ts';
import type { Row } from '#src/audit/row.ts';
import { verifyJournal } from '#src/audit/verify.ts';
import { appendAll, createDesk, rowOf, type Desk } from './support/journals.ts';

/** A disk that can be full. */
const fullDisk = () => {
  const state = { room: Infinity, syncs: 0 };
  const disk: Disk = {
    ...realDisk,
    write: (file, parts, at) => {
      const size = parts.reduce((sum, part) => sum + part.length, 0);
      if (size <= state.room) return realDisk.write(file, parts, at);
      // As the system does it: what fits is taken.
      realDisk.write(file, [Buffer.concat(parts).subarray(0, state.room)], at);
      return state.room;
    },
    sync: async (file) => {
      state.syncs += 1;
      await realDisk.sync(file);
    },
  };
  return { disk, state };
};

const rowsIn = async (folder: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const { name } of await listFiles(folder)) {
    const path = join(folder, name);
    for (let at = 0; ;) {
      const slice = await readRows(path, at);
      rows.push(...slice.rows);
      if (slice.offset === at) break;
      at = slice.offset;
    }
  }
  return rows;
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const pathOf = (row: Row): string => ('p' in row ? row.p : '');

describe('audit/journal', () => {
  let desk: Desk;
  const faultsOf = async () =>
    (await verifyJournal({ folder: desk.folder, key: desk.key.public, heads: desk.heads })).faults;

  beforeEach(async () => {
    desk = await createDesk();
  });
  afterEach(() => desk.remove());

  it('leaves nothing behind when nothing happened', async () => {
    await desk.open().close();

    expect(await readdir(desk.folder)).to.deep.equal([]);
  });

  it('has a row with the operating system before it says so', async () => {
    const journal = desk.open();

    await journal.append(rowOf('Patient/1'));

    const text = await readFile(join(desk.folder, (await readdir(desk.folder))[0]!), 'utf8');
    expect(text).to.include('"p":"Patient/1"');
    await journal.close();
  });

  it('brings rows to the disk itself within 100 ms, many at a time', async () => {
    const { disk, state } = fullDisk();
    const journal = desk.open({ disk });

    const began = performance.now();
    await appendAll(
      journal,
      Array.from({ length: 50 }, (_, n) => `Patient/${String(n)}`),
    );
    await until(() => state.syncs > 0);

    expect(state.syncs).to.be.at.most(1 + (performance.now() - began) / 100);
    await journal.close();
  });

  it('brings each row to the disk itself before it says so when asked to be strict', async () => {
    const { disk, state } = fullDisk();
    const journal = desk.open({ disk, sync: 'strict' });

    await journal.append(rowOf('Patient/1'));
    expect(state.syncs).to.equal(1);
    await Promise.all([journal.append(rowOf('Patient/2')), journal.append(rowOf('Patient/3'))]);

    expect(state.syncs).to.equal(2);
    await journal.close();
  });

  it('refuses when the disk is full, keeps the rows, and writes them when there is room', async () => {
    const { disk, state } = fullDisk();
    const journal = desk.open({ disk });
    await journal.append(rowOf('Patient/before'));

    state.room = 10;
    const refusals = await Promise.allSettled(
      ['Patient/a', 'Patient/b'].map((name) => journal.append(rowOf(name))),
    );
    expect(refusals.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(journal.works()).to.be.false;
    const [late] = await Promise.allSettled([journal.append(rowOf('Patient/c'))]);
    expect(late.status).to.equal('rejected');
    state.room = Infinity;
    await until(() => journal.works());

    await journal.append(rowOf('Patient/after'));
    await journal.close();
    expect((await rowsIn(desk.folder)).map(pathOf)).to.deep.equal(
      ['before', 'a', 'b', 'c', 'after'].map((name) => `Patient/${name}`),
    );
    expect(await faultsOf()).to.deep.equal([]);
    expect(desk.failures.at(-1)).to.be.undefined;
  });

  it('lets nobody in whose row waits for a disk that breaks while it syncs', async () => {
    const journal = desk.open({
      sync: 'strict',
      disk: { ...realDisk, sync: () => Promise.reject(new Error('EIO')) },
    });

    const [answer] = await Promise.allSettled([journal.append(rowOf('Patient/1'))]);

    expect(answer.status).to.equal('rejected');
    expect(desk.failures).to.have.length(1);
    await journal.close().catch(() => undefined);
  });

  it('loses no acknowledged row when the process is killed, again and again', async function () {
    this.timeout(60_000);
    const acknowledged = new Set<string>();
    for (let run = 1; run <= 8; run += 1) {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'support/append-forever.ts'), desk.folder, String(run)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let said = '';
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString();
      });
      // Killed at another place of its work each time.
      while (said.split('\n').length < 30 + run * 17) await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'close');
      for (const name of said.split('\n').slice(0, -1)) acknowledged.add(name);
    }

    const kept = new Set((await rowsIn(desk.folder)).map(pathOf));
    expect(acknowledged.size).to.be.greaterThan(200);
    expect([...acknowledged].filter((name) => !kept.has(name))).to.deep.equal([]);
    const { faults } = await verifyJournal({ folder: desk.folder });
    expect(faults).to.deep.equal([]);
  });
});
