// The portal: a person's own health record, or the record of somebody they care for.

import { openApp } from '@meridian/ui/open-app.tsx';
import { createAppTheme } from '@meridian/ui/theme.ts';
import { Portal, pages } from './Portal.tsx';
import { settings } from './settings.ts';

await openApp({
  settings,
  theme: createAppTheme('teal'),
  texts: import.meta.glob('./locales/*/*.json'),
  pages,
  children: <Portal />,
});
