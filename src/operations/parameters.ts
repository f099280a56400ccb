// What goes into an operation and comes out of it: query or Parameters body read by a table, answers built as Parameters.
// https://hl7.org/fhir/R4/operations.html#request

import type { FhirRequest, FhirResponse } from '../interactions/types.ts';
import { invalid, notSupported } from '../fhir/problem.ts';
import { answerParameters } from '../fhir/query.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { nearest } from '../fhir/nearest.ts';

/** One `in` parameter of an operation. */
export interface InputParameter {
  readonly name: string;
  /** A data type (`uri`, `Coding`, `boolean`), or `Resource` or a resource type for `parameter.resource`. */
  readonly type: string;
  /** Several values may come; otherwise a second one is refused. */
  readonly repeats?: true;
}

/** Values by parameter name, in the order sent; primitives are strings, numbers and booleans, the rest is JSON. */
export type Inputs = ReadonlyMap<string, readonly unknown[]>;

/**
 * The input of an operation, from the query and, of a POST, the body: a Parameters resource, or the one resource the
 * operation takes. Throws a `Problem` for what the table does not know.
 */
export const readInputs = (request: FhirRequest, table: readonly InputParameter[]): Inputs => {
  const inputs = new Map<string, unknown[]>();
  const add = (parameter: InputParameter, value: unknown): void => {
    const values = inputs.get(parameter.name);
    if (!values) inputs.set(parameter.name, [value]);
    else if (parameter.repeats) values.push(value);
    else
      throw invalid(`Parameter '${parameter.name}' was sent more than once; it takes one value.`);
  };
  for (const [name, text] of request.query) {
    if (answerParameters.has(name)) continue;
    const parameter = lookUp(name, table);
    add(parameter, fromText(parameter, text));
  }
  for (const [parameter, value] of bodyValues(request, table)) add(parameter, value);
  return inputs;
};

export const readText = (inputs: Inputs, name: string): string | undefined =>
  inputs.get(name)?.[0] as string | undefined;

export const readTexts = (inputs: Inputs, name: string): readonly string[] =>
  (inputs.get(name) ?? []) as readonly string[];

export const readNumber = (inputs: Inputs, name: string): number | undefined =>
  inputs.get(name)?.[0] as number | undefined;

export const readFlag = (inputs: Inputs, name: string): boolean | undefined =>
  inputs.get(name)?.[0] as boolean | undefined;

/** A complex value (`Coding`, `CodeableConcept`) or a resource. */
export const readJson = (
  inputs: Inputs,
  name: string,
): Readonly<Record<string, unknown>> | undefined =>
  inputs.get(name)?.[0] as Readonly<Record<string, unknown>> | undefined;

/** An output parameter as FHIR writes it: `{ name: 'result', valueBoolean: true }`. */
export interface OutputParameter {
  readonly name: string;
  readonly part?: readonly OutputParameter[];
  readonly extension?: readonly { readonly url: string; readonly valueString: string }[];
  readonly [value: `value${string}`]: unknown;
}

/** 200 with a Parameters resource; entries that are undefined are left out. */
export const answerWith = (parameters: readonly (OutputParameter | undefined)[]): FhirResponse =>
  answer({
    resourceType: 'Parameters',
    parameter: parameters.filter((each) => each !== undefined),
  });

export const answer = (resource: Resource): FhirResponse => ({
  status: 200,
  text: JSON.stringify(resource),
});

const numberTypes = new Set(['integer', 'positiveInt', 'unsignedInt', 'decimal']);

const isResourceType = ({ type }: InputParameter): boolean =>
  /^[A-Z]/.test(type) && !complexTypes.has(type);

const complexTypes = new Set([
  'Coding',
  'CodeableConcept',
  'Meta',
  'Identifier',
  'Reference',
  'Period',
  'BackboneElement',
]);

const lookUp = (name: string, table: readonly InputParameter[]): InputParameter => {
  const found = table.find((parameter) => parameter.name === name);
  if (found) return found;
  const names = table.map((parameter) => parameter.name);
  const close = nearest(name, names);
  const remedy =
    close === undefined ? `it takes ${names.join(', ') || 'none'}.` : `did you mean '${close}'?`;
  throw invalid(`Parameter '${name}' is not known to this operation; ${remedy}`);
};

