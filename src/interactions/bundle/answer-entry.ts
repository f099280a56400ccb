// Answer: what one request of a Bundle was answered, as an entry of the response Bundle.
// https://hl7.org/fhir/R4/http.html#transaction-response

import type { BundleEntry } from '../../fhir/bundle.ts';
import { outcomeOf } from '../../fhir/outcome.ts';
import type { Problem } from '../../fhir/problem.ts';
import type { FhirRequest, FhirResponse, Part } from '../types.ts';
import { entryReturn } from './entry-return.ts';
import { statusText } from './status-text.ts';

/** The headers of the answer become elements; its resource is given where it was asked for. */
export const answerEntry = (
  { status, text, headers = {}, issues = [] }: FhirResponse,
  { method, path, headers: asked, base }: FhirRequest,
): BundleEntry => {
  const isWrite =
    method === 'PUT' || method === 'PATCH' || method === 'DELETE' || isCreate(method, path);
  const wanted = isWrite ? entryReturn(asked['prefer']) : 'representation';
  const location = headers['location'];
  const response = {
    status: statusText(status),
    ...(location === undefined ? {} : { location: withoutBase(location, base) }),
    ...(headers['etag'] === undefined ? {} : { etag: headers['etag'] }),
    ...lastModified(headers['last-modified'], text),
    ...(wanted === 'OperationOutcome' ? { outcome: outcomeOf(issues) } : {}),
  };
  return wanted === 'representation' && text !== undefined && text !== '' && method !== 'HEAD'
    ? { text, response }
    : { response };
};

export const answerProblem = ({ status, issues }: Problem): BundleEntry => ({
  response: { status: statusText(status), outcome: outcomeOf(issues) },
});

/** What the audit keeps of it. */
export const partOf = (
  request: FhirRequest,
  { status, shown }: Pick<FhirResponse, 'status' | 'shown'>,
): Part => ({ request, status, ...(shown ? { shown } : {}) });

const isCreate = (method: string, path: string): boolean =>
  method === 'POST' && !path.includes('/') && !path.startsWith('$');

const withoutBase = (location: string, base: string): string =>
  location.startsWith(`${base}/`) ? location.slice(base.length + 1) : location;

/** The header has whole seconds; the resource, where it is at hand, says the same time exactly. */
const lastModified = (
  header: string | undefined,
  text = '',
): { readonly lastModified?: string } => {
  if (header === undefined) return {};
  const time = Date.parse(header);
  const exact = /"lastUpdated":"([^"]+)"/.exec(text)?.[1] ?? '';
  const isSame = Math.floor(Date.parse(exact) / 1000) * 1000 === time;
  return { lastModified: isSame ? exact : new Date(time).toISOString() };
};
