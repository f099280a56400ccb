// What a search parameter type is: how its values are indexed and how a search for them is read.
// https://hl7.org/fhir/R4/search.html#ptypes

import type { Element } from '../../fhir/path/compile.ts';
import type { Terminology } from '../../terminology/types.ts';
import type { Entry, EntryKind } from '../entry.ts';
import type { Plan } from '../plan.ts';

/** One parameter type; each file of this folder but the helpers exports one. */
export interface ValueType {
  /** The kind of its entries: what `:missing` and `_sort` look at. */
  readonly kind: EntryKind;
  /** The entries of one element; [] when the parameter type does not read elements of this type. */
  readonly index: (element: Element, place: Place) => readonly Entry[];
  /** By modifier, '' for none. `:missing` and the negations are the same for all types and live in `resolve`. */
  readonly readers: Readonly<Record<string, Read>>;
}

/** Where an entry belongs. */
export interface Place {
  /** `Patient.name`, `Observation.component-code-value-quantity#0`. */
  readonly param: string;
  /** The composite's tuple, else 0. */
  readonly n: number;
  /** Absolute references below it are to this server's resources. */
  readonly base: string;
}

/**
 * Reads one of the comma separated values, escapes still in it. Throws a 400 when it is not of the type's form. Without a
 * modifier the plan is one leaf or `nothing`, so that a composite can take it as its part.
 */
export type Read = (text: string, question: Question) => Plan | Promise<Plan>;

export interface Question {
  /** The parameter as the client wrote it, for messages. */
  readonly name: string;
  /** `Patient.name`: where to look; several when several types are searched. */
  readonly params: readonly string[];
  /** Of a reference: the types it may point at; [] means any. */
  readonly targets: readonly string[];
  /** Every concrete resource type. */
  readonly resourceTypes: readonly string[];
  /** Of a token: what is known of its elements. */
  readonly elements: TokenElements;
  readonly base: string;
  readonly now: number;
  readonly terminology: Terminology;
}

/** What a token parameter's elements have in common, as far as its expression tells. */
export interface TokenElements {
  /** All are codes or booleans: the systems their value sets imply. undefined: the elements carry their own system. */
  readonly impliedSystems?: readonly string[];
  /** All are contact points or uris: "the presence of the pipe symbol SHALL NOT be used". */
  readonly plain?: boolean;
  /** Some are strings: "If the underlying data type is `string` then the search is not case sensitive". */
  readonly caseless?: boolean;
}
