// The table of operations: the router and the CapabilityStatement read it.
// https://hl7.org/fhir/R4/operations.html

import type { Operation } from './types.ts';

export const operations: readonly Operation[] = [];
