// A card this server has signed, with as many vaccinations as are asked for.

import { createIssueCards } from '#src/health-id/card/issue-cards.ts';
import { usualClaims } from '#src/health-id/card/identity.ts';
import type { TestServer } from '../../support/server.ts';

/** One vaccination fits into one QR code; forty need several. */
export const newCard = async (server: TestServer, vaccinations = 1): Promise<string> => {
  const { records } = server.context.store;
  const issue = createIssueCards({ records, issuer: server.url, system: 's', now: Date.now });
  const resources = Array.from({ length: vaccinations }, (_, at) => ({
    ...{ resourceType: 'Immunization', id: `i${String(at)}`, status: 'completed' },
    vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '207' }] },
    patient: { reference: 'Patient/a' },
    // Of no pattern, so that it does not pack well.
    lotNumber: `${String((at * 7919) % 9973)}${String.fromCharCode(65 + (at % 26))}${String((at * 104729) % 99991)}`,
  }));
  const [card] = await issue({
    patient: { resourceType: 'Patient', id: 'a', name: [{ family: 'Rao', given: ['Anna'] }] },
    claims: usualClaims,
    groups: [{ resources, isOne: true }],
  });
  return card!.jws;
};
