// The desk: registration, check-in, reports by health ID, doubts about identity, and availability of a hospital's staff.

import { openApp } from '@meridian/ui/open-app.tsx';
import { createAppTheme } from '@meridian/ui/theme.ts';
import { Desk, pages } from './Desk.tsx';
import { settings } from './settings.ts';

await openApp({
  settings,
  theme: createAppTheme('violet'),
  texts: import.meta.glob('./locales/*/*.json'),
  pages,
  children: <Desk />,
});
