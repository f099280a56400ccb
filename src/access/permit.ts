// Permit: what the caller of one request may reach, as a plan for what is read and a question for what is written.

import type { Resource } from '../fhir/resource.ts';
import type { Entry } from '../search/entry.ts';
import type { World } from '../search/match.ts';
import { everything, nothing, type Plan } from '../search/plan.ts';
import type { Caller } from './caller.ts';

/**
 * The letters of SMART's scopes. `read` is read, vread and the history of an instance; `search` is search and the history of
 * a type or the system; `update` is patch as well.
 * https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources
 */
export type Right = 'create' | 'read' | 'update' | 'delete' | 'search';
export type WriteRight = Exclude<Right, 'read' | 'search'>;

/** What is known of a resource that is about to be written. */
export interface Writing {
  readonly entries: readonly Entry[];
  /** By which request; PUT may create under the right to update. */
  readonly method?: 'POST' | 'PUT' | 'PATCH';
  /** Who will be its custodian. */
  readonly custodian?: string | undefined;
  /** Text of the version it takes the place of; undefined where it is new. */
  readonly previous?: string | undefined;
  /** What else the same commit writes, as it will be. */
  readonly beside?: World | undefined;
}

export interface Permit {
  /** Whether the caller may do this to any resource of the type at all. If not it is refused aloud (403), before a look. */
  allows(right: Right, type: string): boolean;
  /** The stored resources of this type on which the caller has this right; added to every plan before paging. */
  filter(type: string, right: Right): Plan;
  /** Whether the resource may be written as it will be. What it replaces must meet `filter` of the same right. */
  covers(resource: Resource, right: WriteRight, writing: Writing): Promise<boolean>;
  /** Custodian of what is created: the Organization the caller acts for, or the patient who writes in the own record. */
  readonly custodian?: string;
  /** Absent where nobody asks: the server itself. */
  readonly caller?: Caller;
}

/** The permit of the server itself, without limits. */
export const unrestricted: Permit = {
  allows: () => true,
  filter: () => everything,
  covers: () => Promise.resolve(true),
};

/** For what the server adds to what somebody asked for: without limits, kept by whom it says, and still in the caller's name. */
export const serversPermit = ({ caller, custodian }: InName): Permit => ({
  ...unrestricted,
  ...(custodian === undefined ? {} : { custodian }),
  ...(caller === undefined ? {} : { caller }),
});

interface InName {
  readonly caller?: Caller | undefined;
  readonly custodian?: string | undefined;
}

/** The permit of who has not signed in and asks for what is public. */
export const nobody: Permit = {
  allows: () => false,
  filter: () => nothing,
  covers: () => Promise.resolve(false),
};
