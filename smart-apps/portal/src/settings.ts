// Settings: how the portal signs in.

import type { AppSettings } from '@meridian/ui/session/launch.ts';

export const settings: AppSettings = {
  name: 'portal',
  firstTexts: ['portal', 'home', 'results'],
  scope: 'launch/patient openid fhirUser online_access patient/*.cruds user/*.rs',
  signUp: '/oauth/sign-up',
};
