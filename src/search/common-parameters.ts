// common-parameters: the parameters of every resource that look at what the store itself keeps.
// https://hl7.org/fhir/R4/search.html#all

import { invalid } from '../fhir/problem.ts';
import { nearest } from '../fhir/nearest.ts';
import { unescape } from './escape.ts';
import { everything, not, nothing, or, type Plan } from './plan.ts';
import type { Scope } from './search-dependencies.ts';
import { readDateComparison } from './values/date.ts';

interface CommonParameter {
  readonly modifiers: readonly string[];
  readonly read: (values: readonly string[], modifier: string, scope: Scope) => Plan;
}

export const isCommonParameter = (code: string): boolean => Object.hasOwn(commonParameters, code);

/** Throws a 400 for a modifier that the parameter does not take. */
export const resolveCommon = (
  code: string,
  modifier: string,
  values: readonly string[],
  scope: Scope,
): Plan => {
  const parameter = commonParameters[code]!;
  if (modifier !== '' && !parameter.modifiers.includes(modifier))
    throw invalid(
      `Parameter '${code}' takes no modifier ':${modifier}', only ${parameter.modifiers.map((each) => `:${each}`).join(', ') || 'none'}.`,
    );
  if (modifier === 'missing') return isMissing(values.join(','), code) ? nothing : everything;
  return parameter.read(values, modifier, scope);
};

/** Reads the value of `:missing`. */
export const isMissing = (value: string, code: string): boolean => {
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalid(`'${code}:missing' is true or false, not '${value}'.`);
};

const readIds = (values: readonly string[], modifier: string): Plan => {
  const plan: Plan = { op: 'id', ids: values.map(unescape) };
  return modifier === 'not' ? not(plan) : plan;
};

const readUpdated = (values: readonly string[], _modifier: string, { now }: Scope): Plan =>
  or(
    ...values.map((value): Plan => ({
      op: 'updated',
      ...readDateComparison(value, '_lastUpdated', now),
    })),
  );

const readTypes = (values: readonly string[], _modifier: string, scope: Scope): Plan => ({
  op: 'type',
  types: values.map((value) => readType(value, scope.definitions.resourceTypes)),
});

/** Throws a 400 for what is no resource type. */
export const readType = (text: string, known: readonly string[]): string => {
  if (known.includes(text)) return text;
  const meant = nearest(text, known);
  throw invalid(
    `'${text}' is not a resource type${meant === undefined ? '.' : `; did you mean '${meant}'?`}`,
  );
};

const commonParameters: Readonly<Record<string, CommonParameter>> = {
  _id: { modifiers: ['not', 'missing'], read: readIds },
  _lastUpdated: { modifiers: ['missing'], read: readUpdated },
  _type: { modifiers: [], read: readTypes },
};
