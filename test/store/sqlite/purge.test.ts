// Room: what has expired is removed as fast as it can be written, so that short-lived records never fill the disk.

import { expect } from 'chai';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { fileName } from '#src/store/sqlite/file-name.ts';
import { openSqlite } from '#src/store/sqlite/open.ts';
import { inFolder } from '../support/folder.ts';

describe('records that have expired, on the embedded store', () => {
  it('are gone from the file after a few writes, however many there were', () =>
    inFolder(async (dataDir) => {
      let at = 1_000_000_000_000;
      const options = { dataDir, searchSeconds: 20, fingerprint: 'test', now: () => at };
      const store = await openSqlite(options);
      const { records } = store;
      await Promise.all(
        Array.from({ length: 2000 }, (_, n) =>
          records.put('passing', String(n), { name: String(n) }, new Date(at + 1000)),
        ),
      );

      at += 120_000;
      for (let n = 0; n < 5; n += 1) await records.put('staying', String(n), { n });
      await store.close();

      const file = new DatabaseSync(join(dataDir, fileName));
      const countOf = (table: string) =>
        file.prepare(`SELECT count(*) AS n FROM ${table} WHERE kind = 'passing'`).get()!['n'];
      expect([countOf('record'), countOf('record_field')]).to.deep.equal([0, 0]);
      file.close();
    }));
});
