// A backup is a whole data folder of one moment, taken while writers go on.

import { expect } from 'chai';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { everything } from '#src/search/plan.ts';
import { backup } from '#src/store/sqlite/backup.ts';
import { fileName } from '#src/store/sqlite/file-name.ts';
import { put, search, token } from '#test/contract/support/build.ts';
import { inFolder, openIn, withStore } from '../support/folder.ts';

const stream = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield Promise.resolve(Buffer.from(text));
};
const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('a backup', () => {
  it('holds all that was acknowledged before it began, while a writer goes on', () =>
    withStore((store, dataDir) =>
      inFolder(async (folder) => {
        const target = join(folder, 'copy');
        const filler = 'x'.repeat(5000);
        const write = (id: number) =>
          store.resources.commit([
            put(`Patient/${String(id)}`, [token('Patient.active', 'true')], { text: filler }),
          ]);
        for (let id = 0; id < 500; id += 1) await write(id);
        const staged = await store.bytes.stage(stream('a report'));
        await store.resources.commit([{ ...put('Binary/1'), adopts: [staged.id] }]);

        const state = { isDone: false };
        const steps: number[] = [];
        const copying = backup(dataDir, target, (_, done) => steps.push(done)).finally(() => {
          state.isDone = true;
        });
        for (let id = 500; !state.isDone; id += 1) await write(id);
        await copying;

        expect(await readdir(target)).to.have.members([fileName, 'bytes']);
        expect(steps.at(-1)).to.equal(1);
        const copy = await openIn(target);
        const names = new Set(await search(copy, everything));
        const bytes = await Array.fromAsync(copy.bytes.open(staged.id));
        await copy.close();
        for (let id = 0; id < 500; id += 1) expect(names).to.include(`Patient/${String(id)}`);
        expect(Buffer.concat(bytes).toString()).to.equal('a report');
      }),
    ));

  it('refuses a folder that is not empty, and a source without a store', () =>
    withStore((_, dataDir) =>
      inFolder(async (folder) => {
        expect(await messageOf(backup(dataDir, dataDir))).to.contain('is not empty');
        expect(await messageOf(backup(folder, join(folder, 'copy')))).to.contain(
          'There is no store',
        );
      }),
    ));
});
