// What the (g)(10) kit takes from US Core: resource types, the searches that reach them, and the scopes an app asks for.
// https://hl7.org/fhir/us/core/STU7/scopes.html

import { expect } from 'chai';
import type { Reply } from './app.ts';
import { splitScopes } from './checks.ts';
import type { World } from './world.ts';

/** Types that a search by patient reaches. */
export const patientTypes: readonly string[] = [
  ...[
    'AllergyIntolerance',
    'CarePlan',
    'CareTeam',
    'Condition',
    'Coverage',
    'Device',
    'DiagnosticReport',
  ],
  ...[
    'DocumentReference',
    'Encounter',
    'Goal',
    'Immunization',
    'MedicationDispense',
    'MedicationRequest',
  ],
  ...['Observation', 'Patient', 'Procedure', 'ServiceRequest'],
];

/** Those, and what they refer to. */
export const typesOfUsCore: readonly string[] = [
  ...patientTypes,
  ...[
    'Location',
    'Medication',
    'Organization',
    'Practitioner',
    'PractitionerRole',
    'Provenance',
    'RelatedPerson',
    'Specimen',
  ],
];

export const contextScopes = ['launch/patient', 'openid', 'fhirUser', 'offline_access'] as const;

export const searchOf = (type: string, patient: string): string =>
  type === 'Patient' ? `Patient?_id=${patient}` : `${type}?patient=${patient}`;

const required = [
  ...['client-confidential-symmetric', 'client-confidential-asymmetric', 'sso-openid-connect'],
  ...['permission-offline', 'authorize-post', 'permission-v2', 'permission-v1'],
];

export const checkCapabilities = ({ configuration }: World, more: readonly string[]): void => {
  expect(configuration.capabilities).to.include.members([...required, ...more]);
};

/** g10_smart_scopes: all that was asked for is granted, and each resource scope has the reach asked for. */
export const checkGranted = (
  { status, json }: Reply,
  asked: readonly string[],
  reach: 'patient' | 'user',
): void => {
  expect(status, JSON.stringify(json)).to.equal(200);
  const granted = splitScopes(json.scope);
  expect(granted).to.include.members([...asked]);
  for (const scope of granted.filter((each) => each.includes('.')))
    expect(scope).to.match(new RegExp(`^${reach}/(\\*|[A-Z]\\w+)\\.(\\*|read|c?ru?d?s?)(\\?.+)?$`));
};
