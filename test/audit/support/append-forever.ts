// A process that appends to a journal until it is killed, and says on standard output what was acknowledged.

import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { createSign } from '#src/audit/chain.ts';
import { findLastEnd } from '#src/audit/files.ts';
import { createJournal } from '#src/audit/journal.ts';
import { rowOf } from './journals.ts';

const [folder = '', run = '1'] = process.argv.slice(2);
// A key for all runs: the folder's own signatures are not what this is about.
const key = {
  private: 'MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f',
  public: 'MCowBQYDK2VwAyEAA6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg',
};
const previous = await findLastEnd(folder);
const journal = createJournal({
  ...{ folder, chain: `${run.padStart(6, '0')}-00c0ffee`, key: key.public, now: Date.now },
  ...(previous ? { previous } : {}),
  ...{ sync: 'batched', fileBytes: 40_000, sign: createSign(key) },
  failed: (error) => {
    throw error;
  },
  signed: () => undefined,
});
for (let n = 0; ; n += 1) {
  const names = Array.from({ length: 8 }, (_, of) => `Patient/${run}-${String(n)}-${String(of)}`);
  await Promise.all(names.map((name) => journal.append(rowOf(name))));
  writeSync(1, `${names.join('\n')}\n`);
  if (n % 16 === 0) await setImmediate();
}
