// create-sharing: what is shared with a caller just now. What there is of Consents is looked up anew when one was written, and
// whose records they open is settled by the store within each query: nothing outlives a revocation.

import type { Sharing } from '../access/reach.ts';
import type { Caller } from '../access/caller.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { nothing, type Plan } from '../search/plan.ts';
import type { ResourceStore } from '../store/port.ts';
import type { Asking, There } from './asking.ts';
import type { Emergency, FindEmergencies } from './emergencies.ts';
import { findThere, nothingThere, rolesOf } from './find-there.ts';
import { createSharedPlan } from './shared-plan.ts';

export interface SharingSources {
  readonly resources: Pick<ResourceStore, 'search'>;
  readonly definitions: Definitions;
  readonly emergencies: FindEmergencies;
  /** The FHIR base: references that begin with it are local. */
  readonly base: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * How often Consents and PractitionerRoles were written; undefined where others write as well, of which this process does not
   * hear in time.
   */
  readonly written?: (() => number) | undefined;
  /** Whether all index values are those of this version: before, labels and denials may not be found. */
  readonly isIndexed?: () => Promise<boolean>;
}

/** Gives the same object as long as the same is shared; undefined when nothing is. Asked for every request. */
export type FindSharing = (caller: Caller) => Promise<Sharing | undefined>;

export const createSharing = (sources: SharingSources): FindSharing => {
  const known = new WeakMap<Caller, Known>();
  return async (caller) => {
    if (!isServed(caller.role)) return undefined;
    const at = Math.floor(sources.now() / 1000) * 1000;
    const before = known.get(caller);
    const [found, emergencies] = await Promise.all([
      lookUp(caller, before, sources),
      caller.role === 'clinician' ? sources.emergencies(caller) : [],
    ]);
    const key = keyFor(found, emergencies, at);
    if (before?.key === key) {
      known.set(caller, { ...before, ...found });
      return before.sharing;
    }
    const sharing = isAny(found.there, emergencies)
      ? sharingOf({ ...askingOf(caller, found), emergencies, at }, sources.definitions)
      : undefined;
    known.set(caller, { ...found, key, sharing });
    return sharing;
  };
};

interface Found {
  readonly written: number | undefined;
  readonly roles: readonly string[];
  readonly there: There;
  /** The same as long as the same is there. */
  readonly mark: string;
}

interface Known extends Found {
  readonly key: string;
  readonly sharing: Sharing | undefined;
}

const isServed = (role: Caller['role']): role is Asking['role'] =>
  role === 'clinician' || role === 'pharmacist' || role === 'system';

const lookUp = async (
  caller: Caller,
  before: Known | undefined,
  sources: SharingSources,
): Promise<Found> => {
  // Asked before looking: what is written meanwhile is looked for the next time.
  const written = sources.written?.();
  if (before && written !== undefined && before.written === written) return before;
  if ((await sources.isIndexed?.()) === false) return notYet;
  const roles = await rolesOf(caller, sources);
  const there = await findThere(askingOf(caller, { roles }), sources);
  return { written, roles, there, mark: JSON.stringify([roles, there]) };
};

const notYet: Found = { written: undefined, roles: [], there: nothingThere, mark: 'not yet' };

const askingOf = <T extends { readonly roles: readonly string[] }>(
  { role, organization, fhirUser, purposes = ordinary }: Caller,
  found: T,
) => ({
  ...found,
  // Only callers that are served come here.
  role: role as Asking['role'],
  organization,
  // A system is no person, whoever runs it.
  persons:
    role !== 'system' && fhirUser?.startsWith('Practitioner/') ? [fhirUser, ...found.roles] : [],
  purposes,
});

/** Whoever does not say why is there to treat. */
const ordinary = ['TREAT'];

const isAny = ({ permits, singles }: There, emergencies: readonly Emergency[]): boolean =>
  permits.organization || permits.person || singles.length > 0 || emergencies.length > 0;

const keyFor = ({ mark, there }: Found, emergencies: readonly Emergency[], at: number): string =>
  isAny(there, emergencies)
    ? JSON.stringify([mark, at, emergencies.map(({ patient }) => patient)])
    : 'nothing';

const sharingOf = (asking: Asking, definitions: Definitions): Sharing => {
  const plan = createSharedPlan(asking, definitions);
  const made = new Map<string, Plan>();
  return {
    also: (type, right) => {
      if (right !== 'read' && right !== 'search') return nothing;
      const found = made.get(type) ?? plan(type);
      made.set(type, found);
      return found;
    },
  };
};
