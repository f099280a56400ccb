// What the rest of the server asks of terminology: over HL7's own definitions and those stored here.
// https://hl7.org/fhir/R4/terminology-service.html

import type { CanonicalResource } from '../fhir/definitions/types.ts';
import type { Coding } from '../fhir/resource.ts';

/** Finds a definitional resource by canonical (`url` or `url|version`): first those stored, then HL7's. */
export type FindCanonical = (url: string) => Promise<CanonicalResource | undefined>;

export interface Terminology {
  /**
   * All codes of a value set. undefined when it is not known here or cannot be enumerated (SNOMED CT, BCP-47, …): then
   * nobody can say whether a code is in it.
   */
  expand(valueSet: string): Promise<readonly Coding[] | undefined>;
  /** undefined when nobody here can say. A coding without system is compared by code alone. */
  contains(valueSet: string, coding: Coding): Promise<boolean | undefined>;
  /** The code itself and everything under it; undefined when the code system is not here. */
  below(system: string, code: string): Promise<readonly string[] | undefined>;
  /** The code itself and everything above it. */
  above(system: string, code: string): Promise<readonly string[] | undefined>;
}
