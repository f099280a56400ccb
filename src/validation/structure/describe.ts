// Describes a fault that ajv found as an issue: the element by FHIRPath, what is wrong with it and the remedy.
// https://hl7.org/fhir/R4/operationoutcome.html

import type { ErrorObject } from 'ajv';
import type { Definitions, TypeDefinition } from '../../fhir/definitions/types.ts';
import { nearest } from '../../fhir/nearest.ts';
import type { Issue } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { shorten, stepOf } from '../place.ts';
import { looks } from './formats.ts';

/** The issue, and the objects around the fault, from the resource inwards. */
export interface Described {
  readonly issue: Issue;
  readonly around: readonly unknown[];
  /** The value has the wrong JSON kind, so what is said of its surroundings would mean nothing. */
  readonly isKind: boolean;
}

// Of a fault found in a type's own schema ajv overwrites `data` and `schema` on the way up: the value is looked up by path.
export const describe = (
  error: ErrorObject,
  resource: Readonly<Record<string, unknown>>,
  definitions: Definitions,
): Described => {
  const place = locate(error.instancePath, resource, definitions);
  const describer = describers[error.keyword];
  const fault = describer
    ? describer({ error, place, definitions })
    : { code: 'structure', text: `${place.path} is not right: ${error.message ?? error.keyword}.` };
  const { path = place.path, code, text } = fault;
  return {
    issue: { severity: 'error', code, diagnostics: text, expression: [path] },
    around: place.around,
    isKind: error.keyword === 'type' || error.keyword === 'resource',
  };
};

interface Located {
  readonly path: string;
  /** The type of the value there, as far as it is known. */
  readonly type: TypeDefinition | undefined;
  readonly value: unknown;
  readonly around: readonly unknown[];
  /** The element may repeat and this is the list of its values. */
  readonly isList: boolean;
}

/** Follows a JSON pointer from the resource, with the types that are met. */
const locate = (
  pointer: string,
  resource: Readonly<Record<string, unknown>>,
  definitions: Definitions,
): Located => {
  let type = definitions.types.get(String(resource['resourceType']));
  let path = type?.name ?? '';
  let value: unknown = resource;
  let isList = false;
  const around: unknown[] = [resource];
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
    if (isList) path += `[${name}]`;
    else {
      const property = type?.properties.get(name.replace(/^_/, ''));
      path += `.${stepOf(property ? property.element.name.replace(/\[x\]$/, '') : name)}`;
      type = definitions.types.get(name.startsWith('_') ? 'Element' : (property?.type.code ?? ''));
      isList = property !== undefined && property.element.max > 1;
      if (isList) continue;
    }
    isList = false;
    if (isObject(value)) {
      around.push(value);
      if (type?.name === 'Resource') type = definitions.types.get(String(value['resourceType']));
    }
  }
  return { path, type, value, around, isList };
};

interface Case {
  readonly error: ErrorObject;
  readonly place: Located;
  readonly definitions: Definitions;
}

interface Fault {
  readonly code: string;
  readonly text: string;
  readonly path?: string;
}

const describers: Readonly<Record<string, (fault: Case) => Fault>> = {
  additionalProperties: ({ error, place }) => {
    const name = String((error.params as { additionalProperty: unknown }).additionalProperty);
    return unknownProperty(name, place);
  },

  type: ({ error, place }) => wrongKind(error, place),

  format: ({ error, place }) => {
    const type = String((error.params as { format: unknown }).format);
    return badValue(place.path, place.value, type);
  },

  minimum: ({ error, place }) => badValue(place.path, place.value, primitiveOf(error)),
  maximum: ({ error, place }) => badValue(place.path, place.value, primitiveOf(error)),

  minItems: ({ place }) => ({
    code: 'structure',
    text: `${place.path} is an empty array; leave the property out instead.`,
  }),

  const: ({ error, place }) => ({
    code: 'structure',
    text: `${place.path} must be '${String((error.params as { allowedValue: unknown }).allowedValue)}'.`,
  }),

  resource: ({ error, place, definitions }) => {
    const type = String((error.params as { resourceType: unknown }).resourceType);
    if (!isObject(place.value))
      return { code: 'structure', text: `${place.path} must be a resource: an object.` };
    if (type === '') return { code: 'structure', text: `${place.path} must have a resourceType.` };
    const close = nearest(type, definitions.resourceTypes);
    const remedy = close === undefined ? '' : `; did you mean '${close}'?`;
    return {
      code: 'structure',
      text: `${place.path}: '${shorten(type)}' is not a FHIR R4 resource type${remedy || '.'}`,
    };
  },

  shape: ({ error, place }) => {
    const { fault, element } = error.params as { fault: string; element: string };
    return shapeFaults[fault]!(place, element);
  },
};

