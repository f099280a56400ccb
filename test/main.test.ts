// The process itself: it starts, says where it is, keeps what was written, and stops when told.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ask } from './support/ask.ts';

const root = join(import.meta.dirname, '..');

describe('main', () => {
  let dataDir: string;
  before(async () => (dataDir = await mkdtemp(join(tmpdir(), 'meridian-test-'))));
  after(() => rm(dataDir, { recursive: true, force: true }));

  const start = async (demo: 'on' | 'off') => {
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: dataDir, DEMO: demo, PUBLIC_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return { child, base: await baseOf(child) };
  };

  const baseOf = (child: ChildProcess) =>
    new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout!.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /http:\/\/localhost:(\d+)\/fhir\n/.exec(text);
        if (found) resolve(`http://127.0.0.1:${found[1]!}/fhir`);
      });
      child.on('exit', () => reject(new Error(`It ended: ${text}`)));
    });

  it('keeps what was written over a stop by SIGTERM, which ends it with 0', async () => {
    const first = await start('off');
    const body = { resourceType: 'Patient', id: 'kept' };
    const written = await ask(`${first.base}/Patient/kept`, { method: 'PUT', body });
    first.child.kill('SIGTERM');
    const [code] = (await once(first.child, 'exit')) as [number];
    const second = await start('off');
    const read = await ask(`${second.base}/Patient/kept`);
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');

    expect([written.status, code, read.status]).to.deep.equal([201, 0, 200]);
  });

  it('finishes what was begun before it stops', async () => {
    const { child, base } = await start('off');
    const body = (id: string) => ({ resourceType: 'Patient', id });
    const writes = Array.from({ length: 40 }, (_, n) =>
      ask(`${base}/Patient/w${String(n)}`, { method: 'PUT', body: body(`w${String(n)}`) }),
    );
    await writes[0];
    child.kill('SIGTERM');
    const answers = await Promise.allSettled(writes);
    const [code] = (await once(child, 'exit')) as [number];
    const written = answers.filter(({ status }) => status === 'fulfilled');

    expect(code).to.equal(0);
    expect(written.length).to.be.above(0);
  });
});
