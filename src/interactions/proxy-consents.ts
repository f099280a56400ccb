// proxy-consents: a patient who lets somebody stand for them does so for a time: nobody is a proxy for ever by being forgotten.

import type { Permit } from '../access/permit.ts';
import { businessRule } from '../fhir/problem.ts';
import { isObject, type Resource } from '../fhir/resource.ts';

/** Throws 422 for an active Consent of the patient's own that names a RelatedPerson without an end. */
export const checkProxyConsent = (resource: Resource, { caller }: Permit): void => {
  const { resourceType, status, provision } = resource;
  if (resourceType !== 'Consent' || caller?.role !== 'patient' || status !== 'active') return;
  if (!isObject(provision) || provision['type'] === 'deny' || !namesProxy(provision)) return;
  const { period } = provision;
  if (isObject(period) && period['end'] !== undefined) return;
  throw businessRule(
    'Who stands for you does so until a day you name; it can be made longer later.',
    'Consent.provision.period.end',
  );
};

const namesProxy = ({ actor }: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(actor) && actor.some((each) => isObject(each) && isProxy(each['reference']));

const isProxy = (reference: unknown): boolean =>
  isObject(reference) && /(^|\/)RelatedPerson\//.test(String(reference['reference']));
