// $validate: every fault of a resource as an OperationOutcome, without storing it.
// https://hl7.org/fhir/R4/resource-operation-validate.html

import { outcomeOf } from '../fhir/outcome.ts';
import { gone, invalid, notFound, type Issue } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { checkMay } from '../interactions/may.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import type { Permit } from '../access/permit.ts';
import {
  answer,
  readInputs,
  readJson,
  readText,
  readTexts,
  type InputParameter,
} from './parameters.ts';
import type { Operation } from './types.ts';

const parameters: readonly InputParameter[] = [
  { name: 'resource', type: 'Resource' },
  { name: 'mode', type: 'code' },
  { name: 'profile', type: 'uri', repeats: true },
];

const modes = ['create', 'update', 'delete', 'profile'] as const;

/** 200 whatever is found: that the validation was done is the success, what it found is in the outcome. */
const handler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, parameters);
  const mode = readMode(readText(inputs, 'mode'));
  const sent = readJson(inputs, 'resource') as Resource | undefined;
  const stored = request.id === undefined ? undefined : await readStored(request, permit, context);
  if (mode === 'delete') return answer(outcomeOf(checkDelete(request, permit)));

  const resource = sent ?? stored;
  if (!resource)
    throw invalid(
      "A resource is needed: as the body, as parameter 'resource', or by the instance's id.",
    );
  const issues = await context.validate(
    { plain: resource, exact: resource },
    { profiles: readTexts(inputs, 'profile'), depth: 'full' },
  );
  const all = [...checkIdentity(resource, request, mode), ...issues];
  return answer(outcomeOf(all.length > 0 ? all : [allOk]));
};

export const validate: Operation = {
  name: '$validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  levels: ['type', 'instance'],
  affectsState: false,
  handler,
};

type Mode = (typeof modes)[number];

const allOk: Issue = { severity: 'information', code: 'informational', diagnostics: 'All OK' };

const readMode = (text: string | undefined): Mode | undefined => {
  const mode = modes.find((each) => each === text);
  if (text !== undefined && !mode)
    throw invalid(`Parameter 'mode' must be one of ${modes.join(', ')}, not '${text}'.`);
  return mode;
};

const readStored = async (
  { type = '', id = '', body, method }: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<Resource | undefined> => {
  const version = await locate({ type, id }, permit, context);
  // A resource that is to be created by an update need not be there yet.
  if (body && method === 'POST' && (!version || version.deleted)) return undefined;
  if (!version) throw notFound(type, id);
  if (version.deleted) throw gone(type, id);
  return JSON.parse(version.text) as Resource;
};

/** Nothing here forbids a deletion but rights: that of reading the instance was settled before. */
const checkDelete = ({ type = '', id }: FhirRequest, permit: Permit): readonly Issue[] => {
  if (id === undefined)
    throw invalid("Mode 'delete' is for an instance: call it on [type]/[id]/$validate.");
  checkMay(['delete'], type, permit);
  const diagnostics = `${type}/${id} may be deleted.`;
  return [{ severity: 'information', code: 'informational', diagnostics }];
};

/** Type and id must fit the address, as they must when the resource is written. */
const checkIdentity = (
  { resourceType, id }: Resource,
  { type, id: instance }: FhirRequest,
  mode: Mode | undefined,
): readonly Issue[] => {
  const fault = (diagnostics: string, expression: string): Issue => ({
    ...{ severity: 'error', code: 'invalid', diagnostics, expression: [expression] },
  });
  if (type !== undefined && type !== resourceType)
    return [fault(`The resource is a ${resourceType}, the address is of ${type}.`, resourceType)];
  if (instance !== undefined && mode !== 'profile' && mode !== 'create' && id !== instance)
    return [fault(`The id must be '${instance}' as in the address.`, `${resourceType}.id`)];
  return [];
};
