// How this app is built.

import { defineConfig } from 'vite';
import { appConfig } from '../ui/build/vite.ts';
import { settings } from './src/settings.ts';

export default defineConfig(appConfig(settings, 'day/DayPage.tsx'));
