// composite: parameters that look at several values of one element together.
// https://hl7.org/fhir/R4/search.html#composite

import type { Definitions, SearchParameter } from '../fhir/definitions/types.ts';

/** A composite parameter of one type, taken apart; undefined when one of its parts is not known. */
export interface CompositeShape {
  readonly parts: readonly SearchParameter[];
  readonly alternatives: readonly Alternative[];
}

/** One alternative of the composite's expression: the element whose values belong together. */
export type Alternative =
  /** The resource itself: it holds when all parts hold for the ordinary parameters of these codes. */
  | { readonly kind: 'whole'; readonly codes: readonly string[] }
  /** An element that may repeat: each is a tuple of entries under `Type.<host>#0`, `Type.<host>#1`. */
  | {
      readonly kind: 'element';
      readonly context: string;
      readonly expressions: readonly string[];
      /** The composite that bears the entries; several composites may share them (combo-… and component-…). */
      readonly host: string;
    };

export const compositeShape = (
  parameter: SearchParameter,
  type: string,
  definitions: Definitions,
): CompositeShape | undefined => {
  const parts = partsOf(parameter, type, definitions);
  if (parts === undefined) return undefined;
  const siblings = [...definitions.searchParameters(type).values()].filter(
    (sibling) => sibling.type === 'composite' && signatureOf(sibling) === signatureOf(parameter),
  );
  const alternatives = contextsOf(parameter).map((context): Alternative => {
    const host = hostOf(context, parameter, siblings);
    if (context !== type)
      return { kind: 'element', context, expressions: expressionsOf(parameter), host: host.code };
    const hosts = partsOf(host, type, definitions) ?? parts;
    return { kind: 'whole', codes: hosts.map(({ code }) => code) };
  });
  return { parts, alternatives };
};

const partsOf = (
  { components }: SearchParameter,
  type: string,
  definitions: Definitions,
): readonly SearchParameter[] | undefined => {
  const byUrl = new Map(
    [...definitions.searchParameters(type).values()].map((each) => [each.url, each] as const),
  );
  const parts = components.flatMap(({ definition }) => byUrl.get(definition) ?? []);
  return parts.length === components.length && parts.length > 0 ? parts : undefined;
};

const contextsOf = ({ expression }: SearchParameter): readonly string[] => expression.split(' | ');

/** R4 gives the parts of DocumentReference's `relationship` (relatesto, relation) each other's expressions. */
const expressionsOf = ({ url, components }: SearchParameter): readonly string[] => {
  const expressions = components.map(({ expression }) => expression);
  return url.endsWith('/DocumentReference-relationship') ? expressions.toReversed() : expressions;
};

const signatureOf = (parameter: SearchParameter): string => expressionsOf(parameter).join(' $ ');

/** Of the composites that look at the same values of the same element, the one that looks at the fewest others. */
const hostOf = (
  context: string,
  parameter: SearchParameter,
  siblings: readonly SearchParameter[],
): SearchParameter =>
  siblings
    .filter((sibling) => contextsOf(sibling).includes(context))
    .sort((a, b) => contextsOf(a).length - contextsOf(b).length || (a.code < b.code ? -1 : 1))[0] ??
  parameter;
