// Compartments: which parameters of a type put its resources into whose compartment.
// https://hl7.org/fhir/R4/compartmentdefinition.html

import type { Definitions } from './definitions/types.ts';

/** A parameter through which resources of a type come into a compartment: `subject` into Patient. */
export interface Membership {
  readonly compartment: string;
  readonly code: string;
}

/** The codes of the type's parameters that put it into the compartment; [] when it never is in one. */
export const compartmentParameters = (
  definitions: Definitions,
  compartment: string,
  type: string,
): readonly string[] => definitions.compartments.get(compartment)?.get(type) ?? [];

/** Every type that can be in the compartment, sorted, the compartment's own type included. */
export const compartmentTypes = (
  definitions: Definitions,
  compartment: string,
): readonly string[] => {
  const members = definitions.compartments.get(compartment);
  return members === undefined ? [] : [...new Set([compartment, ...members.keys()])].sort();
};

/**
 * All memberships of a type. A reference to Patient/1 in such a parameter puts the resource into compartment Patient/1;
 * besides, a resource always is in the compartment that bears its own name.
 */
export const membershipsOf = (definitions: Definitions, type: string): readonly Membership[] =>
  [...definitions.compartments].flatMap(([compartment, members]) =>
    (members.get(type) ?? []).map((code) => ({ compartment, code })),
  );
