// Skips a test aloud: a test that did not run says why.

import type { Context } from 'mocha';

export const skip = (test: Context, reason: string): never => {
  console.log(`      skipped: ${reason}`);
  return test.skip();
};
