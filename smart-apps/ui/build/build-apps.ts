// Build the apps: each into its `dist`, with what a browser may have compressed beside it; run before a start and before the tests.
// With `--if-stale` only what is missing or older than its sources.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const apps = ['portal', 'clinician', 'desk'] as const;
const stamp = '.built-from';
const compressible = /\.(js|mjs|css|html|svg|json|webmanifest|wasm)$/;

const buildApps = async (when: 'always' | 'if stale'): Promise<void> => {
  for (const app of apps) {
    const fingerprint = await fingerprintOf([app, 'ui']);
    if (when === 'if stale' && (await isFresh(app, fingerprint))) continue;
    console.log(`building smart-apps/${app}`);
    await build({
      configFile: join(root, app, 'vite.config.ts'),
      root: join(root, app),
      logLevel: 'warn',
    });
    await compressAll(join(root, app, 'dist'));
    // Last, so that a build that was broken off is begun again.
    await writeFile(join(root, app, 'dist', stamp), fingerprint);
  }
};

const isFresh = async (app: string, fingerprint: string): Promise<boolean> => {
  const path = join(root, app, 'dist', stamp);
  return existsSync(path) && (await readFile(path, 'utf8')) === fingerprint;
};

/** Of the sources, and of the versions of all that is built in. */
const fingerprintOf = async (folders: readonly string[]): Promise<string> => {
  const lists = await Promise.all(folders.map((folder) => filesOf(join(root, folder))));
  const files = [...lists.flat().sort(), join(root, '../package-lock.json')];
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update(await readFile(file));
  return hash.digest('hex');
};

const filesOf = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !/\/(dist|node_modules)\//.test(path.slice(folder.length)));
};

const compressAll = async (folder: string): Promise<void> => {
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    compressible.test(name),
  );
  await Promise.all(files.map((name) => compress(join(folder, name))));
};

const compress = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await Promise.all([
    writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params: quality })),
    writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 })),
  ]);
};

await buildApps(process.argv.includes('--if-stale') ? 'if stale' : 'always');
