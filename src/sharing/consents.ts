// consents: the Consents in force that carry one of some keys, as a plan.

import { and, nothing, or, type Plan, type TokenLeaf } from '../search/plan.ts';
import { inForceParam, keyParams } from './keys.ts';

export interface Speaking {
  /** Of the organization whose own Consents count besides those of patients. */
  readonly keeper?: string | undefined;
  readonly at: number;
}

export const consentsWith = (keys: readonly string[], speaking: Speaking): Plan => {
  if (keys.length === 0) return nothing;
  const { keeper } = speaking;
  return and(
    or(
      carrying(keyParams.patient, keys),
      keeper === undefined
        ? nothing
        : and({ op: 'custodian', organizations: [keeper] }, carrying(keyParams.organization, keys)),
    ),
    inForce(speaking),
  );
};

export const carrying = (param: string, keys: readonly string[]): TokenLeaf => ({
  ...{ op: 'token', params: [param] },
  any: keys.map((code) => ({ code })),
});

/** A Consent without a period is in force until it is taken back. What begins or ends within the second has done so. */
const inForce = ({ at }: Speaking): Plan => ({
  ...{ op: 'date', params: [inForceParam], prefix: 'ap', low: at + 999, high: at + 1000 },
});
