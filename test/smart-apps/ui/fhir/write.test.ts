// Write: an update goes out from the version that was read, and never from a part of it.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import { update } from '../../../../smart-apps/ui/src/fhir/write.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

describe('an update', () => {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
  const cases: readonly (readonly [string, Patient])[] = [
    ['without the version that was read', { resourceType: 'Patient', id: '1' }],
    [
      'of a resource that was read in part',
      {
        ...{ resourceType: 'Patient', id: '1' },
        meta: { versionId: '2', tag: [{ system, code: 'SUBSETTED' }] },
      },
    ],
  ];

  for (const [what, patient] of cases)
    it(`${what} is not sent`, async () => {
      const { fhir, asked } = recordingFhir(({ body }) => body);

      const failed = await update(fhir, patient).catch((error: unknown) => error);

      expect(failed).to.be.an('error');
      expect(asked).to.have.length(0);
    });
});
