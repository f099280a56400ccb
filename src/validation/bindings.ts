// Bindings: codes where the definition requires one of a value set.
// https://hl7.org/fhir/R4/terminologies.html#strength

import { nearest } from '../fhir/nearest.ts';
import type { Issue } from '../fhir/problem.ts';
import { isObject, type Coding } from '../fhir/resource.ts';
import type { LocalTerminology } from '../terminology/types.ts';
import type { Membership } from '../terminology/types.ts';
import { pathOf, shorten, type Place } from './place.ts';
import type { Binding } from './rules.ts';

/** A code that waits for its value set to be loaded. */
export interface Waiting {
  readonly binding: Binding;
  readonly place: Place;
}

/** Checks at once when the value set is loaded; otherwise it is left to `checkWaiting`. */
export const checkBinding = (
  binding: Binding,
  place: Place,
  terminology: LocalTerminology,
): Waiting | Misfit | undefined => {
  if (binding.generation !== terminology.generation()) return { binding, place };
  return judge(binding, place);
};

/** Coded elements whose code is not in the value set, to be described by `describeMisfit`. */
export interface Misfit extends Waiting {
  readonly codings: readonly Coding[];
}

/** Loads what is missing and gives those that do not fit. */
export const checkWaiting = async (
  waiting: readonly Waiting[],
  terminology: LocalTerminology,
): Promise<readonly Misfit[]> => {
  const bindings = new Set(waiting.map(({ binding }) => binding));
  for (const binding of bindings) await loadBinding(binding, terminology);
  return waiting.flatMap(({ binding, place }) => judge(binding, place) ?? []);
};

const loadBinding = async (binding: Binding, terminology: LocalTerminology): Promise<void> => {
  const generation = terminology.generation();
  const valueSet = await terminology.valueSet(binding.valueSet);
  binding.membership = valueSet?.contains;
  binding.generation = generation;
};

const judge = (binding: Binding, place: Place): Misfit | undefined => {
  const { membership } = binding;
  if (!membership) return undefined;
  const { value } = place;
  if (typeof value === 'string')
    return membership({ code: value }) === false
      ? { binding, place, codings: [{ code: value }] }
      : undefined;
  if (!isObject(value)) return undefined;
  const codings = place.type === 'CodeableConcept' ? codingsOf(value) : [value as Coding];
  return fits(codings, value, membership) ? undefined : { binding, place, codings };
};

const codingsOf = (concept: Readonly<Record<string, unknown>>): readonly Coding[] =>
  Array.isArray(concept['coding']) ? concept['coding'].filter(isObject) : [];

/** "At least one of the codings": none at all does not fit either, unless an extension says why. */
const fits = (
  codings: readonly Coding[],
  value: Readonly<Record<string, unknown>>,
  membership: Membership,
): boolean => {
  const coded = codings.filter(({ code }) => typeof code === 'string');
  if (coded.length === 0) return 'extension' in value || codings.length > 0;
  return coded.some((coding) => membership(coding) !== false);
};

const mostListed = 15;

export const describeMisfit = async (
  { binding, place, codings }: Misfit,
  terminology: LocalTerminology,
): Promise<Issue> => {
  const valueSet = await terminology.valueSet(binding.valueSet);
  const codes = (valueSet?.list() ?? []).map(({ code }) => code);
  const sent = codings.map(({ system, code }) =>
    system ? `${system}|${String(code)}` : String(code),
  );
  const close = sent.length > 0 && codings[0]?.code ? nearest(codings[0].code, codes) : undefined;
  const remedy =
    close !== undefined
      ? ` Did you mean '${close}'?`
      : codes.length > 0 && codes.length <= mostListed
        ? ` It has: ${codes.join(', ')}.`
        : '';
  const what =
    sent.length > 0 ? `'${shorten(sent.join("', '"))}' is` : 'No code is given: it must be';
  const where = sent.length > 0 ? 'not in' : 'one of';
  return {
    severity: 'error',
    code: 'code-invalid',
    diagnostics: `${pathOf(place)}: ${what} ${where} the required value set ${binding.valueSet}.${remedy}`,
    expression: [pathOf(place)],
  };
};
