// The table of operations: the router and the CapabilityStatement read it.
// https://hl7.org/fhir/R4/operations.html

import { expand } from './expand.ts';
import { lookup } from './lookup.ts';
import { subsumes } from './subsumes.ts';
import type { Operation } from './types.ts';
import { validateCodeInCodeSystem, validateCodeInValueSet } from './validate-code.ts';
import { validate } from './validate.ts';

export const operations: readonly Operation[] = [
  validate,
  expand,
  validateCodeInValueSet,
  validateCodeInCodeSystem,
  lookup,
  subsumes,
];
