// consents: the Consents in force that carry one of some keys, as a plan.

import { and, nothing, or, type Plan, type TokenLeaf } from '../search/plan.ts';
import { inForceParam, keyParams } from './keys.ts';

export interface Speaking {
  /** Of the organization whose own Consents count besides those of patients; `anyKeeper`: of each. */
  readonly keeper?: string | undefined;
  readonly at: number;
}

export const anyKeeper = '*';

export const consentsWith = (keys: readonly string[], speaking: Speaking): Plan => {
  if (keys.length === 0) return nothing;
  return and(or(carrying(keyParams.patient, keys), keptBy(speaking, keys)), inForce(speaking));
};

const keptBy = ({ keeper }: Speaking, keys: readonly string[]): Plan => {
  if (keeper === undefined) return nothing;
  const kept = carrying(keyParams.organization, keys);
  return keeper === anyKeeper ? kept : and({ op: 'custodian', organizations: [keeper] }, kept);
};

export const carrying = (param: string, keys: readonly string[]): TokenLeaf => ({
  ...{ op: 'token', params: [param] },
  any: keys.map((code) => ({ code })),
});

/** A Consent without a period is in force until it is taken back. What begins or ends within the second has done so. */
const inForce = ({ at }: Speaking): Plan => ({
  ...{ op: 'date', params: [inForceParam], prefix: 'ap', low: at + 999, high: at + 1000 },
});
