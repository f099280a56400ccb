// New logical ids: UUID version 7, which begins with the time (so that an index grows at its end) and is not to be guessed.
// https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7

import { randomFillSync } from 'node:crypto';

const poolSize = 4096;
const pool = Buffer.alloc(poolSize);
let used = poolSize;

/** 36 characters, lower case: a valid FHIR id. */
export const newId = (): string => {
  const chance = random10();
  const variant = variants[parseInt(chance[4]!, 16) & 3]!;
  return `${beginning(Date.now())}${chance.slice(1, 4)}-${variant}${chance.slice(5, 8)}-${chance.slice(8)}`;
};

/** The two fixed bits and two that are chance. */
const variants = ['8', '9', 'a', 'b'] as const;

let lastTime = NaN;
let lastBeginning = '';

/** The time and the version; many ids are made within a millisecond. */
const beginning = (time: number): string => {
  if (time === lastTime) return lastBeginning;
  const hex = time.toString(16).padStart(12, '0');
  lastTime = time;
  lastBeginning = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  return lastBeginning;
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
