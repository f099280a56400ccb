// The clinician's app: the day, the record of a patient on one screen, notes, prescriptions and orders.

import { openApp } from '@meridian/ui/open-app.tsx';
import { createAppTheme } from '@meridian/ui/theme.ts';
import { Clinician, pages } from './Clinician.tsx';
import { settings } from './settings.ts';

await openApp({
  settings,
  theme: createAppTheme('indigo'),
  texts: import.meta.glob('./locales/*/*.json'),
  pages,
  children: <Clinician />,
});
