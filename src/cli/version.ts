// Version: of the package this program came in.

import { readFile } from 'node:fs/promises';

/** `src/cli` and the compiled `dist/cli` lie equally deep. */
export const version = async (): Promise<string> => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
};
