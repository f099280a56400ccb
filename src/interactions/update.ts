// Update: a new version of a resource, or its first under the id the client chose; by id or by search criteria.
// https://hl7.org/fhir/R4/http.html#update

import type { Permit } from '../access/permit.ts';
import { conflict, invalid } from '../fhir/problem.ts';
import { isId } from '../fhir/reference.ts';
import type { Document } from '../fhir/resource.ts';
import type { Expect, Version } from '../store/port.ts';
import { writeResponse } from './answers.ts';
import { commit } from './commit.ts';
import { checkIfMatch, checkIfNoneMatch, findOne } from './conditional.ts';
import { bodyOf, criteriaOf, keyOf, typeOf } from './parts.ts';
import { checkReach, prepare, rightOf } from './prepare.ts';
import { retryConflicts } from './retry.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from './types.ts';

export const update: Handler = async (request, permit, context) => {
  const { type, id } = keyOf(request);
  const document = bodyOf(request);
  checkId(id, document);
  return retryConflicts(async () => {
    const [previous] = await context.store.resources.read([{ type, id }]);
    return writeOver({ request, document, id, previous }, permit, context);
  });
};

/** `PUT [type]?criteria`: updates the one match; without a match it creates. */
export const conditionalUpdate: Handler = async (request, permit, context) => {
  const type = typeOf(request);
  const document = bodyOf(request);
  return retryConflicts(async () => {
    const { plan, match } = await findOne(criteriaOf(request), permit, context);
    const sent = document.plain.id;
    if (match) {
      if (sent !== undefined && sent !== match.id)
        throw invalid(`The criteria find ${type}/${match.id}, the body has id '${sent}'.`, 'id');
      const expect: Expect = { op: 'only', plan, key: { type, id: match.id } };
      const over = { request, document, id: match.id, previous: match, expect: [expect] };
      return writeOver(over, permit, context);
    }
    const expect: Expect = { op: 'none', plan };
    if (sent === undefined)
      return writeOver(
        { request, document, id: context.newId(), expect: [expect] },
        permit,
        context,
      );
    checkId(sent, document);
    const [previous] = await context.store.resources.read([{ type, id: sent }]);
    if (previous) await checkReach(previous, rightOf(previous), permit, context);
    if (previous && !previous.deleted)
      throw conflict(`${type}/${sent} is there already, and the criteria do not find it.`);
    return writeOver({ request, document, id: sent, previous, expect: [expect] }, permit, context);
  });
};

interface Overwrite {
  readonly request: FhirRequest;
  readonly document: Document;
  readonly id: string;
  readonly previous?: Version | undefined;
  readonly expect?: readonly Expect[];
  /** Staged bytes of a Binary. */
  readonly adopts?: readonly string[];
}

/** One try; throws Conflict when another writer came between. */
export const writeOver = async (
  { request, document, id, previous, expect = [], adopts = [] }: Overwrite,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const type = typeOf(request);
  // Whether the version before is hidden comes first: a refused precondition would tell that it is there.
  if (previous) await checkReach(previous, rightOf(previous), permit, context);
  checkIfMatch(request.headers['if-match'], { type, id }, previous);
  checkIfNoneMatch(request.headers['if-none-match'], { type, id }, previous);

  const draft = { type, id, document, method: 'PUT', previous, expect, adopts } as const;
  const { version, change, also, issues } = await prepare(draft, permit, context);
  await commit([change, ...also], request, permit, context);
  const status = previous && !previous.deleted ? 200 : 201;
  return writeResponse(request, { status, version, issues });
};

const checkId = (id: string, document: Document): void => {
  const sent = document.plain.id;
  if (!isId(id))
    throw invalid(`'${id}' is not an id: 1 to 64 letters, digits, '-' and '.' make one.`, 'id');
  if (sent === undefined)
    throw invalid(`The body has no id; it must have the address's, '${id}'.`, 'id');
  if (sent !== id)
    throw invalid(
      `The body has id '${sent}' and the address '${id}'; they must be the same.`,
      'id',
    );
};
