// The process itself: it starts, says where it is, keeps what was written, and stops when told.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ask } from './support/ask.ts';
import { startChild, startRefused, startUnguarded } from './support/child-server.ts';

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
    // Connections are taken in the order they came: those before have been.
    await ask(`${base}/metadata`);
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
      const { json } = await ask(`${base}/Patient?_summary=count`);
      await end('SIGTERM');
      return json.total as number;
    };

    expect(await count()).to.equal(23);
    expect(await count()).to.equal(23);
  });

  it('prints who can sign in, in the demonstration only', async () => {
    const { log, end } = await startChild(dataDir, { DEMO: 'on' });
    await end('SIGTERM');
    const again = await startChild(dataDir, { DEMO: 'off' });
    await again.end('SIGTERM');

    for (const name of ['priya', 'ruma', 'deshpande', 'iyer', 'kulkarni', 'root'])
      expect(log()).to.contain(`  ${name} `);
    expect(log()).to.contain('signs in with the password');
    expect(again.log()).to.not.contain('password');
  });

  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://records.hospital.org',
    TRUST_PROXY: '1',
  };

  it('does not start in production without https and a proxy, and says each reason', async () => {
    const { code, text } = await startRefused(dataDir, {
      ...production,
      PUBLIC_URL: 'http://records.hospital.org',
      TRUST_PROXY: '',
    });

    expect(code).to.equal(1);
    expect(text).to.contain('- PUBLIC_URL must be');
    expect(text).to.contain('- TRUST_PROXY must name');
    expect(text).to.not.contain('    at ');
  });

  it('does not start in production on the folder of a demonstration', async () => {
    const { end } = await startUnguarded(dataDir, { DEMO: 'on' });
    await end('SIGTERM');
    const { code, text } = await startRefused(dataDir, production);

    expect(code).to.equal(1);
    expect(text).to.contain('holds the accounts of the demonstration');
  });

  it('starts in production with what it needs', async () => {
    const { end, log } = await startChild(dataDir, production);

    expect(await end('SIGTERM')).to.equal(0);
    expect(log()).to.contain('https://records.hospital.org/fhir');
  });
});
