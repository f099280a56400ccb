// Authorize: what the caller's scopes grant, within the reach of the caller's role, as the permit of a request.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import { parseJson } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Entry } from '../search/entry.ts';
import type { Stored } from '../search/match.ts';
import { and, everything, nothing, or, type Plan } from '../search/plan.ts';
import type { Registry } from '../search/registry.ts';
import { simplify } from '../search/rewrite/simplify.ts';
import type { SearchDependencies, SearchLimits } from '../search/search-dependencies.ts';
import type { ResourceStore } from '../store/port.ts';
import { narrowed } from './actions.ts';
import { attached, inItsContext } from './attached.ts';
import type { Caller } from './caller.ts';
import { changesOnly } from './changes-only.ts';
import { meets } from './meets.ts';
import { namesOnly, refersOnly } from './named.ts';
import { nobody, type Permit, type Right, type WriteRight, type Writing } from './permit.ts';
import { createReach, type Reach, type Sharing } from './reach.ts';
import { contextsOf } from './scopes/deciding.ts';
import { parseScopes } from './scopes/parse.ts';
import { planScopes, type Grants } from './scopes/plan.ts';
import { standingOf } from './standing.ts';

export interface AccessSources extends SearchDependencies {
  readonly resources: Pick<ResourceStore, 'search'>;
  readonly registry: Registry;
  readonly base: string;
  readonly limits: SearchLimits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Asked for every request: what is shared ends when a consent does. The same object stands for the same. */
  readonly sharing?: (caller: Caller) => Promise<Sharing | undefined>;
}

export type Authorize = (caller: Caller) => Promise<Permit>;

/**
 * A permit is kept with its caller for a short while: `authenticate` gives the same caller for the same token, and what a value
 * set named by a granular scope holds may change meanwhile.
 */
export const createAuthorize = (sources: AccessSources): Authorize => {
  const known = new WeakMap<Caller, Kept>();
  return async (caller) => {
    // Whom a proxy stands for is asked each time: a consent that is taken back ends it at once.
    const allows = await standingOf(caller, sources);
    if (!allows) return { ...nobody, caller };
    const sharing = await sources.sharing?.(caller);
    const found = known.get(caller);
    const now = sources.now();
    const grants = found && found.until > now ? found : await grantsFor(caller, sources);
    if (found === grants && found.sharing === sharing) return narrowed(found.permit, allows);
    const permit = permitFor(caller, grants.grants, sharing, sources);
    known.set(caller, { ...grants, permit, sharing });
    return narrowed(permit, allows);
  };
};

interface Granted {
  readonly grants: Grants;
  readonly until: number;
}
interface Kept extends Granted {
  readonly permit: Permit;
  readonly sharing: Sharing | undefined;
}

const keptMilliseconds = 60_000;

const grantsFor = async (caller: Caller, sources: AccessSources): Promise<Granted> => {
  const now = sources.now();
  const scopes = parseScopes(caller.scopes, sources.definitions);
  const grants = await planScopes(scopes, { ...sources, now });
  return { grants, until: now + keptMilliseconds };
};

const permitFor = (
  caller: Caller,
  grants: Grants,
  sharing: Sharing | undefined,
  sources: AccessSources,
): Permit => {
  const { definitions } = sources;
  const reach = createReach(caller, { definitions, sharing });
  // Who is shown a file by a consent keeps it by no resource of their own: it would stay open when the consent ends.
  const own = sharing === undefined ? reach : createReach(caller, { definitions });
  let nameable: Plan | undefined;
  const rights: Rights = {
    granted: grantedBy(grants, caller, reach),
    ...{ reach, sources },
    nameable: () => (nameable ??= simplify(nameableBinaries(own, sources))),
  };
  const filter = createFilter(rights);
  const { custodian } = reach;
  return {
    caller,
    ...(custodian === undefined ? {} : { custodian }),
    filter,
    allows: (right, type) => filter(type, right).op !== 'nothing',
    covers: (resource, right, writing) => {
      const { resourceType } = resource;
      const isUpsert = right === 'create' && writing.method === 'PUT';
      const plan = or(
        filter(resourceType, right),
        isUpsert ? createdByUpdate(resourceType, rights) : nothing,
      );
      return covers({ resource, right, writing }, plan, rights);
    },
  };
};

/**
 * "Note that some servers allow for an update operation to create a new instance, and this is allowed by the update scope": the
 * scope to update, in the reach to create.
 */
const createdByUpdate = (type: string, { granted, reach }: Rights): Plan =>
  and(granted(type, 'update'), reach.plan(type, 'create'));

interface Rights {
  readonly granted: (type: string, right: Right) => Plan;
  readonly reach: Reach;
  readonly sources: AccessSources;
  /** Binaries that a resource of the caller may refer to. */
  readonly nameable: () => Plan;
}

