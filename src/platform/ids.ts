// New logical ids: UUID version 7, which begins with the time (so that an index grows at its end) and is not to be guessed.
// https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7

import { randomFillSync } from 'node:crypto';

const poolSize = 4096;
const pool = Buffer.alloc(poolSize);
let used = poolSize;

/** 36 characters, lower case: a valid FHIR id. */
export const newId = (): string => {
  const time = Date.now().toString(16).padStart(12, '0');
  const chance = random10();
  const version = `7${chance.slice(1, 4)}`;
  const variant = ((parseInt(chance[4]!, 16) & 0x3) | 0x8).toString(16) + chance.slice(5, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${chance.slice(8)}`;
};

// Asking the system for 10 bytes at a time would cost more than all the rest; a pool asks for 4096.
const random10 = (): string => {
  if (used + 10 > poolSize) {
    randomFillSync(pool);
    used = 0;
  }
  used += 10;
  return pool.toString('hex', used - 10, used);
};
