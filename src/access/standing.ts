// Standing: whether a proxy may stand for the patient in view now, and for what: an active RelatedPerson whom an active Consent permits it
// and none denies it. And whether staff still work where they said they do.

import { isObject } from '../fhir/resource.ts';
import { compartmentParam } from '../search/build-registry.ts';
import { and, not, type Plan } from '../search/plan.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { valueParams } from '../search/value-params.ts';
import type { ResourceStore, Version } from '../store/port.ts';
import { allowedBy, everyRight, type Allows } from './actions.ts';
import type { Caller } from './caller.ts';
import { isEngaged } from './workplaces.ts';

export interface StandingSources {
  readonly resources: Pick<ResourceStore, 'search'>;
  readonly definitions: Definitions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const hasStanding = async (caller: Caller, sources: StandingSources): Promise<boolean> =>
  (await standingOf(caller, sources)) !== undefined;

/**
 * What somebody may do by what they stand by, undefined without any. Everyone but a proxy stands for themself; who acts for an
 * organization by a role there has none when it ends.
 */
export const standingOf = async (
  caller: Caller,
  sources: StandingSources,
): Promise<Allows | undefined> => {
  if (caller.role !== 'proxy')
    return !caller.byRole || (await isEngaged(caller, sources)) ? everyRight : undefined;
  const { fhirUser = '', patient } = caller;
  const [type, id] = fhirUser.split('/');
  if (patient === undefined || type !== 'RelatedPerson' || id === undefined) return undefined;
  const consents = await standingBy({ id, patient: `Patient/${patient}` }, sources);
  return consents.length === 0 ? undefined : allowedBy(consents);
};

/**
 * The Consents by which the RelatedPerson stands for the patient now, [] when it does not: those that the patient keeps, and those
 * of who keeps the RelatedPerson. No other hospital says who stands for whom. Deny beats permit, whoever keeps it; a Consent about a
 * part of the record makes nobody stand for the patient.
 */
export const standingBy = async (
  relation: Relation,
  sources: StandingSources,
): Promise<readonly Version[]> => {
  const { resources } = sources;
  const [related, consents] = await Promise.all([
    resources.search(relatedPerson(relation, sources), { sort: [], size: 1 }),
    resources.search(consenting(relation, sources), { sort: [], size: mostConsents + 1 }),
  ]);
  const [person] = related.items;
  const isHidden = consents.items.length > mostConsents;
  if (!person || isHidden || consents.items.some(({ text }) => isDenial(text))) return [];
  const keepers = [relation.patient, person.custodian];
  return consents.items
    .filter(({ custodian }) => keepers.includes(custodian))
    .filter(({ text }) => isWhole(text));
};

/** Among more than so many a denial could be overlooked. */
const mostConsents = 50;

/** What the rule does not say itself, the policy says, as it does where records are shared. */
const isDenial = (text: string): boolean => {
  const { type } = provisionOf(text);
  if (type === 'permit' || type === 'deny') return type === 'deny';
  const policies = policiesOf(text);
  return policies.includes('OPTOUT') && !policies.includes('OPTIN');
};

const policiesOf = (text: string): readonly unknown[] => {
  const { policyRule } = JSON.parse(text) as { readonly policyRule?: unknown };
  const coding = isObject(policyRule) ? policyRule['coding'] : undefined;
  return Array.isArray(coding) ? coding.filter(isObject).map(({ code }) => code) : [];
};

/** Who stands for a patient has the whole record; a Consent about a part of it must not open the rest. */
const isWhole = (text: string): boolean => {
  const provision = provisionOf(text);
  return parts.every((element) => !Object.hasOwn(provision, element));
};

const parts = ['class', 'code', 'data', 'dataPeriod', 'securityLabel', 'provision'] as const;

const provisionOf = (text: string): Readonly<Record<string, unknown>> => {
  const { provision } = JSON.parse(text) as { readonly provision?: unknown };
  return isObject(provision) ? provision : {};
};

interface Relation {
  /** Of the RelatedPerson. */
  readonly id: string;
  readonly patient: string;
}

const relatedPerson = ({ id, patient }: Relation, { definitions }: StandingSources): Plan => {
  const paramsOf = (code: string) => valueParams('RelatedPerson', code, definitions);
  return and(
    { op: 'type', types: ['RelatedPerson'] },
    { op: 'id', ids: [id] },
    { op: 'token', params: paramsOf('active'), any: [{ code: 'true' }] },
    { op: 'reference', params: paramsOf('patient'), targets: [patient] },
  );
};

/** Consents in force in the patient's record that name the RelatedPerson. */
const consenting = ({ id, patient }: Relation, { definitions, now }: StandingSources): Plan => {
  const paramsOf = (code: string) => valueParams('Consent', code, definitions);
  const range = { low: now(), high: now() + 1 };
  const ended: Plan = { op: 'date', params: paramsOf('period'), prefix: 'eb', ...range };
  const toCome: Plan = { op: 'date', params: paramsOf('period'), prefix: 'sa', ...range };
  return and(
    { op: 'type', types: ['Consent'] },
    { op: 'token', params: paramsOf('status'), any: [{ code: 'active' }] },
    { op: 'reference', params: [compartmentParam], targets: [patient] },
    { op: 'reference', params: paramsOf('actor'), targets: [`RelatedPerson/${id}`] },
    not(ended),
    not(toCome),
  );
};
