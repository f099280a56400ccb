// Reindex: all index values anew, a slice at a time, going on where it stopped.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { reindex, type Progress } from '../../src/jobs/reindex.ts';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const run = promisify(execFile);
const command = join(import.meta.dirname, '../../src/reindex.ts');

describe('jobs/reindex', () => {
  let dataDir: string;
  let server: TestServer;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-reindex-'));
    server = await startServer({ dataDir });
  });
  afterEach(async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const store = async (size: number): Promise<void> => {
    const entry = Array.from({ length: size }, (_, place) => ({
      resource: { resourceType: 'Patient', id: `p${String(place)}`, name: [{ family: 'Found' }] },
      request: { method: 'PUT', url: `Patient/p${String(place)}` },
    }));
    const body = { resourceType: 'Bundle', type: 'transaction', entry };
    expect((await ask(server.base, { method: 'POST', body })).status).to.equal(200);
  };
  /** As if the resources had been stored before the parameters were known. */
  const forget = (size: number) =>
    server.context.store.resources.commit(
      Array.from({ length: size }, (_, place) => ({
        ...({
          kind: 'reindex',
          key: { type: 'Patient', id: `p${String(place)}`, version: '1' },
        } as const),
        entries: [],
      })),
    );
  const found = async (): Promise<number> =>
    Number((await ask(`${server.base}/Patient?family=found&_summary=count`)).json.total);
  const runJob = (
    isStopped = () => false,
    report: (progress: Progress) => void = () => undefined,
  ) => {
    const { store: opened, registry, definitions } = server.context;
    const { fingerprint } = definitions;
    return reindex({ store: opened, registry, fingerprint, report, isStopped });
  };

  it('finds again what was not indexed', async () => {
    await store(3);
    await forget(3);
    const before = await found();
    const progress = await runJob();

    expect([before, await found()]).to.deep.equal([0, 3]);
    expect(progress).to.deep.equal({ done: 3, total: 3, faults: [], isComplete: true });
  });

  it('goes on where it stopped', async () => {
    await store(1100);
    await forget(1100);
    const seen: number[] = [];
    const first = await runJob(() => true);
    const afterFirst = await found();
    const second = await runJob(undefined, ({ done }) => seen.push(done));

    expect(first).to.include({ done: 500, isComplete: false });
    expect(afterFirst).to.equal(500);
    expect(seen).to.deep.equal([500, 1000, 1100]);
    expect(second).to.include({ done: 1100, isComplete: true });
    expect(await found()).to.equal(1100);
  });

  it('begins anew when the definitions are other than those it stopped with', async () => {
    await store(600);
    await runJob(() => true);
    const { store: opened, registry } = server.context;
    const seen: number[] = [];
    await reindex({
      ...{ store: opened, registry, fingerprint: 'other', isStopped: () => false },
      report: ({ done }) => seen.push(done),
    });

    expect(seen[0]).to.equal(0);
  });

  it('leaves a resource alone that changes meanwhile', async () => {
    await store(1);
    const { store: opened, registry } = server.context;
    const body = { resourceType: 'Patient', id: 'p0', name: [{ family: 'Other' }] };
    const search: typeof opened.resources.search = async (...asked) => {
      const page = await opened.resources.search(...asked);
      await ask(`${server.base}/Patient/p0`, { method: 'PUT', body });
      return page;
    };
    await reindex({
      ...{ store: { ...opened, resources: { ...opened.resources, search } }, registry },
      ...{ fingerprint: 'x', report: () => undefined, isStopped: () => false },
    });

    expect(await found()).to.equal(0);
  });

  it('takes away the sign that it is wanted', async () => {
    const { records } = server.context.store;
    await records.put('reindex', 'wanted', { from: 'a', to: 'b' });
    await runJob();

    expect(await records.get('reindex', 'wanted')).to.equal(undefined);
    expect(await records.get('reindex', 'progress')).to.equal(undefined);
  });

  it('is a command that says what it did, and that the server must be stopped', async () => {
    await store(2);
    await forget(2);
    const env = { ...process.env, DATA_DIR: dataDir };
    const busy = await run(process.execPath, [command], { env }).catch((error: unknown) => error);
    await server.close();
    const { stdout } = await run(process.execPath, [command], { env });
    server = await startServer({ dataDir });

    expect(busy).to.include({
      code: 1,
      stderr: `The data folder '${dataDir}' is in use by a running Meridian server or another reindex, and a reindex needs it for itself. Stop the server, run npm run reindex again, then start the server.\n`,
    });
    expect(stdout).to.match(/^Reindexed 2 resources in [\d.]+ s; 0 could not be indexed\.\n$/);
    expect(await found()).to.equal(2);
  });
});
