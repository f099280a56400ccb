// The writer thread: many commits share a transaction, and what happens when it dies.

import { expect } from 'chai';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '#src/store/sqlite/jobs.ts';
import { pack } from '#src/store/sqlite/entry-rows.ts';
import { fileName } from '#src/store/sqlite/file-name.ts';
import { openWriter } from '#src/store/sqlite/writer.ts';
import { put } from '#test/contract/support/build.ts';
import { inFolder, openIn, withStore } from '../support/folder.ts';

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
const commit = (name: string): Job => ({
  op: 'commit',
  changes: [{ ...put(name), entries: pack([]) }],
});

describe('the writer', () => {
  it('shares a transaction among commits that come together', () =>
    withStore(async (store, dataDir) => {
      const write = (name: string) => store.resources.commit([put(name)]);
      const names = (prefix: string) =>
        Array.from({ length: 200 }, (_, id) => `Patient/${prefix}${String(id)}`);
      const logged = async (work: () => Promise<unknown>): Promise<number> => {
        const size = async () => (await stat(join(dataDir, `${fileName}-wal`))).size;
        const start = await size();
        await work();
        return (await size()) - start;
      };

      const alone = await logged(async () => {
        for (const name of names('alone-')) await write(name);
      });
      const together = await logged(() => Promise.all(names('together-').map(write)));

      // A page that many commits change is written once for a transaction.
      expect(together).to.be.lessThan(alone / 4);
    }));

  it('fails what waits and everything after when its thread dies', () =>
    inFolder(async (dataDir) => {
      await (await openIn(dataDir)).close();
      const writer = await openWriter({ path: join(dataDir, fileName), searchSeconds: 20 });
      await writer.run(commit('Patient/1'));

      const waiting = writer.run(commit('Patient/2'));
      const [ended] = await Promise.all([
        waiting.then(() => 'written', messageOf),
        writer.thread.terminate(),
      ]);

      expect(ended).to.contain('its writer stopped');
      const later = await writer.run({ op: 'ping' }).then(() => 'alive', messageOf);
      expect(later).to.contain('its writer stopped');
      await writer.close();

      const store = await openIn(dataDir);
      expect(await store.resources.read([{ type: 'Patient', id: '1' }])).to.deep.equal([
        put('Patient/1').version,
      ]);
      await store.close();
    }));

  it('finishes what was begun before it closes', () =>
    inFolder(async (dataDir) => {
      const store = await openIn(dataDir);
      const commits = Promise.all(
        Array.from({ length: 500 }, (_, id) =>
          store.resources.commit([put(`Patient/${String(id)}`)]),
        ),
      );
      await Promise.all([commits, store.close()]);

      const again = await openIn(dataDir);
      expect(await again.resources.count({ op: 'type', types: ['Patient'] })).to.equal(500);
      await again.close();
    }));
});
