// Delete: by id or by criteria that find at most one. What is not there is deleted already.
// https://hl7.org/fhir/R4/http.html#delete

import type { Permit } from '../access/permit.ts';
import { outcomeOf } from '../fhir/outcome.ts';
import { invalid } from '../fhir/problem.ts';
import { isId } from '../fhir/reference.ts';
import type { Expect, Version } from '../store/port.ts';
import { versionHeaders } from './answers.ts';
import { commit } from './commit.ts';
import { checkIfMatch, findOne } from './conditional.ts';
import { locateToWrite } from './locate.ts';
import { criteriaOf, keyOf, typeOf } from './parts.ts';
import { preferredReturn } from './prefer.ts';
import { prepareDelete } from './prepare.ts';
import { retryConflicts } from './retry.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from './types.ts';

// The export cannot be named as the file is: `delete` is a word of the language.
export const remove: Handler = async (request, permit, context) => {
  const key = keyOf(request);
  if (!isId(key.id)) throw invalid(`'${key.id}' is not an id.`, 'id');
  return retryConflicts(async () => {
    const current = await locateToWrite(key, 'delete', permit, context);
    checkIfMatch(request.headers['if-match'], key, current);
    if (!current || current.deleted) return deleted(request);
    return removeVersion({ request, current }, permit, context);
  });
};

/** `DELETE [type]?criteria`. */
export const conditionalRemove: Handler = async (request, permit, context) => {
  const type = typeOf(request);
  return retryConflicts(async () => {
    const { plan, match } = await findOne(criteriaOf(request), permit, context);
    if (!match) return deleted(request);
    const expect: Expect = { op: 'only', plan, key: { type, id: match.id } };
    return removeVersion({ request, current: match, expect: [expect] }, permit, context);
  });
};

interface Removal {
  readonly request: FhirRequest;
  readonly current: Version;
  readonly expect?: readonly Expect[];
}

const removeVersion = async (
  { request, current, expect = [] }: Removal,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const { version, change } = await prepareDelete(current, permit, context, { expect });
  await commit([change], request, permit, context);
  return deleted(request, version);
};

const deleted = (request: FhirRequest, version?: Version): FhirResponse => {
  const headers = version ? versionHeaders(version) : {};
  const shown = version ? [version] : [];
  if (preferredReturn(request.headers['prefer']) !== 'OperationOutcome')
    return { status: 204, headers, shown };
  const diagnostics = version ? 'The resource was deleted.' : 'There was nothing to delete.';
  const outcome = outcomeOf([{ severity: 'information', code: 'informational', diagnostics }]);
  return { status: 200, headers, text: JSON.stringify(outcome), isWhole: true, shown };
};
