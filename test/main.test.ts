// The process itself: it starts, says where it is, keeps what was written, and stops when told.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ask } from './support/ask.ts';
import { startUnguarded } from './support/child-server.ts';

describe('main', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'meridian-test-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));
  const put = (base: string, id: string) =>
    ask(`${base}/Patient/${id}`, { method: 'PUT', body: { resourceType: 'Patient', id } });

  it('keeps what was written over a stop by SIGTERM, which ends it with 0', async () => {
    const first = await startUnguarded(dataDir);
    const written = await put(first.base, 'kept');
    const code = await first.end('SIGTERM');
    const second = await startUnguarded(dataDir);
    const read = await ask(`${second.base}/Patient/kept`);
    await second.end('SIGTERM');

    expect([written.status, code, read.status]).to.deep.equal([201, 0, 200]);
  });

  it('answers what was asked before it stops', async () => {
    const { base, end } = await startUnguarded(dataDir);
    await put(base, 'first');
    const writes = Array.from({ length: 40 }, (_, n) => put(base, `w${String(n)}`));
    const answers = Promise.all(writes);
    const code = await end('SIGTERM');
    const statuses = (await answers).map(({ status }) => status);
    const again = await startUnguarded(dataDir);
    const { json } = await ask(`${again.base}/Patient?_summary=count`);
    await again.end('SIGTERM');

    expect(code).to.equal(0);
    expect(statuses.every((status) => status === 201)).to.equal(true);
    expect(json.total).to.equal(41);
  });

  it('loads the demonstration into an empty store, once', async () => {
    const count = async () => {
      const { base, end } = await startUnguarded(dataDir, { DEMO: 'on' });
      const { json } = await ask(`${base}?_summary=count`);
      await end('SIGTERM');
      return json.total as number;
    };
    const first = await count();

    expect(first).to.be.above(10);
    expect(await count()).to.equal(first);
  });
});
