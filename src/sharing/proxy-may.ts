// proxy-may: whether a proxy may give others access to the record, and until when: the patient's Consent for the proxy says so by
// the action "disclose". A proxy gives nothing for longer than that Consent lasts.
// https://terminology.hl7.org/CodeSystem-consentaction.html

import { actionsOf } from '../access/actions.ts';
import { standingBy } from '../access/standing.ts';
import type { Caller } from '../access/caller.ts';
import { openHigh, readDateRange } from '../fhir/date.ts';
import { isObject } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';

/** Milliseconds since 1970; undefined when the proxy may not at all. Of several Consents the longest counts. */
export const proxyMayGiveUntil = async (
  { fhirUser = '', patient = '' }: Caller,
  { store, definitions, now }: Pick<Context, 'store' | 'definitions' | 'now'>,
): Promise<number | undefined> => {
  const relation = { id: fhirUser.replace('RelatedPerson/', ''), patient: `Patient/${patient}` };
  const sources = { resources: store.resources, definitions, now };
  const ends = (await standingBy(relation, sources))
    .filter((consent) => actionsOf(consent).includes('disclose'))
    .map(({ text }) => (JSON.parse(text) as { readonly provision?: unknown }).provision)
    .filter(isObject)
    .map(endOf);
  return ends.length === 0 ? undefined : Math.max(...ends);
};

const endOf = ({ period }: Readonly<Record<string, unknown>>): number => {
  const end = isObject(period) ? period['end'] : undefined;
  return typeof end === 'string' ? (readDateRange(end)?.high ?? 0) : openHigh;
};
