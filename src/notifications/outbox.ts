// Outbox: where messages lie that nothing is configured to send. The log names the file; what is in it may be a secret.

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../platform/log.ts';

export interface Outbox {
  /** Writes the message into a file that only the server's own account may read. */
  keep(way: 'mail' | 'sms', to: string, text: string): Promise<void>;
}

export const createOutbox = (folder: string, log: Log): Outbox => ({
  keep: async (way, to, text) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const file = join(folder, `${time}-${way}-${randomUUID().slice(0, 8)}.txt`);
    await writeFile(file, `To: ${to}\n${text}\n`, { mode: 0o600 });
    log.info({ way, to: masked(to), file }, 'a message was not sent but kept: nothing is set up');
  },
});

/** Enough to recognise, too little to write to. */
export const masked = (to: string): string => {
  const [name = '', domain] = to.split('@');
  return domain === undefined ? `…${to.slice(-2)}` : `${name.slice(0, 1)}…@${domain}`;
};
