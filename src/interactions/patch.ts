// Patch: some elements of a resource changed, by JSON Patch or FHIRPath Patch; then everything is as with an update.
// https://hl7.org/fhir/R4/http.html#patch

import type { Permit } from '../access/permit.ts';
import { gone, notFound, Problem } from '../fhir/problem.ts';
import type { Expect, Version } from '../store/port.ts';
import { writeResponse } from './answers.ts';
import { commit } from './commit.ts';
import { checkIfMatch, findOne } from './conditional.ts';
import { locate, locateToWrite } from './locate.ts';
import { criteriaOf, keyOf, typeOf } from './parts.ts';
import { patchVersion } from './patch/patch-version.ts';
import { prepare } from './prepare.ts';
import { retryConflicts } from './retry.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from './types.ts';

export const patch: Handler = async (request, permit, context) => {
  const key = keyOf(request);
  return retryConflicts(async () => {
    const seen = await locate(key, permit, context);
    const current = seen ?? (await locateToWrite(key, 'update', permit, context));
    if (!current) throw notFound(key.type, key.id);
    // Who may change it and not read it does not read it by changing it.
    const asked = seen ? request : withoutRepresentation(request);
    return patchOnce({ request: asked, current }, permit, context);
  });
};

const withoutRepresentation = (request: FhirRequest): FhirRequest => ({
  ...request,
  headers: { ...request.headers, prefer: 'return=minimal' },
});

/** `PATCH [type]?criteria`: 404 when nothing matches, 412 when several do. */
export const conditionalPatch: Handler = async (request, permit, context) => {
  const type = typeOf(request);
  return retryConflicts(async () => {
    const { plan, match } = await findOne(criteriaOf(request), permit, context);
    if (!match) throw nothingMatches(type);
    const expect: Expect = { op: 'only', plan, key: { type, id: match.id } };
    return patchOnce({ request, current: match, expect: [expect] }, permit, context);
  });
};

export const nothingMatches = (type: string): Problem =>
  new Problem(404, [
    { severity: 'error', code: 'not-found', diagnostics: `The criteria match no ${type}.` },
  ]);

interface Patching {
  readonly request: FhirRequest;
  readonly current: Version;
  readonly expect?: readonly Expect[];
}

/** One try; throws Conflict when another writer came between. */
const patchOnce = async (
  { request, current, expect = [] }: Patching,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const { type, id } = current;
  if (current.deleted) throw gone(type, id);
  checkIfMatch(request.headers['if-match'], { type, id }, current);
  const document = await patchVersion(current, request, context);
  const draft = { type, id, document, method: 'PATCH', previous: current, expect } as const;
  const { version, change, also, issues } = await prepare(draft, permit, context);
  await commit([change, ...also], request, permit, context);
  return writeResponse(request, { status: 200, version, issues });
};