const fromText = (parameter: InputParameter, text: string): unknown => {
  const { name, type } = parameter;
  if (isResourceType(parameter) || complexTypes.has(type))
    throw invalid(`Parameter '${name}' is a ${type}: send it by POST in a Parameters resource.`);
  if (type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw invalid(`Parameter '${name}' must be true or false, not '${text}'.`);
  }
  if (numberTypes.has(type)) return checkNumber(parameter, text === '' ? NaN : Number(text));
  if (text === '') throw invalid(`Parameter '${name}' has no value.`);
  return text;
};

const checkNumber = ({ name, type }: InputParameter, value: number): number => {
  const least = type === 'positiveInt' ? 1 : type === 'unsignedInt' ? 0 : -Infinity;
  const isFine = type === 'decimal' ? Number.isFinite(value) : Number.isSafeInteger(value);
  if (isFine && value >= least) return value;
  throw invalid(`Parameter '${name}' must be a number of type ${type}.`);
};

const bodyValues = (
  { body, json, method }: FhirRequest,
  table: readonly InputParameter[],
): readonly (readonly [InputParameter, unknown])[] => {
  if (method !== 'POST') return [];
  if (!body) {
    if (json === undefined) return [];
    throw invalid('The body must be a Parameters resource.');
  }
  const { plain } = body;
  const own = table.find(({ type }) => type === plain.resourceType || type === 'Resource');
  if (plain.resourceType !== 'Parameters') {
    if (own && isResourceType(own)) return [[own, body.plain]];
    throw invalid(`The body must be a Parameters resource, not a ${plain.resourceType}.`);
  }
  const entries: unknown = plain['parameter'] ?? [];
  if (!Array.isArray(entries))
    throw invalid('Parameters.parameter must be an array.', 'Parameters.parameter');
  return entries.map((entry, place) =>
    bodyValue(entry, `Parameters.parameter[${String(place)}]`, table),
  );
};

const bodyValue = (
  entry: unknown,
  path: string,
  table: readonly InputParameter[],
): readonly [InputParameter, unknown] => {
  if (!isObject(entry) || typeof entry['name'] !== 'string')
    throw invalid('A parameter must be an object with a name.', path);
  const parameter = lookUp(entry['name'], table);
  if (isResourceType(parameter)) return [parameter, resourceOf(entry, parameter, path)];
  const key = Object.keys(entry).find((each) => each.startsWith('value'));
  if (key === undefined)
    throw invalid(`Parameter '${parameter.name}' has no value[x] of type ${parameter.type}.`, path);
  return [parameter, checkValue(parameter, entry[key], `${path}.${key}`)];
};

const resourceOf = (
  entry: Readonly<Record<string, unknown>>,
  { name, type }: InputParameter,
  path: string,
): unknown => {
  const resource = entry['resource'];
  if (!isObject(resource) || typeof resource['resourceType'] !== 'string')
    throw invalid(`Parameter '${name}' must hold a resource.`, path);
  if (type !== 'Resource' && resource['resourceType'] !== type)
    throw invalid(`Parameter '${name}' takes a ${type}, not a ${resource['resourceType']}.`, path);
  return resource;
};

/** The JSON kind is checked, not the exact primitive type: a url sent as valueString does no harm. */
const checkValue = (parameter: InputParameter, value: unknown, path: string): unknown => {
  const { name, type } = parameter;
  if (numberTypes.has(type)) return checkNumber(parameter, typeof value === 'number' ? value : NaN);
  const isRight = complexTypes.has(type)
    ? isObject(value)
    : type === 'boolean'
      ? typeof value === 'boolean'
      : typeof value === 'string' && value !== '';
  if (!isRight) throw invalid(`Parameter '${name}' must be a ${type}.`, path);
  return value;
};

/** For a parameter the specification defines and this server does not serve. */
export const refuse = (inputs: Inputs, names: readonly string[]): void => {
  for (const name of names)
    if (inputs.has(name))
      throw notSupported(`Parameter '${name}' is not supported by this server.`);
};
