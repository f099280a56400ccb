// Applies the patch of a request to a stored version: the resource as it will be, not yet validated.
// https://hl7.org/fhir/R4/http.html#patch

import { documentOf, parseDocument } from '../../fhir/json.ts';
import { businessRule, invalid, notSupported, unsupportedMediaType } from '../../fhir/problem.ts';
import { isObject, type Document, type Resource } from '../../fhir/resource.ts';
import type { Version } from '../../store/port.ts';
import type { Context, FhirRequest } from '../types.ts';
import { applyFhirpathPatch } from './fhirpath-patch.ts';
import { applyJsonPatch } from './json-patch.ts';

/** The body says which patch it is: a Parameters resource is a FHIRPath Patch, `json` a JSON Patch. */
export const patchVersion = async (
  current: Version,
  request: Pick<FhirRequest, 'body' | 'json'>,
  context: Pick<Context, 'definitions' | 'limits'>,
): Promise<Document> => {
  // https://hl7.org/fhir/R4/binary.html#patch
  if (current.type === 'Binary')
    throw notSupported('A Binary cannot be patched; send it anew with PUT.');
  const document = parseDocument(current.text, Infinity);
  const patched = await apply(document, request, context);
  refuseIdentity(document.plain, patched.plain);
  return patched;
};

const apply = async (
  document: Document,
  { body, json }: Pick<FhirRequest, 'body' | 'json'>,
  { definitions, limits }: Pick<Context, 'definitions' | 'limits'>,
): Promise<Document> => {
  if (json !== undefined) {
    const patched = applyJsonPatch(document.exact, json, limits);
    if (isObject(patched) && typeof patched['resourceType'] === 'string')
      return documentOf(patched as Resource);
    throw businessRule('The JSON Patch leaves no resource.');
  }
  if (!body) throw invalid('PATCH needs a body: a JSON Patch, or a FHIRPath Patch as Parameters.');
  if (body.plain.resourceType !== 'Parameters')
    throw unsupportedMediaType(
      `A patch is a JSON Patch (application/json-patch+json) or a Parameters resource, not a ${body.plain.resourceType}.`,
    );
  return applyFhirpathPatch(document, body.exact, definitions, limits);
};

/** What the server gave a resource no patch can change; leaving it out changes nothing. */
const refuseIdentity = (before: Resource, after: Resource): void => {
  const given = [
    ['resourceType', before.resourceType, after.resourceType],
    ['id', before.id, after.id],
    ['meta.versionId', before.meta?.versionId, after.meta?.versionId],
    ['meta.lastUpdated', before.meta?.lastUpdated, after.meta?.lastUpdated],
  ] as const;
  for (const [name, was, is] of given)
    if (is !== undefined && is !== was)
      throw businessRule(`A patch cannot change ${name}.`, `${before.resourceType}.${name}`);
};
