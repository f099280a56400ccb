// Invariants: a constraint's FHIRPath expression evaluated on one element.
// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.constraint

import type { Issue } from '../fhir/problem.ts';
import { pathOf, type Place } from './place.ts';
import type { Invariant } from './rules.ts';

/** An issue when the expression says false. What cannot be decided (an empty result) and what cannot be run is let pass. */
export const checkInvariant = (
  { constraint, path }: Invariant,
  place: Place,
  resource: Place,
): Issue | undefined => {
  const outcome = evaluate(path, place, resource);
  if (outcome !== false) return undefined;
  const { key, human, severity } = constraint;
  const at = pathOf(place);
  return {
    severity,
    code: 'invariant',
    diagnostics: `${at} breaks ${key}: ${human}`,
    expression: [at],
  };
};

const evaluate = (path: Invariant['path'], place: Place, resource: Place): unknown => {
  try {
    const result = path()([{ value: place.value, type: place.type }], {
      value: resource.value,
      type: resource.type,
    });
    return result.length === 1 ? result[0]?.value : undefined;
  } catch {
    return undefined;
  }
};
