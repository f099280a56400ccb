// A server that is killed loses no access it has answered, and tells each of them once.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AuditEvent, Bundle } from 'fhir/r4.js';
import { journalFolder } from '#src/audit/files.ts';
import { verifyJournal } from '#src/audit/verify.ts';
import { clientOf, pagesOf } from '../support/client.ts';
import { openPlace, type Place } from '../support/place.ts';
import { ask } from '../support/ask.ts';
import { as } from './support/callers.ts';

const script = join(import.meta.dirname, 'support/serve-audited.ts');

const serve = async ({ dataDir, env }: Place): Promise<{ base: string; child: ChildProcess }> => {
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { base: line.toString().trim(), child };
};

const requestIdIn = ({ entity = [] }: AuditEvent): string =>
  entity.map(({ what }) => what?.identifier?.value).find((value) => value !== undefined) ?? '';

describe('audit of a server that is killed', () => {
  it('has every answered access, each once, after five kills', async function () {
    this.timeout(120_000);
    const place = await openPlace();
    const answered: string[] = [];
    let count = 0;
    for (let run = 0; run < 5; run += 1) {
      const { base, child } = await serve(place);
      let isAlive = true;
      const reader = async (): Promise<void> => {
        while (isAlive) {
          const id = `killed-${String((count += 1))}`;
          const headers = { ...as('doctor').headers, 'x-request-id': id };
          const path = count % 3 === 0 ? 'Patient?name=x' : 'Patient/nobody';
          const got = await ask(`${base}/${path}`, { headers }).catch(() => undefined);
          if (got && got.status < 500) answered.push(id);
        }
      };
      const readers = Array.from({ length: 6 }, reader);
      await new Promise((resolve) => setTimeout(resolve, 150 + run * 90));
      child.kill('SIGKILL');
      await once(child, 'exit');
      isAlive = false;
      await Promise.all(readers);
    }

    const { base, child } = await serve(place);
    const client = clientOf(base);
    const asDoctor = { ...client, get: (path: string) => client.get(path, as('doctor').headers) };
    // What is left of the last run comes in first; a search waits for it when it is little.
    for (let tries = 0; tries < 100; tries += 1) {
      const { text } = await asDoctor.get('AuditEvent?_count=1');
      if (!text.includes('"incomplete"')) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const pages = (await pagesOf(asDoctor, 'AuditEvent?_count=500')) as Bundle<AuditEvent>[];
    client.close();
    child.kill('SIGTERM');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const told = new Map<string, number>();
    for (const { entry = [] } of pages)
      for (const { resource } of entry) {
        const id = requestIdIn(resource!);
        told.set(id, (told.get(id) ?? 0) + 1);
      }
    expect(answered.length).to.be.greaterThan(100);
    expect(answered.filter((id) => told.get(id) !== 1)).to.deep.equal([]);
    expect((await verifyJournal({ folder: journalFolder(place.dataDir) })).faults).to.deep.equal(
      [],
    );
    await place.remove();
  });
});
