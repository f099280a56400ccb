// Reach: what a caller's role lets see and write, type by type, before the scopes narrow it.

import type { Definitions } from '../fhir/definitions/types.ts';
import { nothing, or, type Plan } from '../search/plan.ts';
import type { Caller } from './caller.ts';
import { kindOf } from './kinds.ts';
import type { Right } from './permit.ts';
import { recordOf, regionPlan, type Standpoint } from './regions.ts';
import { regionsOf, ruleOf, type Region } from './roles.ts';

/** What consents and emergencies add for one caller to the rules of the role. */
export interface Sharing {
  /** Resources that are open to the caller besides: to read and to search, never to write. */
  also(type: string, right: Right): Plan;
}

/** What the rules go by. */
export type Standing = Pick<Caller, 'role' | 'fhirUser' | 'organization' | 'patient'>;

export interface Reach {
  plan(type: string, right: Right): Plan;
  /** Those of the role's rule that hold anything of the type for this caller. */
  regions(type: string, right: Right): readonly Region[];
  /** What the scopes of a patient's record are about: that record, and what is about nobody. */
  inContext(type: string): Plan;
  /** The elements that an update may change; undefined: all. */
  elements(type: string): readonly string[] | undefined;
  readonly custodian?: string;
}

export const createReach = (
  caller: Standing,
  {
    definitions,
    sharing,
  }: { readonly definitions: Definitions; readonly sharing?: Sharing | undefined },
): Reach => {
  const standpoint = standpointOf(caller, definitions);
  const ruleFor = (type: string) => ruleOf(caller.role, type, kindOf(type))?.rule ?? {};
  const isSome = (region: Region, type: string): boolean =>
    settledElsewhere.has(region) || regionPlan(region, type, standpoint).op !== 'nothing';
  const regions = (type: string, right: Right) =>
    regionsOf(ruleFor(type), right).filter((region) => isSome(region, type));
  const custodian = custodianOf(caller, standpoint);
  return {
    regions,
    plan: (type, right) => {
      const reached = regions(type, right);
      const own = or(...reached.map((each) => regionPlan(each, type, standpoint)));
      // Asked last: most of what is seen is the organization's own.
      return reached.includes('shared') ? or(own, sharing?.also(type, right) ?? nothing) : own;
    },
    inContext: (type) => contextPlan(type, caller.patient ?? standpoint.patient, definitions),
    elements: (type) => ruleFor(type).elements,
    ...(custodian === undefined ? {} : { custodian }),
  };
};

/** Regions that depend on more than the caller. */
const settledElsewhere: ReadonlySet<Region> = new Set<Region>(['attached', 'shared']);

const standpointOf = (caller: Standing, definitions: Definitions): Standpoint => {
  const [type, id] = caller.fhirUser?.split('/') ?? [];
  const isOwn = caller.role === 'patient' && type === 'Patient';
  return {
    // A patient's own record is that of the person who signed in; a proxy's is the one in view.
    patient: isOwn ? id : caller.patient,
    self: caller.fhirUser,
    organization: caller.organization,
    definitions,
  };
};

const custodianOf = (
  { role, organization }: Standing,
  { patient }: Standpoint,
): string | undefined => {
  if (role !== 'patient' && role !== 'proxy') return organization;
  return patient === undefined ? undefined : `Patient/${patient}`;
};

const contextPlan = (type: string, patient: string | undefined, definitions: Definitions): Plan => {
  const kind = kindOf(type);
  if (kind === 'directory' || kind === 'knowledge' || kind === 'attachment')
    return patient === undefined ? nothing : { op: 'everything' };
  return recordOf(patient, type, definitions);
};
