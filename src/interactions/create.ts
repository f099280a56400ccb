// Create: a new resource under an id the server gives; with If-None-Exist only when nothing matches the criteria.
// https://hl7.org/fhir/R4/http.html#create

import type { Permit } from '../access/permit.ts';
import type { Document } from '../fhir/resource.ts';
import { writeResponse } from './answers.ts';
import { commit } from './commit.ts';
import { findOne } from './conditional.ts';
import { bodyOf, typeOf } from './parts.ts';
import { prepare } from './prepare.ts';
import { retryConflicts } from './retry.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from './types.ts';

export const create: Handler = async (request, permit, context) => {
  const document = bodyOf(request);
  const published = await context.publish?.(request, permit, context);
  if (published) return published;
  return retryConflicts(() => createOnce({ request, document }, permit, context));
};

interface Creation {
  readonly request: FhirRequest;
  readonly document: Document;
  /** Staged bytes of a Binary. */
  readonly adopts?: readonly string[];
  /** Given by the server; without it a new one. */
  readonly id?: string;
}

/** One try, which throws Conflict when another writer made what the criteria find. */
export const createOnce = async (
  { request, document, adopts = [], id }: Creation,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const type = typeOf(request);
  const criteria = request.headers['if-none-exist'];
  const found =
    criteria === undefined
      ? undefined
      : await findOne({ type, criteria, base: request.base }, permit, context);
  if (found?.match) return writeResponse(request, { status: 200, version: found.match });

  const { version, change, also, issues } = await prepare(
    {
      ...{ type, document, adopts, method: 'POST', id: id ?? context.newId() },
      expect: found ? [{ op: 'none', plan: found.plan }] : [],
    },
    permit,
    context,
  );
  await commit([change, ...also], request, permit, context);
  return writeResponse(request, { status: 201, version, issues });
};
