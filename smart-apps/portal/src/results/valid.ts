// Valid: which Observations are results: neither entered by mistake nor called off before there was one.
// https://hl7.org/fhir/R4/valueset-observation-status.html

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';

export const onlyValid: SearchParameters = { 'status:not': 'entered-in-error,cancelled' };
