// The kept record in words.

import { expect } from 'chai';
import type { AllergyIntolerance, MedicationRequest } from 'fhir/r4.js';
import { formatConcept } from '../../../../smart-apps/ui/src/format/coded.ts';
import { linesOf, type LineTexts } from '../../../../smart-apps/ui/src/offline/lines.ts';
import { dosageLines } from '../../../../smart-apps/ui/src/record/dosage/lines.ts';
import type { KeptRecord } from '../../../../smart-apps/ui/src/offline/record.ts';

const nothing: KeptRecord = {
  ...{ patient: { resourceType: 'Patient' }, conditions: [], allergies: [], medicines: [] },
  ...{ immunizations: [], results: [], documents: [] },
};
const t = (key: string): string => key;
const texts: LineTexts = {
  format: { concept: formatConcept, date: (day?: string) => day ?? '' },
  dosage: (dosages) => dosageLines(dosages, { language: 'en', t }),
  t,
};
const allergy = (text: string, status: string): AllergyIntolerance => ({
  ...{ resourceType: 'AllergyIntolerance', patient: {}, code: { text }, criticality: 'high' },
  clinicalStatus: { coding: [{ code: status }] },
});
const order = (more: Partial<MedicationRequest>): MedicationRequest => ({
  ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: {} },
  ...{ medicationCodeableConcept: { text: 'Metformin' }, ...more },
});
const medicine = (more: Partial<MedicationRequest>) =>
  linesOf({ ...nothing, medicines: [order(more)] }, texts).medicines[0];

describe('the lines of a kept record', () => {
  it('tell allergies that are over as such, after the others', () => {
    const allergies = [allergy('Latex', 'resolved'), allergy('Penicillin', 'active')];

    expect(linesOf({ ...nothing, allergies }, texts).allergies).to.deep.equal([
      'Penicillin · view.severe',
      'Latex · view.past · view.severe',
    ]);
  });

  it('tell a dosage that has no text by what it says', () => {
    const timing = {
      repeat: { frequency: 2, period: 1, periodUnit: 'd' as const, when: ['PC' as const] },
    };
    const doseAndRate = [{ doseQuantity: { value: 1, unit: 'tablet' } }];

    expect(medicine({ dosageInstruction: [{ timing, doseAndRate }] })).to.equal(
      'Metformin · dosage.unit.tablet, dosage.per.d, dosage.when.PC',
    );
  });

  it('say that a dosage is missing where it says nothing that can be told', () => {
    expect(medicine({ dosageInstruction: [{}] })).to.equal('Metformin · view.noDosage');
  });

  it('tell apart what is on hold and what must not be taken', () => {
    expect(medicine({ status: 'on-hold' })).to.equal('Metformin · view.onHold');
    expect(medicine({ doNotPerform: true })).to.equal('Metformin · view.doNotTake');
  });
});
