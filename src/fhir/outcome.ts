// OperationOutcome: issues as the resource that carries them to the client.
// https://hl7.org/fhir/R4/operationoutcome.html

import type { Issue } from './problem.ts';
import type { Resource } from './resource.ts';

/** Without an issue it says so: an OperationOutcome must have at least one. */
export const outcomeOf = (issues: readonly Issue[]): Resource => ({
  resourceType: 'OperationOutcome',
  issue: issues.length > 0 ? issues : [allOk],
});

const allOk: Issue = {
  severity: 'information',
  code: 'informational',
  diagnostics: 'There is nothing to report.',
};
