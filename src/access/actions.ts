// Actions: what the Consents by which a proxy stands for a patient let the proxy do: everything, unless they say what.
// https://terminology.hl7.org/CodeSystem-consentaction.html

import { isObject, listOf } from '../fhir/resource.ts';
import { nothing } from '../search/plan.ts';
import type { Version } from '../store/port.ts';
import type { Permit, Right } from './permit.ts';

export type Allows = (right: Right) => boolean;

/** Each Consent gives what it says; together they give what any of them gives. */
export const allowedBy = (consents: readonly Version[]): Allows => {
  const said = consents.map(actionsOf);
  if (said.some((actions) => actions.length === 0)) return everyRight;
  const actions = new Set(said.flat());
  return (right) => actionsFor[right].some((action) => actions.has(action));
};

export const everyRight: Allows = () => true;

const looking = ['access', 'use', 'disclose'];
const actionsFor: Readonly<Record<Right, readonly string[]>> = {
  ...{ read: looking, search: looking },
  ...{ create: ['collect'], update: ['correct'], delete: ['correct'] },
};

/** Codes of consentaction; none where it says nothing of actions. */
export const actionsOf = ({ text }: Pick<Version, 'text'>): readonly string[] => {
  const { provision } = JSON.parse(text) as { readonly provision?: unknown };
  const action = isObject(provision) ? provision['action'] : undefined;
  // What is said in words alone, or in codes of somebody else, allows none of this.
  return listOf(action).flatMap(({ coding }) => {
    const codes = listOf(coding).filter(({ system }) => system === actionSystem);
    return codes.length === 0 ? ['unknown'] : codes.map(({ code }) => String(code));
  });
};

const actionSystem = 'http://terminology.hl7.org/CodeSystem/consentaction';

/** The permit without the rights that are not allowed. */
export const narrowed = (permit: Permit, allows: Allows): Permit =>
  allows === everyRight
    ? permit
    : {
        ...permit,
        filter: (type, right) => (allows(right) ? permit.filter(type, right) : nothing),
        allows: (right, type) => allows(right) && permit.allows(right, type),
        covers: async (resource, right, writing) =>
          allows(right) && (await permit.covers(resource, right, writing)),
      };