const primitiveOf = (error: ErrorObject): string =>
  String((error.parentSchema as { primitive?: unknown } | undefined)?.primitive);

const badValue = (path: string, value: unknown, type: string): Fault => ({
  code: 'value',
  text:
    value === ''
      ? `${path} is an empty text; leave the property out instead.`
      : `${path}: ${shorten(JSON.stringify(value))} is no ${type}; it must be ${looks[type] ?? `a ${type}`}.`,
  path,
});

const unknownProperty = (name: string, { path, type }: Located): Fault => {
  const where = type?.name ?? path;
  const names = type ? [...type.properties.keys()] : [];
  const choice = names.find((each) => type?.properties.get(each)?.element.name === `${name}[x]`);
  const close = nearest(name.replace(/^_/, ''), names);
  const remedy =
    name.startsWith('_') && names.includes(name.slice(1))
      ? ': only primitives have one, and this element is none.'
      : choice !== undefined
        ? `; write its type with it, e.g. '${choice}'.`
        : close === undefined
          ? '.'
          : `; did you mean '${close}'?`;
  return {
    code: 'structure',
    text: `Unknown property '${shorten(name)}' in ${where}${remedy}`,
    path: `${path}.${stepOf(name)}`,
  };
};

const wrongKind = (error: ErrorObject, { path, type, value, isList }: Located): Fault => {
  const asked = String((error.params as { type: unknown }).type);
  const schema = error.parentSchema as { primitive?: unknown } | undefined;
  if (asked === 'array')
    return {
      code: 'structure',
      text: `${path} may repeat and must be an array: write [ ] around it.`,
    };
  if (Array.isArray(value) && !isList)
    return { code: 'structure', text: `${path} has at most one value and must not be an array.` };
  if (value === null)
    return { code: 'structure', text: `${path} must not be null; leave the property out instead.` };
  if (typeof schema?.primitive === 'string' && !isObject(value))
    return badValue(path, value, schema.primitive);
  const kind = typeof schema?.primitive === 'string' ? schema.primitive : (type?.name ?? 'value');
  const form = asked === 'object' ? 'an object' : (looks[kind] ?? asked);
  return { code: 'structure', text: `${path} must be a ${kind}: ${form}.` };
};

const shapeFaults: Readonly<Record<string, (place: Located, element: string) => Fault>> = {
  missing: ({ path, type }, element) => ({
    code: 'required',
    text: `${path} must have '${element}', which is required in ${type?.name ?? path}.`,
  }),
  choice: ({ path }, element) => ({
    code: 'structure',
    text: `${path} is given twice: of ${element} only one type may be present.`,
  }),
  empty: ({ path }) => ({
    code: 'invariant',
    text: `${path} is empty; an element must have a value or children (ele-1). Leave it out instead.`,
  }),
  length: ({ path }, element) => ({
    code: 'structure',
    text: `${path}: the arrays '${element}' and '_${element}' must have the same length; fill up with null.`,
  }),
  padding: ({ path }) => ({
    code: 'structure',
    text: `${path} has neither a value nor an extension; null only fills up where the other array has something.`,
  }),
};
