// Vite: how each app is built, said once. An app's own configuration is its settings.
// https://vite.dev/config/

import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';
import type { AppSettings } from '../src/session/launch.ts';
import { preloadFirst } from './preload-first.ts';
import { serviceWorker } from './service-worker.ts';

/**
 * The app is served below `/apps/<name>/`; what is not changed in place carries a hash of its content in its name. `page` is
 * the one that most people open, below the app's `src`.
 */
export const appConfig = ({ name, firstTexts }: First, page: string): UserConfig => ({
  base: `/apps/${name}/`,
  root: resolve(import.meta.dirname, `../../${name}`),
  plugins: [
    react(),
    preloadFirst(`/apps/${name}/`, modulesOf(name, page, firstTexts)),
    serviceWorker(`/apps/${name}/`, modulesOf(name, page, firstTexts)),
  ],
  // The SMART library then leaves out what only browsers of before need.
  define: { FHIRCLIENT_PURE: 'true' },
  resolve: {
    // Every browser of today has Web Crypto; the library brings a substitute for those of before.
    alias: { 'isomorphic-webcrypto': resolve(import.meta.dirname, '../src/session/web-crypto.ts') },
  },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onLog: sayWhatMatters,
      output: { codeSplitting: { groups: groupsOf(name, page) } },
    },
  },
});

type First = Pick<AppSettings, 'name' | 'firstTexts'>;

const modulesOf = (name: string, page: string, texts: readonly string[]): readonly string[] => [
  `/${name}/src/${page}`,
  '/ui/src/locales/en/ui.json',
  ...texts.map((namespace) => `/${name}/src/locales/en/${namespace}.json`),
];

/** Few files instead of fifty: on a phone's network each costs more than its bytes. What is in a group brings its imports with it. */
const groupsOf = (name: string, page: string) => [
  {
    ...{ name: 'vendor', priority: 2 },
    test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@tanstack)\//,
  },
  {
    ...{ name: 'first', priority: 1 },
    // The components beside `main`, and the first page.
    test: (id: string) =>
      id.endsWith(`/${name}/src/${page}`) || new RegExp(`/${name}/src/[A-Z]\\w*\\.tsx$`).test(id),
  },
];

type OnLog = (
  level: string,
  log: { readonly code?: string },
  say: (level: never, log: never) => void,
) => void;

/** Components carry a directive for servers that render them, of which there is none here. */
const sayWhatMatters: OnLog = (level, log, say) => {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') say(level as never, log as never);
};
