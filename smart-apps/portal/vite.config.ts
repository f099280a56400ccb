// How this app is built.

import { defineConfig } from 'vite';
import { appConfig } from '../ui/build/vite.ts';

export default defineConfig(
  appConfig('portal', { page: 'home/HomePage.tsx', texts: ['portal', 'home'] }),
);
