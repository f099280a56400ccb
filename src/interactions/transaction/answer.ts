// Answer: the entry of the response Bundle that says what became of a written entry.
// https://hl7.org/fhir/R4/http.html#transaction-response

import type { BundleEntry } from '../../fhir/bundle.ts';
import { outcomeOf } from '../../fhir/outcome.ts';
import { shownText } from '../binary-bytes.ts';
import { entryReturn } from '../bundle/entry-return.ts';
import { statusText } from '../bundle/status-text.ts';
import type { FhirRequest } from '../types.ts';
import type { Written } from './commit.ts';

export const answerWrite = (
  { write, version, issues }: Written,
  request: FhirRequest,
): BundleEntry => {
  const asked = entryReturn(request.headers['prefer']);
  const outcome = asked === 'OperationOutcome' ? { outcome: outcomeOf(issues) } : {};
  if (!version) return { response: { status: statusText(204), ...outcome } };
  const { type, id } = version;
  const response = {
    status: statusText(version.deleted ? 204 : isNew(write) ? 201 : 200),
    ...(version.deleted ? {} : { location: `${type}/${id}/_history/${version.version}` }),
    etag: `W/"${version.version}"`,
    lastModified: new Date(version.at).toISOString(),
    ...outcome,
  };
  const fullUrl = `${request.base}/${type}/${id}`;
  const isShown = asked === 'representation' && !version.deleted;
  return isShown ? { fullUrl, text: shownText(version), response } : { response };
};

const isNew = ({ kind, previous }: Written['write']): boolean =>
  kind === 'put' && (!previous || previous.deleted);
