// The pages of one of our own apps as a test wants them: a folder for APPS_DIR whose app runs the test's script.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AppPages {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

export const writeApp = async (name: string, script: string): Promise<AppPages> => {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-apps-'));
  const assets = join(folder, name, 'dist/assets');
  await mkdir(assets, { recursive: true });
  await writeFile(join(assets, 'main.js'), script);
  await writeFile(
    join(assets, '../index.html'),
    `<!doctype html><html lang="en"><title>${name}</title><body><h1>${name}</h1>
<script src="/apps/${name}/assets/main.js"></script></body></html>`,
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};
