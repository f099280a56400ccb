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

/** A property's value with its JSON name: `{ code: 'status', name: 'valueCode', value: 'active' }`. */
export interface ConceptProperty {
  readonly code: string;
  readonly name: string;
  readonly value: unknown;
}

export interface Concept {
  readonly system: string;
  readonly version?: string;
  readonly code: string;
  readonly display?: string;
  readonly definition?: string;
  readonly designation: readonly Readonly<Record<string, unknown>>[];
  readonly properties: readonly ConceptProperty[];
  readonly abstract: boolean;
  readonly inactive: boolean;
}

export interface CodeSystem {
  readonly url: string;
  readonly version?: string;
  readonly name: string;
  readonly resource: CanonicalResource;
  /** Everything the system has is here, so a code that is not here does not exist. */
  readonly isComplete: boolean;
  readonly concepts: ReadonlyMap<string, Concept>;
  /** The concept of a code; a system that is not said to be case sensitive takes any case. */
  find(code: string): Concept | undefined;
  children(code: string): readonly string[];
  parents(code: string): readonly string[];
}

/** Whether the coding is a member; undefined when nobody here can say. Without a system the code alone is compared. */
export type Membership = (coding: Coding) => boolean | undefined;

export interface ValueSet {
  readonly resource: CanonicalResource;
  readonly contains: Membership;
  /** Every member, abstract and inactive ones included; undefined when they cannot be enumerated. */
  readonly list: () => readonly Concept[] | undefined;
  /** Why it cannot be enumerated, in sentences. */
  readonly obstacles: readonly string[];
  /** Canonicals (`url|version`) of the code systems that were used. */
  readonly systems: readonly string[];
}

/** Of a code system that is a grammar or registry: whether the code exists; undefined when it cannot be told. */
export type KnownSystem = (code: string) => boolean | undefined;

/** What the terminology operations and validation ask besides. */
export interface LocalTerminology extends Terminology {
  /** undefined when it is not here. */
  codeSystem(url: string): Promise<CodeSystem | undefined>;
  /** undefined when it is not here. */
  valueSet(url: string): Promise<ValueSet | undefined>;
  /** A value set that came with a request. */
  compile(resource: CanonicalResource): Promise<ValueSet>;
  /** undefined when the system is no grammar or registry known here (UCUM, BCP-47, BCP-13, ISO 4217, ISO 3166). */
  knownSystem(url: string): Promise<KnownSystem | undefined>;
  /** Forgets everything: a stored CodeSystem or ValueSet has changed. */
  invalidate(): void;
  /** Counts the invalidations, for those who keep what they got from here. */
  generation(): number;
}
