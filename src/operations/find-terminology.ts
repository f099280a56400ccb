// Finds the value set or code system an operation is about: the instance, a canonical, or the resource that was sent.
// https://hl7.org/fhir/R4/valueset-operation-expand.html

import type { CanonicalResource } from '../fhir/definitions/types.ts';
import { gone, invalid, notFound } from '../fhir/problem.ts';
import { locate } from '../interactions/locate.ts';
import type { Context, FhirRequest } from '../interactions/types.ts';
import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { and, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import { readCodeSystem } from '../terminology/code-system.ts';
import type { CodeSystem, ValueSet } from '../terminology/types.ts';
import { readJson, readText, type Inputs } from './parameters.ts';

export interface Call {
  readonly request: FhirRequest;
  readonly permit: Permit;
  readonly context: Context;
  readonly inputs: Inputs;
}

/** Throws 400 when it is named in no way or in several, 404 when it is not here. */
export const findValueSet = async (call: Call): Promise<ValueSet> => {
  const { request, context, inputs } = call;
  const { terminology } = context;
  checkOneSource(call, ['url', 'context', 'valueSet']);
  if (request.id !== undefined) return terminology.compile(await readInstance(call));
  const sent = readJson(inputs, 'valueSet');
  if (sent) return terminology.compile(sent as CanonicalResource);
  const of = readText(inputs, 'context');
  const url = of === undefined ? readText(inputs, 'url') : boundValueSet(of, context);
  const canonical = withVersion(url ?? '', readText(inputs, 'valueSetVersion'));
  const valueSet = await terminology.valueSet(canonical);
  if (!valueSet || (await isHidden('ValueSet', canonical, call)))
    throw notFound('ValueSet', canonical);
  return valueSet;
};

/** `undefined` when neither instance, url nor resource is given: then the coding's own system is meant. */
export const findCodeSystem = async (
  call: Call,
  names: { readonly url: string; readonly resource?: string },
): Promise<CodeSystem | undefined> => {
  const { request, inputs } = call;
  checkAtMostOneSource(call, [
    names.url,
    ...(names.resource === undefined ? [] : [names.resource]),
  ]);
  if (request.id !== undefined) return readCodeSystem(await readInstance(call));
  const sent = names.resource === undefined ? undefined : readJson(inputs, names.resource);
  if (sent) return readCodeSystem(sent as CanonicalResource);
  const url = readText(inputs, names.url);
  return url === undefined
    ? undefined
    : needCodeSystem(withVersion(url, readText(inputs, 'version')), call);
};

/** Throws 404 when it is not here. */
export const needCodeSystem = async (
  canonical: string,
  call: Pick<Call, 'permit' | 'context'>,
): Promise<CodeSystem> => {
  const system = await call.context.terminology.codeSystem(canonical);
  if (!system || (await isHidden('CodeSystem', canonical, call)))
    throw notFound('CodeSystem', canonical);
  return system;
};

/** Definitions are about nobody, but a granular scope may leave out some that are stored here. */
const isHidden = async (
  type: 'ValueSet' | 'CodeSystem',
  canonical: string,
  { permit, context: { store, definitions } }: Pick<Call, 'permit' | 'context'>,
): Promise<boolean> => {
  if (permit.filter(type, 'read').op === 'everything') return false;
  const [uri = ''] = canonical.split('|', 1);
  const params = valueParams(type, 'url', definitions);
  const stored: Plan = and(
    { op: 'type', types: [type] },
    { op: 'uri', params, match: 'equals', uri },
  );
  const [all, visible] = await Promise.all(
    [stored, restrict(stored, [type], permit, 'read')].map((plan) => store.resources.count(plan)),
  );
  return all !== visible;
};

const withVersion = (url: string, version: string | undefined): string =>
  version === undefined || url.includes('|') ? url : `${url}|${version}`;

const checkOneSource = (call: Call, names: readonly string[]): void => {
  if (checkAtMostOneSource(call, names) === 0)
    throw invalid(
      `One of the parameters ${names.join(', ')} is needed, or call it on an instance.`,
    );
};

const checkAtMostOneSource = ({ request, inputs }: Call, names: readonly string[]): number => {
  const given = names.filter((name) => inputs.has(name));
  const count = given.length + (request.id === undefined ? 0 : 1);
  if (count > 1)
    throw invalid(
      request.id === undefined
        ? `Only one of the parameters ${given.join(', ')} may be given.`
        : `Called on an instance, ${given.join(', ')} must not be given.`,
    );
  return count;
};

const readInstance = async ({ request, permit, context }: Call): Promise<CanonicalResource> => {
  const { type = '', id = '' } = request;
  const version = await locate({ type, id }, permit, context);
  if (!version) throw notFound(type, id);
  if (version.deleted) throw gone(type, id);
  return JSON.parse(version.text) as CanonicalResource;
};

/** `http://hl7.org/fhir/StructureDefinition/Observation#Observation.status`: the value set that element is bound to. */
const boundValueSet = (context: string, { definitions }: Context): string => {
  const path = context.slice(context.lastIndexOf('#') + 1).replace(/^.*\//, '');
  const dot = path.lastIndexOf('.');
  const type = definitions.types.get(path.slice(0, Math.max(dot, 0)));
  const name = path.slice(dot + 1);
  const element = type?.elements.get(name) ?? type?.properties.get(name)?.element;
  if (!element?.binding)
    throw invalid(
      `The context '${context}' names no element with a value set, such as
      http://hl7.org/fhir/StructureDefinition/Observation#Observation.status.`.replace(/\s+/g, ' '),
    );
  return element.binding.valueSet;
};
