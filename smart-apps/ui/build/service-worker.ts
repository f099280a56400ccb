// Service worker: built beside the app as `sw.js`, with the list of the files that make up its shell.

import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

const source = resolve(import.meta.dirname, '../src/service-worker/sw.ts');

/** Beside what the page loads first: what is needed to say that there is no network, and to read what the device keeps. */
const needed = [
  /\/ui\/src\/offline\/(Unreachable|OfflineRecord|KeepFresh)\.tsx$/,
  /\/ui\/src\/locales\/\w+\/(ui|offline|lock)\.json$/,
];

/** `first` are ends of the paths of the modules that the first page needs. */
export const serviceWorker = (base: string, first: readonly string[]): Plugin => ({
  name: 'service-worker',
  apply: 'build',
  buildStart() {
    this.emitFile({ type: 'chunk', id: source, fileName: 'sw.js' });
  },
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js'];
    if (worker?.type !== 'chunk') throw new Error('The service worker was not built.');
    // A worker of the kind every browser starts cannot import.
    if (worker.imports.length > 0) throw new Error('The service worker is not one file.');
    const files = shellOf(bundle, first);
    const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16);
    const shell = JSON.stringify({ version, base, files });
    worker.code = `const SHELL = ${shell};\n${worker.code}`;
  },
});

const shellOf = (bundle: Bundle, first: readonly string[]): readonly string[] => {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
  const roots = chunks.filter(
    ({ isEntry, fileName, facadeModuleId }) =>
      (isEntry && fileName !== 'sw.js') ||
      needed.some((pattern) => pattern.test(facadeModuleId ?? '')) ||
      first.some((end) => inEnglish(facadeModuleId)?.endsWith(end)),
  );
  const found = new Set<string>();
  for (const { fileName } of roots) gather(bundle, fileName, found);
  return [...found].sort();
};

/** The texts of the first page are needed in every language. */
const inEnglish = (path: string | null): string | undefined =>
  path?.replace(/\/locales\/\w+\//, '/locales/en/');

/** A chunk, what it imports at once, and the styles of all of them. */
const gather = (bundle: Bundle, fileName: string, found: Set<string>): void => {
  const chunk = bundle[fileName];
  if (found.has(fileName) || chunk?.type !== 'chunk') return;
  found.add(fileName);
  for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
  for (const imported of chunk.imports) gather(bundle, imported, found);
};
