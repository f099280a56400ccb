// Registry: which search parameters exist on which type, and the compiled extraction of their values.

import type { Resource } from '../fhir/resource.ts';
import type { SearchParameter } from '../fhir/definitions/types.ts';
import type { Entry } from './entry.ts';

export interface Registry {
  /** The parameters of a type that the server really searches by; the CapabilityStatement lists exactly these. */
  parameters(type: string): ReadonlyMap<string, SearchParameter>;
  parameter(type: string, code: string): SearchParameter | undefined;
  /**
   * All index values of a resource, `Resource._compartment` included. `base` makes absolute references to us local. What a
   * Consent is found by depends on who keeps it.
   */
  extract(resource: Resource, custodian?: string): readonly Entry[];
}
