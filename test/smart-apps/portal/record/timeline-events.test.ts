// Resources of the record as events.

import { expect } from 'chai';
import type { FhirResource, Observation } from 'fhir/r4.js';
import { sources } from '../../../../smart-apps/portal/src/record/kinds.ts';
import {
  eventOf,
  eventsOf,
  gather,
  parametersOf,
} from '../../../../smart-apps/portal/src/record/timeline-events.ts';

const source = (type: string) => sources.find((each) => each.type === type)!;
const measured = (id: string, at: string, category = 'vital-signs'): Observation => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: { text: id } },
  category: [{ coding: [{ code: category }] }],
  effectiveDateTime: at,
});

describe('events of the record', () => {
  it('are asked for newest first, of one patient and between two days', () => {
    const wanted = { kind: undefined, from: '2024-01-01', to: '2024-12-31' };

    const parameters = parametersOf(source('MedicationRequest'), 'priya', wanted);

    expect(parameters).to.deep.include({
      patient: 'priya',
      authoredon: ['ge2024-01-01', 'le2024-12-31'],
      _sort: '-authoredon',
    });
  });

  it('tell a result by its report alone', () => {
    const report = {
      ...{ resourceType: 'DiagnosticReport', id: 'r', status: 'final', code: { text: 'Report' } },
      result: [{ reference: 'Observation/in-report' }],
    } as FhirResource;
    const items = [measured('in-report', '2024-01-01'), measured('alone', '2024-01-01')];

    const { items: events } = eventsOf(source('Observation'), {
      ...{ items, included: [report], total: undefined, next: undefined },
    });

    expect(events.map(({ id }) => id)).to.deep.equal(['Observation/alone']);
  });

  it('name the medicine that a prescription only refers to', () => {
    const order = {
      ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
      ...{ subject: {}, medicationReference: { reference: 'Medication/a' } },
    } as FhirResource;
    const aspirin: FhirResource = {
      ...{ resourceType: 'Medication', id: 'a', code: { text: 'Aspirin' } },
    };
    const medicines = source('MedicationRequest');

    const { items } = eventsOf(medicines, {
      ...{ items: [order], included: [aspirin], total: undefined, next: undefined },
    });

    expect(medicines.parameters).to.include({ _include: 'MedicationRequest:medication' });
    expect(items[0]?.resources[0]).to.deep.include({
      medicationCodeableConcept: { text: 'Aspirin' },
    });
  });

  it('gather what was measured at one time, apart from what a laboratory found then', () => {
    const at = '2024-05-01T10:00:00Z';
    const events = [
      measured('weight', at),
      measured('pulse', at),
      measured('glucose', at, 'laboratory'),
      measured('later', '2024-05-02T10:00:00Z'),
    ].map((observation) => eventOf('Observation', observation));

    const gathered = gather(events);

    expect(gathered.map(({ resources }) => resources.map(({ id }) => id))).to.deep.equal([
      ...[['weight', 'pulse'], ['glucose'], ['later']],
    ]);
  });

  it('never gather anything but measurements', () => {
    const condition = (id: string): FhirResource => ({
      ...{ resourceType: 'Condition', id, subject: {}, recordedDate: '2024-05-01' },
    });

    const gathered = gather(['a', 'b'].map((id) => eventOf('Condition', condition(id))));

    expect(gathered).to.have.length(2);
  });
});
