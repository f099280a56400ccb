// Rows become AuditEvents in the background: each once, all in the end, and who waits for them is told how far it is.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Bundle, OperationOutcome } from 'fhir/r4.js';
import { unrestricted } from '#src/access/permit.ts';
import { openAudit, type Audit } from '#src/audit/open.ts';
import { recordKinds, type RecordedHead } from '#src/audit/recorded.ts';
import { createStoreRows } from '#src/audit/store-rows.ts';
import { reportKinds, type ReportKind } from '#src/audit/events/report-kinds.ts';
import type { Row } from '#src/audit/row.ts';
import { search } from '#src/interactions/search.ts';
import { createLog } from '#src/platform/log.ts';
import type { Store, Version } from '#src/store/port.ts';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { as, namingGuard } from './support/callers.ts';
import { rowOf } from './support/journals.ts';

const eventsIn = async ({ resources }: Store): Promise<readonly Version[]> =>
  (await resources.search({ op: 'type', types: ['AuditEvent'] }, { sort: [], size: 10_000 })).items;

describe('audit/ingest', () => {
  let server: TestServer;
  let dataDir: string;

  const open = (failures: unknown[] = [], store = server.context.store): Promise<Audit> => {
    const { registry, now } = server.context;
    return openAudit({
      ...{ dataDir, store, registry, base: server.base, now, sync: 'batched' },
      failed: (error) => {
        failures.push(error);
      },
    });
  };

  beforeEach(async () => {
    server = await startServer();
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-ingest-'));
  });
  afterEach(async () => {
    await server.close();
    await rm(dataDir, { recursive: true });
  });

  it('stores a row once, also when the process ends between its events and its place', async () => {
    const { store, registry, now } = server.context;
    const storeRows = createStoreRows({
      ...{ resources: store.resources, registry, base: server.base, now },
      failed: (error) => {
        throw error;
      },
    });
    const rows: Row[] = Array.from({ length: 50 }, (_, n) => ({
      ...{ ...rowOf(`Patient/${String(n)}`), n: n + 1, t: 1_700_000_000_000 + n },
    }));
    const rest = () => Promise.resolve();

    await storeRows('000001-00c0ffee', rows.slice(0, 35), rest);
    const first = await eventsIn(store);
    await storeRows('000001-00c0ffee', rows, rest);

    const events = await eventsIn(store);
    expect(first).to.have.length(35);
    expect(events).to.have.length(50);
    expect(events.every(({ version }) => version === '1')).to.be.true;
  });

  it('brings in at the next start what one before left', async () => {
    const { resources } = server.context.store;
    const commit = (): Promise<never> => Promise.reject(new Error('not now'));
    const one = await open([], { ...server.context.store, resources: { ...resources, commit } });
    await Promise.all(
      Array.from({ length: 700 }, (_, n) => one.record(rowOf(`Patient/${String(n)}`))),
    );
    await one.close();
    expect(await eventsIn(server.context.store)).to.have.length(0);

    const other = await open();
    expect(other.backlog()).to.be.within(1, 700);
    await other.record(rowOf('Patient/last'));
    for (let tries = 0; tries < 10; tries += 1) if ((await other.settled()) === 'complete') break;

    expect(other.backlog()).to.equal(0);
    expect(await eventsIn(server.context.store)).to.have.length(701);
    await other.close();
  });

  it('has remembered its end when it is closed, however long the store takes', async () => {
    const { records } = server.context.store;
    const remembered: unknown[] = [];
    const put: typeof records.put = async (kind, id, value) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await records.put(kind, id, value);
      if (kind === recordKinds.head) remembered.push((value as RecordedHead).n);
    };
    const failures: unknown[] = [];
    const audit = await open(failures, { ...server.context.store, records: { ...records, put } });
    await audit.record(rowOf('Patient/last'));

    await audit.close();

    expect(remembered.at(-1)).to.equal(1);
    expect(failures).to.deep.equal([]);
  });

  it('says at once that it is behind when many rows wait', async () => {
    const audit = await open();
    const records = Array.from({ length: 2_500 }, (_, n) =>
      audit.record(rowOf(`Patient/${String(n)}`)),
    );
    await Promise.all(records);

    const began = performance.now();
    expect(await audit.settled()).to.equal('behind');
    expect(performance.now() - began).to.be.lessThan(4_000);

    await audit.close();
  });

  it('tells in a search that the latest are not there yet', async () => {
    const { context, base } = server;
    const request = { method: 'GET', path: 'AuditEvent', type: 'AuditEvent', query: [] } as const;

    const { text } = await search({ ...request, headers: {}, base }, unrestricted, {
      ...context,
      settleAudit: () => Promise.resolve('behind'),
    });

    const { entry = [] } = JSON.parse(text!) as Bundle<OperationOutcome>;
    expect(entry[0]?.search?.mode).to.equal('outcome');
    expect(entry[0]?.resource?.issue[0]?.code).to.equal('incomplete');
  });

  it('makes valid AuditEvents of everything that is reported', async () => {
    const failures: unknown[] = [];
    const audit = await open(failures);
    const all = Object.keys(reportKinds) as ReportKind[];
    for (const kind of all) {
      await audit.report({ kind });
      await audit.report({
        ...{ kind, client: 'portal', user: 'u-1', fhirUser: 'Patient/ada', role: 'patient' },
        ...{ organization: 'Organization/h', grant: 'g', patient: 'ada', scope: 'openid' },
        ...{ purposes: ['TREAT'], address: '::1', requestId: 'r', about: 'user/u-1', detail: 'x' },
      });
    }

    expect(await audit.settled()).to.equal('complete');
    await audit.close();
    const events = await eventsIn(server.context.store);
    expect(events).to.have.length(2 * all.length);
    for (const { text } of events) {
      const plain = JSON.parse(text) as { resourceType: string; outcome: string };
      const issues = await server.context.validate({ plain, exact: plain });
      expect(
        issues.filter(({ severity }) => severity === 'error'),
        text,
      ).to.deep.equal([]);
    }
    expect(failures).to.deep.equal([]);
  });

  it('writes no secret of a report: there is no place for one', async () => {
    const audit = await open();
    await audit.report({ kind: 'sign-in-refused', name: 'ada', error: 'wrong_password' });
    expect(await audit.settled()).to.equal('complete');
    await audit.close();

    const [event] = await eventsIn(server.context.store);
    const read = JSON.parse(event!.text) as { outcome: string; agent: { name: string }[] };
    expect(read.outcome).to.equal('4');
    expect(read.agent[0]?.name).to.equal('ada');
  });
});

