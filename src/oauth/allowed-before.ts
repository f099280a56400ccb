// Allowed before: staff who open an app again out of the EHR are not asked again for what they allowed it in this session.

import { findLaunch } from './launches.ts';
import { userOf, type InteractionSources, type Step } from './interaction-step.ts';
import { isStaff } from './patients.ts';

/** Only of a launch that this very user has opened: no address that somebody else made up skips the page. */
export const wasAllowedBefore = async (
  step: Step,
  { provider, records, fhirBase }: InteractionSources,
): Promise<boolean> => {
  const user = userOf(step);
  if (step.launch === undefined || !isStaff(user)) return false;
  const launch = await findLaunch(records, step.launch);
  if (launch?.user !== user.id) return false;
  const session = await provider.Session.findByUid(step.details.session?.uid ?? '');
  const grantId = session?.grantIdFor(step.client);
  const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (!grant || grant.accountId !== user.id) return false;
  const allowed = grant.getResourceScope(fhirBase).split(' ');
  return step.scopes.every((scope) => allowed.includes(scope));
};
