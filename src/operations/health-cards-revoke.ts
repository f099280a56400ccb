// Patient/$health-cards-revoke: none of the cards this patient was given up to now counts any longer.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#revocation

import { notSupported } from '../fhir/problem.ts';
import type { Handler } from '../interactions/types.ts';
import { readPatient } from './health-cards/read-patient.ts';
import { answerWith, readInputs } from './parameters.ts';
import type { Operation } from './types.ts';

/** Revokes every card the patient was given before the moment it resolves to, milliseconds since 1970. */
export type RevokeCards = (patient: string) => Promise<number>;

const revokeBy =
  (revoke: RevokeCards): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$health-cards-revoke is asked by POST.');
    readInputs(request, []);
    const { version } = await readPatient(request, permit.filter('Patient', 'update'), context);
    const before = await revoke(version.id);
    const moment = { name: 'revokedBefore', valueInstant: new Date(before).toISOString() } as const;
    return { ...answerWith([moment]), shown: [version] };
  };

/** Whoever may change the Patient: the patient, and the desk of the hospital that keeps the record. */
export const healthCardsRevoke = (revoke: RevokeCards): Operation => ({
  name: '$health-cards-revoke',
  definition: 'https://meridian.example/OperationDefinition/health-cards-revoke',
  levels: ['instance'],
  types: ['Patient'],
  affectsState: true,
  right: 'update',
  handler: revokeBy(revoke),
});
