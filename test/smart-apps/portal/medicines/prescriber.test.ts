// Who wrote a prescription, as the patient reads it.

import { expect } from 'chai';
import type { MedicationRequest, Practitioner } from 'fhir/r4.js';
import { prescriberOf } from '../../../../smart-apps/portal/src/medicines/prescriber.ts';

const order: MedicationRequest = {
  ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: {} },
  requester: { reference: 'Practitioner/d', display: 'Dr. D' },
};
const practitioner: Practitioner = {
  ...{ resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr. Deshpande' }] },
  identifier: [{ use: 'official', value: 'MC-1' }],
};

describe('the prescriber of a prescription', () => {
  it('is registered under the number of a qualification before the official one', () => {
    const qualification = [{ code: { text: 'MD' }, identifier: [{ value: 'MD-9' }] }];

    const found = prescriberOf(order, [{ ...practitioner, qualification }]);

    expect(found).to.deep.equal({
      ...{ name: 'Dr. Deshpande', qualification: 'MD', registration: 'MD-9' },
    });
  });

  it('is registered under the official number where no qualification has one', () => {
    expect(prescriberOf(order, [practitioner]).registration).to.equal('MC-1');
  });

  it('is who the prescription names where nothing came along', () => {
    expect(prescriberOf(order, [])).to.include({ name: 'Dr. D', registration: undefined });
  });
});
