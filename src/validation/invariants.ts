// Invariants: a constraint's FHIRPath expression evaluated on one element.
// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.constraint

import type { Element } from '../fhir/path/element.ts';
import type { Issue } from '../fhir/problem.ts';
import { pathOf, type Place } from './place.ts';
import type { Invariant } from './rules.ts';

export interface Surroundings {
  /** The resource the element is in. */
  readonly resource: Element;
  /** The resource around it, when that one is contained. */
  readonly root: Element;
}

/** An issue when the expression says false. What cannot be decided (an empty result) and what cannot be run is let pass. */
export const checkInvariant = (
  invariant: Invariant,
  place: Place,
  focus: readonly Element[],
  surroundings: Surroundings,
): Issue | undefined => {
  if (evaluate(invariant, focus, surroundings) !== false) return undefined;
  const { key, human, severity } = invariant.constraint;
  const at = pathOf(place);
  return {
    severity,
    code: 'invariant',
    diagnostics: `${at} breaks ${key}: ${human}`,
    expression: [at],
  };
};

const evaluate = (
  { path }: Invariant,
  focus: readonly Element[],
  { resource, root }: Surroundings,
): unknown => {
  try {
    const result = path()(focus, resource, root);
    return result.length === 1 ? result[0]?.value : undefined;
  } catch {
    return undefined;
  }
};
