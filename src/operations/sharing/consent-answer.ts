// consent-answer: 201 with the Consent that was made.

import { versionHeaders } from '../../interactions/answers.ts';
import type { FhirRequest, FhirResponse } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';

export const consentAnswer = (consent: Version, { base }: FhirRequest): FhirResponse => ({
  status: 201,
  text: consent.text,
  headers: {
    ...versionHeaders(consent),
    location: `${base}/Consent/${consent.id}/_history/${consent.version}`,
  },
  shown: [consent],
});
