// Dispatch: a request to its interaction, and the parts of its answer the client wants. The way back in for a batch's entries.
// https://hl7.org/fhir/R4/http.html#summary

import type { Permit, Right } from '../access/permit.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { parseJson, stringify } from '../fhir/json.ts';
import { nearest } from '../fhir/nearest.ts';
import { invalid } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { elementNames, isElement, subset, type Choice } from '../fhir/subset.ts';
import { checkMay } from '../interactions/may.ts';
import { preferredHandling } from '../interactions/prefer.ts';
import type { Context, FhirRequest, FhirResponse } from '../interactions/types.ts';
import { countLookUp } from './look-up.ts';
import type { Match, Matcher } from './match.ts';

/** Runs a request that is already matched. */
export const run = async (
  matched: Match,
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const { handler, named, interaction } = matched;
  checkAllowed(matched, permit);
  // A choice that is none is refused before anything is written.
  const choice = readChoice(request, context.definitions);
  spend(interaction, request, permit, context);
  // Whoever looks who has looked finds everybody up to now.
  if (named.type === 'AuditEvent') await context.settleAudit?.();
  const response = await countLookUp(request, permit, context, () =>
    handler({ ...request, ...named }, permit, context),
  );
  return choice ? cutDown(response, choice, context.definitions) : response;
};

/** Finds the interaction by method and path alone; type, id and the rest of the request are filled in from the path. */
export const createDispatch =
  (match: Matcher, context: () => Context): Context['dispatch'] =>
  async (request, permit) =>
    run(match(request.method, request.path), request, permit, context());

/** What an interaction on a type needs at the least; conditions and a Bundle's entries ask for themselves. */
const rights: Readonly<Record<string, readonly Right[]>> = {
  read: ['read'],
  vread: ['read'],
  'history-instance': ['read'],
  'search-type': ['search'],
  'search-compartment': ['search'],
  'history-type': ['search'],
  create: ['create'],
  // An update may create; which it is, the write path finds out.
  update: ['update', 'create'],
  patch: ['update'],
  delete: ['delete'],
  // A Binary in the making.
  'upload-offset': ['create'],
  'upload-append': ['create'],
  'upload-cancel': ['create'],
};

const checkAllowed = ({ interaction, right, named: { type } }: Match, permit: Permit): void => {
  const needed = right === undefined ? rights[interaction] : [right];
  if (needed !== undefined && type !== undefined) checkMay(needed, type, permit);
};

const spend = (
  interaction: string,
  { body }: FhirRequest,
  { caller }: Permit,
  { meter }: Context,
): void => {
  if (!meter || !caller) return;
  const entries = body?.plain['type'] === 'transaction' ? body.plain['entry'] : undefined;
  meter.spend(caller, interaction, Array.isArray(entries) ? entries.length : 0);
};

/** Applies `_summary` and `_elements` to an answer that is a resource. */
const cutDown = (
  response: FhirResponse,
  choice: Choice,
  definitions: Definitions,
): FhirResponse => {
  if (response.text === undefined || response.status !== 200 || response.isWhole) return response;
  const { exact } = parseJson(response.text, Infinity);
  const text = stringify(subset(exact as Resource, choice, definitions));
  return { ...response, text };
};

const readChoice = (
  { query, headers }: FhirRequest,
  definitions: Definitions,
): Choice | undefined => {
  if (query.length === 0) return undefined;
  const given = (name: string): string | undefined =>
    query.find(([key, value]) => key === name && value !== '')?.[1];
  const elements = given('_elements')
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (elements && preferredHandling(headers['prefer']) === 'strict')
    checkElements(elements, definitions);
  const summary = given('_summary');
  switch (summary) {
    case undefined:
    case 'false':
    // What a search counts, it leaves out by itself.
    case 'count':
      return elements ? { elements } : undefined;
    case 'true':
    case 'text':
    case 'data':
      return { summary };
    default:
      throw invalid(
        `_summary must be true, text, data, count or false, not '${summary}'.`,
        '_summary',
      );
  }
};

/** A name with a slip in it would leave out what was asked for, without a word. */
const checkElements = (elements: readonly string[], definitions: Definitions): void => {
  const unknown = elements.find((each) => !isElement(each, definitions));
  if (unknown === undefined) return;
  const near = nearest(unknown, elementNames(definitions));
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
  throw invalid(`'${unknown}' in '_elements' is no element of a resource.${hint}`, '_elements');
};
