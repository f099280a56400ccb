// Reads of one turn of the event loop share a state of the file, and none of them misses an acknowledged write.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { openStore } from '../../../src/store/open.ts';
import type { Change, Store } from '../../../src/store/port.ts';

describe('store/sqlite/turn', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'meridian-turn-'));
  let store: Store;
  before(async () => {
    store = await openStore({ dataDir, searchSeconds: 20, fingerprint: 'turn' });
  });
  after(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });

  const key = (n: number) => ({ type: 'Patient', id: `p${String(n)}` });
  const put = (n: number): Change => ({
    kind: 'put',
    version: { ...key(n), version: '1', at: n, deleted: false, method: 'PUT', text: '{}' },
    entries: [],
    expect: [{ op: 'version', key: key(n), version: undefined }],
  });

  it('reads what was acknowledged in the very turn that read before', async () => {
    const { resources } = store;
    const missed: number[] = [];
    const done = new AbortController();
    // A snapshot begun in this phase of the event loop is open when the next acknowledgement comes in.
    const reading = (async () => {
      while (!done.signal.aborted) {
        await setImmediate();
        await resources.read([key(0)]);
      }
    })();
    for (let n = 0; n < 300; n += 1) {
      await resources.commit([put(n)]);
      const [version] = await resources.read([key(n)]);
      if (version === undefined) missed.push(n);
    }
    done.abort();
    await reading;

    expect(missed).to.deep.equal([]);
  });

  it('closes while a turn is open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meridian-turn-'));
    const other = await openStore({ dataDir: folder, searchSeconds: 20, fingerprint: 'turn' });
    await other.resources.read([key(1)]);
    await other.close();
    rmSync(folder, { recursive: true });
  });
});
