// Workplaces: the organizations somebody may work for now: that of the account, and those which say so by a PractitionerRole.
// https://hl7.org/fhir/R4/practitionerrole.html

import type { Definitions } from '../fhir/definitions/types.ts';
import { readReference } from '../fhir/reference.ts';
import { and, not, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { ResourceStore, Version } from '../store/port.ts';
import type { Caller } from './caller.ts';
import { isStaffRole } from './staff.ts';
import type { User } from './user.ts';

export interface Workplace {
  /** `Organization/1` */
  readonly organization: string;
  readonly name: string;
  /** What makes it one: a PractitionerRole, which may end by itself and is asked for each time, or the account. */
  readonly by: 'role' | 'account';
}

export interface WorkplaceSources {
  readonly resources: Pick<ResourceStore, 'search'>;
  readonly definitions: Definitions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type FindWorkplaces = (
  user: Pick<User, 'role' | 'fhirUser' | 'organization'>,
) => Promise<readonly Workplace[]>;

/** Of staff, that of the account first; of everybody else none, and none that is not in service. */
export const createFindWorkplaces =
  (sources: WorkplaceSources & { readonly base: string }): FindWorkplaces =>
  async ({ role, fhirUser, organization: account }) => {
    if (!isStaffRole(role)) return [];
    const [byAccount, engagers] = await Promise.all([
      account === undefined ? undefined : wayOfAccount({ fhirUser, account }, sources),
      fhirUser === undefined ? [] : engagersOf(fhirUser, sources),
    ]);
    const ways = new Map<string, Workplace['by']>();
    if (account !== undefined && byAccount !== undefined) ways.set(account, byAccount);
    for (const each of engagers) if (each !== account) ways.set(each, 'role');
    const names = await namesOf([...ways.keys()], sources);
    return [...ways].flatMap(([organization, by]) => {
      const name = names.get(organization);
      return name === undefined ? [] : [{ organization, name, by }];
    });
  };

/** Whether an organization that is in service says now that this person works for it. */
export const isEngaged = async (
  { fhirUser, organization }: Pick<Caller, 'fhirUser' | 'organization'>,
  sources: WorkplaceSources,
): Promise<boolean> => {
  if (fhirUser === undefined || organization === undefined) return false;
  const here = at(organization, sources);
  const [roles, names] = await Promise.all([
    rolesOf(fhirUser, and(here, inForce(sources)), sources),
    namesOf([organization], sources),
  ]);
  return names.size > 0 && roles.some((role) => countsFor(organization, role));
};

/**
 * The organization of an account counts, unless it has said itself that the work there has ended. Asked on its own: no other
 * organization hides that by writing many roles.
 */
const wayOfAccount = async (
  { fhirUser, account }: { readonly fhirUser: string | undefined; readonly account: string },
  sources: WorkplaceSources,
): Promise<Workplace['by'] | undefined> => {
  if (fhirUser === undefined) return 'account';
  const here = at(account, sources);
  const [now, ever] = await Promise.all([
    rolesOf(fhirUser, and(here, inForce(sources)), sources),
    rolesOf(fhirUser, here, sources),
  ]);
  if (now.some((role) => countsFor(account, role))) return 'role';
  return ever.some((role) => countsFor(account, role)) ? undefined : 'account';
};

const engagersOf = async (
  practitioner: string,
  sources: WorkplaceSources & { readonly base: string },
): Promise<readonly string[]> => {
  const roles = await rolesOf(practitioner, inForce(sources), sources);
  return roles.flatMap((role) => {
    const organization = organizationOf(role, sources.base);
    return organization !== undefined && countsFor(organization, role) ? [organization] : [];
  });
};

/**
 * An organization says itself who works for it, or who administers the network does, for whom no organization keeps what they
 * write. What another organization writes opens nothing.
 */
const countsFor = (organization: string, { custodian = organization }: Version): boolean =>
  custodian === organization;

const rolesOf = async (
  practitioner: string,
  which: Plan,
  { resources, definitions }: WorkplaceSources,
): Promise<readonly Version[]> => {
  const params = valueParams('PractitionerRole', 'practitioner', definitions);
  const plan = and(
    { op: 'type', types: ['PractitionerRole'] },
    { op: 'reference', params, targets: [practitioner] },
    which,
  );
  const { items } = await resources.search(plan, { sort: [], size: mostRoles });
  return items;
};

const mostRoles = 200;

const at = (organization: string, { definitions }: WorkplaceSources): Plan => ({
  ...{ op: 'reference', params: valueParams('PractitionerRole', 'organization', definitions) },
  targets: [organization],
});

/** "Whether this practitioner role record is in active use", and "the period during which the person is authorized to act". */
const inForce = ({ definitions, now }: WorkplaceSources): Plan => {
  const paramsOf = (code: string) => valueParams('PractitionerRole', code, definitions);
  const time = { params: paramsOf('date'), low: now(), high: now() + 1 };
  return and(
    not({ op: 'token', params: paramsOf('active'), any: [{ code: 'false' }] }),
    not({ op: 'date', prefix: 'eb', ...time }),
    not({ op: 'date', prefix: 'sa', ...time }),
  );
};

const organizationOf = ({ text }: Version, base: string): string | undefined => {
  const { organization } = JSON.parse(text) as {
    readonly organization?: { readonly reference?: string };
  };
  const found = readReference(organization?.reference ?? '', base);
  return found?.type === 'Organization' ? `Organization/${found.id}` : undefined;
};

/** Of those in service. */
const namesOf = async (
  organizations: readonly string[],
  { resources, definitions }: WorkplaceSources,
): Promise<ReadonlyMap<string, string>> => {
  if (organizations.length === 0) return new Map();
  const params = valueParams('Organization', 'active', definitions);
  const plan = and(
    { op: 'type', types: ['Organization'] },
    { op: 'id', ids: organizations.map((each) => each.replace('Organization/', '')) },
    not({ op: 'token', params, any: [{ code: 'false' }] }),
  );
  const { items } = await resources.search(plan, { sort: [], size: organizations.length });
  return new Map(
    items.map(({ id, text }) => {
      const { name } = JSON.parse(text) as { readonly name?: string };
      return [`Organization/${id}`, name ?? id] as const;
    }),
  );
};
