// What planning a search needs of the rest of the server.

import type { Definitions } from '../fhir/definitions/types.ts';
import type { Query } from '../fhir/query.ts';
import type { Terminology } from '../terminology/types.ts';
import type { Registry } from './registry.ts';

export interface SearchDependencies {
  readonly registry: Registry;
  readonly terminology: Terminology;
  readonly definitions: Definitions;
  /** Identifiers in criteria as they are stored, however they were written. */
  readonly spellIdentifiers?: (query: Query) => { readonly query: Query };
}

/** The limits that planning watches; `platform/config` has them. */
export interface SearchLimits {
  readonly parameters: number;
  readonly orValues: number;
  readonly chain: number;
  readonly page: number;
}

/** One search's surroundings. */
export interface Scope extends SearchDependencies {
  readonly base: string;
  readonly limits: SearchLimits;
  /** Milliseconds since 1970: what `ap` of a date measures from. */
  readonly now: number;
}
