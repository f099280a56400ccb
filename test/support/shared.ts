// Test material that lies beside the project (`../shared/data`, or MERIDIAN_SHARED): suites over it are skipped aloud
// where it is not, because strangers run the tests without it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = process.env['MERIDIAN_SHARED'] ?? join(import.meta.dirname, '../../../shared/data');

/** Path of a file or folder of the shared material. */
export const shared = (...path: readonly string[]): string => join(folder, ...path);

export const hasShared = existsSync(folder);

/** Text of a shared file; `.gz` is unpacked. */
export const readShared = (...path: readonly string[]): string => {
  const bytes = readFileSync(shared(...path));
  return (path.at(-1)?.endsWith('.gz') === true ? gunzipSync(bytes) : bytes).toString('utf8');
};

/** A suite over shared material: one pending test that says why when the material is not here. */
export const describeShared = (title: string, suite: (this: Mocha.Suite) => void): void => {
  if (hasShared) describe(title, suite);
  else
    describe(title, () => {
      it('skipped: the shared test data is not beside the project (set MERIDIAN_SHARED)', function () {
        this.skip();
      });
    });
};
