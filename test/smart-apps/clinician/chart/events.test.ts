// What the timeline of the chart tells.

import { expect } from 'chai';
import type { FhirResource, MedicationRequest } from 'fhir/r4.js';
import { eventOf, eventsQuestion } from '../../../../smart-apps/clinician/src/chart/events.ts';

const order: MedicationRequest = {
  ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
  ...{ subject: {}, authoredOn: '2026-05-17', medicationReference: { reference: 'Medication/a' } },
};
const aspirin: FhirResource = { resourceType: 'Medication', id: 'a', code: { text: 'Aspirin' } };

describe('the timeline of the chart', () => {
  it('calls a prescription by the Medication it asks for along with it', () => {
    const question = eventsQuestion('MedicationRequest', 'p');

    expect(question).to.include({ _include: 'MedicationRequest:medication' });
    expect(String(question['_elements']).split(',')).to.include('code');
    expect(eventOf(order, [aspirin])).to.include({ title: 'Aspirin', date: '2026-05-17' });
  });

  it('marks what must not be given', () => {
    expect(eventOf({ ...order, doNotPerform: true }, []).isForbidden).to.equal(true);
  });
});
