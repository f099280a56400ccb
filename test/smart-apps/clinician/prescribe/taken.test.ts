// What counts as taken, and what as not to be given.

import { expect } from 'chai';
import type { Medication, MedicationRequest } from 'fhir/r4.js';
import { isForbidden, isTaken } from '../../../../smart-apps/clinician/src/prescribe/taken.ts';
import { withMedicine } from '../../../../smart-apps/ui/src/record/medicine.ts';
import { warningsFor } from '../../../../smart-apps/clinician/src/prescribe/warnings.ts';

const order = (more: Partial<MedicationRequest>): MedicationRequest => ({
  ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
  ...{ subject: {}, ...more },
});
const medication: Medication = {
  ...{ resourceType: 'Medication', id: 'x', code: { text: 'Paracetamol 500 mg' } },
};

describe('a prescription in the record', () => {
  for (const [name, request, taken, forbidden] of [
    ['an order', order({}), true, false],
    ['one on hold', order({ status: 'on-hold' }), true, false],
    ['a proposal', order({ intent: 'proposal' }), false, false],
    ['a plan', order({ intent: 'plan' }), false, false],
    ['what must not be given', order({ doNotPerform: true }), false, true],
    ['what is expressly to be given', order({ doNotPerform: false }), true, false],
  ] as const)
    it(`that is ${name} is ${taken ? '' : 'not '}taken`, () => {
      expect([isTaken(request), isForbidden(request)]).to.deep.equal([taken, forbidden]);
    });

  it('warns by the Medication that came along with it', () => {
    const request = order({ medicationReference: { reference: 'Medication/x' } });

    const named = withMedicine(request, [medication]);

    const against = { allergies: [], requests: [named], forbidden: [], others: [] };
    expect(warningsFor({ text: 'Dolo 650' }, against)).to.have.length(1);
  });
});
