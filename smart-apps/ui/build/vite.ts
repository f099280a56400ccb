// Vite: how each app is built, said once. An app's own configuration is its name.
// https://vite.dev/config/

import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/** The app is served below `/apps/<name>/`; what is not changed in place carries a hash of its content in its name. */
export const appConfig = (name: string): UserConfig => ({
  base: `/apps/${name}/`,
  root: resolve(import.meta.dirname, `../../${name}`),
  plugins: [react()],
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
    rolldownOptions: { onLog: sayWhatMatters },
  },
});

type OnLog = (
  level: string,
  log: { readonly code?: string },
  say: (level: never, log: never) => void,
) => void;

/** Components carry a directive for servers that render them, of which there is none here. */
const sayWhatMatters: OnLog = (level, log, say) => {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') say(level as never, log as never);
};
