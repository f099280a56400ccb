// FHIRPath as functions: compiled once to closures over typed values, for search parameters and invariants.
// https://hl7.org/fhir/R4/fhirpath.html

import type { Definitions } from '../definitions/types.ts';
import { buildPath } from './build.ts';
import type { Run, Scope } from './compiled.ts';
import { element, none, type Element, type Elements } from './element.ts';
import { Unsupported } from './error.ts';
import { fallbackFor } from './fallback.ts';
import { modelOf } from './model.ts';
import { parsePath } from './parse.ts';

export type { Element } from './element.ts';

/**
 * Evaluates over the focus. `resource` is %resource, the resource (perhaps a contained one) the focus is in; `rootResource`
 * is what contains it, else the same. May throw PathError: several items where one may be, values that cannot be compared.
 */
export type Path = (focus: Elements, resource: Element, rootResource?: Element) => Elements;

/** Throws PathError when the expression is wrong: its grammar, a type, variable or number of parameters. */
export const compilePath = (expression: string, definitions: Definitions): Path => {
  const syntax = parsePath(expression);
  const model = modelOf(definitions);
  const fallback = fallbackFor(expression);
  const run = buildOrLeave(() => buildPath(syntax, model));
  if (run === undefined)
    return (focus, resource, root = resource) => toFhirTypes(fallback(focus, resource, root));
  return (focus, resource, rootResource = resource) => {
    try {
      return toFhirTypes(run(focus, scopeFor(focus, resource, rootResource)));
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      return toFhirTypes(fallback(focus, resource, rootResource));
    }
  };
};

const buildOrLeave = (build: () => Run): Run | undefined => {
  try {
    return build();
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
};

const scopeFor = (focus: Elements, resource: Element, rootResource: Element): Scope => ({
  resource,
  rootResource,
  context: focus,
  fixed: undefined,
  self: focus,
  index: 0,
  total: none,
});

const systemTypes: Readonly<Record<string, string>> = {
  'System.Boolean': 'boolean',
  'System.String': 'string',
  'System.Integer': 'integer',
  'System.Decimal': 'decimal',
  'System.Date': 'date',
  'System.DateTime': 'dateTime',
  'System.Time': 'time',
  'System.Quantity': 'Quantity',
};

// What an expression computes is given the FHIR type that holds such a value, so that callers know one set of types.
const toFhirTypes = (items: Elements): Elements => {
  for (const { type } of items)
    if (type.charCodeAt(6) === 46 && type in systemTypes)
      return items.map((item) =>
        element(item.value, systemTypes[item.type] ?? item.type, item.companion),
      );
  return items;
};
