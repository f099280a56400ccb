// The first load of each app: the script a browser must have before the first page can be used, compressed as the server sends it.
// Read from what was built: `npm run build:apps`.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const most = 200_000;

const distOf = (app: string): string => join(import.meta.dirname, '../../smart-apps', app, 'dist');

/** What index.html names, what that imports at once, and so on. */
const scriptsOf = (app: string): readonly string[] => {
  const page = readFileSync(join(distOf(app), 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/apps\/\w+\/(assets\/[^"]+\.js)"/g)];
  const found = new Set<string>();
  const gather = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const script = readFileSync(join(distOf(app), path), 'utf8');
    const imported = script.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g);
    for (const [, name] of imported) gather(`assets/${name!}`);
  };
  for (const [, path] of named) gather(path!);
  return [...found];
};

const sizeOf = (app: string, scripts: readonly string[], ending: '.br' | '.gz'): number =>
  scripts.reduce((sum, path) => sum + statSync(join(distOf(app), path) + ending).size, 0);

describe('the first load', () => {
  for (const app of ['portal', 'clinician', 'desk'])
    it(`of the ${app} is less than ${String(most / 1000)} KB of script`, () => {
      expect(existsSync(join(distOf(app), 'index.html')), 'run `npm run build:apps`').to.be.true;

      const scripts = scriptsOf(app);
      const brotli = sizeOf(app, scripts, '.br');
      const gzip = sizeOf(app, scripts, '.gz');

      console.log(
        `      ${app}: ${String(scripts.length)} files, ${String(brotli)} bytes by brotli, ${String(gzip)} by gzip`,
      );
      expect(scripts).to.not.be.empty;
      expect(brotli).to.be.below(most);
    });
});
