// Page table: the paths of an app's pages, as its source declares them.

import { readFile } from 'node:fs/promises';
import type { AppName } from './open-apps.ts';

const apps = new URL('../../../../smart-apps/', import.meta.url);
const tables: Readonly<Record<AppName, string>> = {
  portal: 'portal/src/Portal.tsx',
  clinician: 'clinician/src/Clinician.tsx',
  desk: 'desk/src/Desk.tsx',
};

/** Such as `/visits/:id`, in their order. */
export const pagesOf = async (app: AppName): Promise<readonly string[]> => {
  const source = await readFile(new URL(tables[app], apps), 'utf8');
  return [...source.matchAll(/\bpageAt\(\s*'([^']+)'/g)].map(([, path]) => path!);
};
