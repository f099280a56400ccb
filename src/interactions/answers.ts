// Answers: the headers that go with a version, and what a write gives back.
// https://hl7.org/fhir/R4/http.html#versioning

import { outcomeOf } from '../fhir/outcome.ts';
import type { Issue } from '../fhir/problem.ts';
import type { Version } from '../store/port.ts';
import { shownText } from './binary-bytes.ts';
import { preferredReturn } from './prefer.ts';
import type { FhirRequest, FhirResponse } from './types.ts';

export const versionHeaders = ({ version, at }: Version): Readonly<Record<string, string>> => ({
  etag: `W/"${version}"`,
  'last-modified': new Date(at).toUTCString(),
});

/** The answer of a create or update, shaped by `Prefer: return`. */
export const writeResponse = (
  request: FhirRequest,
  { status, version, issues = [] }: Written,
): FhirResponse => {
  const { type, id } = version;
  const location = `${request.base}/${type}/${id}/_history/${version.version}`;
  // Who sent criteria instead of an id learns here which resource they found.
  const isNews = status === 201 || request.id === undefined;
  const headers = { ...versionHeaders(version), ...(isNews ? { location } : {}) };
  const answer = { status, headers, issues, shown: [version] };
  switch (preferredReturn(request.headers['prefer'])) {
    case 'minimal':
      return answer;
    case 'OperationOutcome':
      return { ...answer, text: JSON.stringify(outcomeOf(issues)), isWhole: true };
    case 'representation':
      return { ...answer, text: shownText(version) };
  }
};

interface Written {
  readonly status: 200 | 201;
  readonly version: Version;
  readonly issues?: readonly Issue[];
}
