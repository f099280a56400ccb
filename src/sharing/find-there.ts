// find-there: which Consents there are that could share something with somebody, in a few looks at the index.

import type { Caller } from '../access/caller.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { readReference } from '../fhir/reference.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { and, not, nothing, or, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { ResourceStore, Version } from '../store/port.ts';
import type { Asking, ReadConsent, There } from './asking.ts';
import { carrying } from './consents.ts';
import {
  denying,
  everybody,
  anyPurpose,
  keeperParam,
  keyOf,
  keyParams,
  permitting,
  readSharing,
  single,
  typed,
} from './keys.ts';

export interface Looking {
  readonly resources: Pick<ResourceStore, 'search'>;
  readonly definitions: Definitions;
  readonly base: string;
}

/** Consents of a shape of their own that are read for one caller; of more patients such Consents share nothing. */
const mostSingles = 200;

export const findThere = async (
  { organization, persons, purposes }: Pick<Asking, 'organization' | 'persons' | 'purposes'>,
  looking: Looking,
): Promise<There> => {
  const organizations = organization === undefined ? [] : [organization];
  const actors = [...organizations, ...persons];
  const isThere = async (keys: readonly string[]): Promise<boolean> =>
    keys.length > 0 && (await look(withKeys(keys), 1, looking)).length > 0;
  const [ofOrganization, ofPerson, singles] = await Promise.all([
    isThere(organizations.map(permitting)),
    isThere(persons.map(permitting)),
    actors.length === 0 ? [] : look(withKeys(actors.map(single)), mostSingles + 1, looking),
  ]);
  const permits = { organization: ofOrganization, person: ofPerson };
  if (!ofOrganization && !ofPerson && singles.length === 0) return { ...nothingThere, permits };
  const hiding = [anyPurpose, ...purposes].map((purpose) =>
    keyOf({ type: 'deny-data', actor: everybody, named: 'any', purpose }),
  );
  const [everybodyDenied, organizationDenied, personDenied, isTyped, isHiding, keepers] =
    await Promise.all([
      isThere([denying(everybody)]),
      isThere(organizations.map(denying)),
      isThere(persons.map(denying)),
      isThere([...actors, everybody].map(typed)),
      isThere(hiding),
      findKeepers({ actors, hiding }, looking),
    ]);
  const read = singles.slice(0, mostSingles);
  return {
    ...{ permits, typed: isTyped, hiding: isHiding, ...keepers },
    denials: { everybody: everybodyDenied, organization: organizationDenied, person: personDenied },
    singles: read.flatMap((version) => readSingle(version, looking)),
    read: read.map(({ id }) => id),
    isMore: singles.length > mostSingles,
  };
};

export const nothingThere: There = {
  permits: { organization: false, person: false },
  denials: { everybody: false, organization: false, person: false },
  ...{ typed: false, hiding: false, keepers: [], isMoreKeepers: false },
  ...{ singles: [], read: [], isMore: false },
};

/** The active PractitionerRoles of the person in the organization acted for. */
export const rolesOf = async (
  { fhirUser, organization }: Pick<Caller, 'fhirUser' | 'organization'>,
  looking: Looking,
): Promise<readonly string[]> => {
  if (fhirUser?.startsWith('Practitioner/') !== true || organization === undefined) return [];
  const params = (code: string) => valueParams('PractitionerRole', code, looking.definitions);
  const plan = and(
    { op: 'type', types: ['PractitionerRole'] },
    { op: 'reference', params: params('practitioner'), targets: [fhirUser] },
    { op: 'reference', params: params('organization'), targets: [organization] },
    not({ op: 'token', params: params('active'), any: [{ code: 'false' }] }),
  );
  const found = await look(plan, mostRoles, looking);
  return found.map(({ id }) => `PractitionerRole/${id}`);
};

const mostRoles = 50;

/** Organizations that keep Consents about who asks, those first that permit something. */
const findKeepers = async (
  { actors, hiding }: { readonly actors: readonly string[]; readonly hiding: readonly string[] },
  looking: Looking,
): Promise<Pick<There, 'keepers' | 'isMoreKeepers'>> => {
  const opening = actors.flatMap((actor) => [permitting(actor), single(actor)]);
  const closing = [...[...actors, everybody].map(denying), ...hiding];
  const found = await Promise.all([opening, closing].map((keys) => keepersOf(keys, looking)));
  const keepers = [...new Set(found.flat())];
  return { keepers: keepers.slice(0, mostKeepers), isMoreKeepers: keepers.length > mostKeepers };
};

const keepersOf = async (keys: readonly string[], looking: Looking): Promise<readonly string[]> => {
  const plan = and(
    { op: 'type', types: ['Organization'] },
    { op: 'from', params: [keeperParam], plan: carrying(keyParams.organization, keys) },
  );
  const found = await look(plan, mostKeepers + 1, looking);
  return found.map(({ id }) => `Organization/${id}`);
};

/** Each makes the plan of everything that is asked as large again. */
const mostKeepers = 8;

const withKeys = (keys: readonly string[]): Plan =>
  keys.length === 0
    ? nothing
    : or(carrying(keyParams.patient, keys), carrying(keyParams.organization, keys));

const look = async (
  plan: Plan,
  size: number,
  { resources }: Looking,
): Promise<readonly Version[]> => (await resources.search(plan, { sort: [], size })).items;

const readSingle = ({ text, custodian }: Version, { base }: Looking): readonly ReadConsent[] => {
  const consent = JSON.parse(text) as Resource;
  const rule = readSharing(consent, base);
  const { patient } = consent;
  const link = isObject(patient) ? patient['reference'] : undefined;
  const found = typeof link === 'string' ? readReference(link, base) : undefined;
  if (rule === undefined || found?.type !== 'Patient') return [];
  const keeper = custodian?.startsWith('Organization/') === true ? { keeper: custodian } : {};
  return [{ patient: found.id, rule, ...keeper }];
};