describe('audit that cannot be written', () => {
  let server: TestServer;
  let dataDir: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-full-'));
    // Where the folder of the journal should be is a file.
    await writeFile(join(dataDir, 'audit'), '');
    server = await startServer({ dataDir, guard: namingGuard, log: createLog('silent') });
  });
  after(async () => {
    await server.close();
    await rm(dataDir, { recursive: true });
  });

  it('lets nobody in, and everybody when it can be written again', async () => {
    const put = () =>
      ask(`${server.base}/Patient/p`, {
        ...{ method: 'PUT', body: { resourceType: 'Patient', id: 'p' }, ...as('doctor') },
      });

    const first = await put();
    const second = await put();
    const [read] = await server.context.store.resources.read([{ type: 'Patient', id: 'p' }]);
    const metrics = await ask(`${server.url}/metrics`);
    await rm(join(dataDir, 'audit'));
    let last = await put();
    for (let tries = 0; last.status === 503 && tries < 1_000; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      last = await put();
    }

    expect([first.status, second.status]).to.deep.equal([503, 503]);
    expect(second.headers['retry-after']).to.equal('5');
    // The first found out after it was done; the second was not begun.
    expect(read?.version).to.equal('1');
    expect(metrics.text).to.match(/audit_works 0/);
    expect(last.status).to.equal(200);
    const { json } = await ask(`${server.base}/AuditEvent?entity=Patient/p`, as('doctor'));
    expect((json as Bundle).entry!.length).to.equal(2);
  });
});
