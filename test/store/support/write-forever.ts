// A child process that writes until it is killed, and says what was acknowledged: one line `Type/id/version` each.

import { openStore } from '#src/store/open.ts';
import { put, token } from '#test/contract/support/build.ts';

const [dataDir = '', run = ''] = process.argv.slice(2);
const store = await openStore({ dataDir, searchSeconds: 20, fingerprint: 'test' });

/** Creates and updates; the text is long enough to spread over pages. */
const write = async (writer: number): Promise<never> => {
  for (let count = 0; ; count += 1) {
    const id = `${run}-${String(writer)}-${String(count >> 1)}`;
    const name = `Patient/${id}/${String((count & 1) + 1)}`;
    const text = JSON.stringify({ resourceType: 'Patient', id, filler: 'x'.repeat(1500) });
    await store.resources.commit([
      put(name, [token('Patient.run', run), token('Patient.id', id)], { text }),
    ]);
    process.stdout.write(`${name}\n`);
  }
};

await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
