// What one row of the table of operations says.
// https://hl7.org/fhir/R4/operations.html

import type { Handler } from '../interactions/types.ts';

export interface Operation {
  /** With its dollar sign: `$everything`. */
  readonly name: string;
  /** Canonical url of its OperationDefinition. */
  readonly definition: string;
  readonly levels: readonly ('system' | 'type' | 'instance')[];
  /** The resource types it is defined on; absent means every type. */
  readonly types?: readonly string[];
  /** An operation that changes something is refused by GET. */
  readonly affectsState: boolean;
  readonly handler: Handler;
}
