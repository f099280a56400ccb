// Settings: how the clinician's app signs in: alone, where it finds patients itself, or out of an EHR, where one is open.

import type { AppSettings } from '@meridian/ui/session/launch.ts';

export const settings: AppSettings = {
  name: 'clinician',
  firstTexts: ['clinician', 'day'],
  scope: 'openid fhirUser online_access user/*.cruds',
  ehrScope: 'launch openid fhirUser online_access user/*.cruds',
};
