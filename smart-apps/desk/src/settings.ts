// Settings: how the desk's app signs in.

import type { AppSettings } from '@meridian/ui/session/launch.ts';

export const settings: AppSettings = {
  name: 'desk',
  firstTexts: ['desk', 'day'],
  scope: 'openid fhirUser online_access user/*.cruds',
};
