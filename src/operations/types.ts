// What one row of the table of operations says.
// https://hl7.org/fhir/R4/operations.html

import type { Right } from '../access/permit.ts';
import type { Handler } from '../interactions/types.ts';

/** What an operation is asked of; `version` is one version of an instance: `Patient/1/_history/2/$meta`. */
export type Level = 'system' | 'type' | 'instance' | 'version';

export interface Operation {
  /** With its dollar sign: `$everything`. */
  readonly name: string;
  /** Canonical url of its OperationDefinition. */
  readonly definition: string;
  readonly levels: readonly Level[];
  /** The resource types it is defined on; absent means every type. */
  readonly types?: readonly string[];
  /** An operation that changes something is refused by GET. */
  readonly affectsState: boolean;
  /** What the caller must be allowed on the type it is asked of, at the least; absent: nothing. */
  readonly right?: Right;
  /** By GET it answers in a media type of its own, whatever Accept asks for. */
  readonly isOfOwnType?: true;
  readonly handler: Handler;
}
