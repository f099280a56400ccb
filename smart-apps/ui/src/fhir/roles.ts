// Roles: for which hospitals somebody works now, of the PractitionerRoles that name them.
// https://hl7.org/fhir/R4/practitionerrole.html

import type { PractitionerRole, Reference } from 'fhir/r4';

/** Each once, in the order of the roles; a role that has ended says nothing of today. */
export const hospitalsOf = (roles: readonly PractitionerRole[]): readonly Reference[] => {
  const hospitals = new Map<string, Reference>();
  for (const { active = true, organization } of roles) {
    const { reference } = organization ?? {};
    if (active && organization && reference && !hospitals.has(reference))
      hospitals.set(reference, organization);
  }
  return [...hospitals.values()];
};
