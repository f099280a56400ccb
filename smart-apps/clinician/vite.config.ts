// How this app is built.

import { defineConfig } from 'vite';
import { appConfig } from '../ui/build/vite.ts';

export default defineConfig(
  appConfig('clinician', { page: 'day/DayPage.tsx', texts: ['clinician'] }),
);
