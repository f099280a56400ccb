// Mistyped: the server warns of a health ID whose check digit does not fit. That is arithmetic and tells of nobody.

import type { Bundle, FhirResource } from 'fhir/r4';

export const isMistyped = ({ entry = [] }: Bundle<FhirResource>): boolean =>
  entry.some(
    ({ resource, search }) =>
      search?.mode === 'outcome' &&
      resource?.resourceType === 'OperationOutcome' &&
      resource.issue.some(({ severity, code }) => severity === 'warning' && code === 'value'),
  );
