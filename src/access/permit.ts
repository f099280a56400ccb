// Permit: what the caller of one request may reach, as a plan for what is read and a question for what is written.

import { everything, type Plan } from '../search/plan.ts';
import type { Resource } from '../fhir/resource.ts';

export interface Permit {
  /** Added to every plan that reads resources of this type, before paging. */
  filter(type: string): Plan;
  /** Whether this resource, as it is or as it will be, may be written by the caller. Asked for the old and the new version. */
  covers(resource: Resource): Promise<boolean>;
  /** The Organization the caller acts for: custodian of what is written. */
  readonly custodian?: string;
}

/** The permit of a caller without limits: until sign-in exists, of everyone on this machine. */
export const unrestricted: Permit = {
  filter: () => everything,
  covers: () => Promise.resolve(true),
};
