// The status of an entry as the specification writes it: `201 Created`.
// https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.response.status

import { STATUS_CODES } from 'node:http';

export const statusText = (status: number): string =>
  `${String(status)} ${STATUS_CODES[status] ?? ''}`.trim();
