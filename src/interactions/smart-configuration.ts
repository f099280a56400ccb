// SMART configuration: the document apps read before they start. "SHALL … application/json, regardless of the Accept header."
// https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html

import type { Handler } from './types.ts';

export const smartConfiguration: Handler = (_request, _permit, context) =>
  Promise.resolve({
    status: 200,
    text: JSON.stringify(context.smartConfiguration),
    isWhole: true,
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
  });