const grantedBy = (grants: Grants, caller: Caller, reach: Reach): Rights['granted'] => {
  const contexts = contextsOf(caller.role);
  return (type, right) =>
    or(
      ...contexts.map((context) =>
        and(
          grants(context, type, right),
          context === 'patient' ? reach.inContext(type) : everything,
        ),
      ),
    );
};

/** Plans that are the same are one object, so that types that are seen alike can be told. */
const createFilter = (rights: Rights): Permit['filter'] => {
  const known = new Map<string, Plan>();
  const same = new Map<string, Plan>();
  const share = (plan: Plan): Plan => {
    const text = JSON.stringify(plan);
    const found = same.get(text) ?? plan;
    same.set(text, found);
    return found;
  };
  const filter: Permit['filter'] = (type, right) => {
    const key = `${right} ${type}`;
    const found = known.get(key);
    if (found) return found;
    const plan = share(
      simplify(
        type === 'Binary'
          ? ofBinaries(right, filter, rights)
          : and(rights.granted(type, right), rights.reach.plan(type, right)),
      ),
    );
    known.set(key, plan);
    return plan;
  };
  return filter;
};

/** Reading what a resource refers to needs the right to that resource; everything else needs the right to Binaries. */
const ofBinaries = (
  right: Right,
  filter: Permit['filter'],
  { granted, reach, sources: { definitions } }: Rights,
): Plan => {
  const reached = reach.plan('Binary', right);
  const own = and(granted('Binary', right), reached);
  if (reached.op === 'everything' || right === 'create') return own;
  const others = definitions.resourceTypes.filter((type) => type !== 'Binary');
  const visible = (type: string): Plan => filter(type, 'read');
  const isAttached = reach.regions('Binary', right).includes('attached')
    ? attached(others, visible)
    : nothing;
  const seen = or(own, right === 'search' ? and(granted('Binary', right), isAttached) : isAttached);
  return and(seen, inItsContext(others, visible));
};

interface Asked {
  readonly resource: Resource;
  readonly right: WriteRight;
  readonly writing: Writing;
}

const covers = async (
  { resource, right, writing }: Asked,
  plan: Plan,
  { reach, sources, nameable }: Rights,
): Promise<boolean> => {
  const { resources, now } = sources;
  const { entries, custodian, beside, previous } = writing;
  const around = { resources, beside };
  const stored: Stored = {
    ...{ type: resource.resourceType, id: resource.id ?? '', at: now(), entries },
    ...(custodian === undefined ? {} : { custodian }),
  };
  const visible = (type: string): Plan =>
    type === 'Binary' ? nameable() : reach.plan(type, 'read');
  const elements = reach.elements(stored.type);
  if (elements && right === 'update' && previous !== undefined) {
    const { plain } = parseJson(previous, Infinity);
    if (!changesOnly(elements, resource, plain as Resource)) return false;
  }
  const naming = { ...stored, entries: newlyNaming(entries, previous, sources.registry) };
  return (
    (await meets(plan, stored, around)) &&
    (await namesOnly(naming, 'Patient', reach.plan('Patient', 'read'), around)) &&
    (await namesOnly(naming, 'Binary', nameable(), around)) &&
    (stored.type !== 'Provenance' ||
      (await refersOnly(stored, 'Provenance.target', visible, around))) &&
    // What a Consent hides from everybody is found by the Consent alone: it must be its writer's to hide.
    (stored.type !== 'Consent' || (await refersOnly(naming, 'Consent.data', visible, around)))
  );
};

/**
 * Whoever may change a resource may leave in it whom it is about, where that stands: a laboratory corrects the report that it
 * filed by health ID, though it does not see the Patient. Named in another place, it means something else.
 */
const newlyNaming = (
  entries: Writing['entries'],
  previous: string | undefined,
  registry: Registry,
): Writing['entries'] => {
  if (!previous) return entries;
  const before = registry.extract(parseJson(previous, Infinity).plain as Resource);
  const named = new Set(before.flatMap(placeOf));
  return entries.filter((entry) => !placeOf(entry).some((place) => named.has(place)));
};

const placeOf = (entry: Entry): readonly string[] =>
  entry.kind === 'reference' ? [`${entry.param} ${entry.target}`] : [];

/** Those the caller may read anyway, and those the caller brought in. */
const nameableBinaries = (reach: Reach, { definitions }: AccessSources): Plan => {
  const own = reach.plan('Binary', 'read');
  if (own.op === 'everything') return own;
  const others = definitions.resourceTypes.filter((type) => type !== 'Binary');
  const visible = (type: string): Plan => reach.plan(type, 'read');
  const seen = reach.regions('Binary', 'read').includes('attached')
    ? attached(others, visible)
    : nothing;
  const brought: Plan =
    reach.custodian === undefined ? nothing : { op: 'custodian', organizations: [reach.custodian] };
  return or(own, seen, brought);
};
