// Which medicine a prescription means.

import { expect } from 'chai';
import type { Medication, MedicationRequest } from 'fhir/r4.js';
import {
  medicineOf,
  nameOfMedicine,
  withMedicine,
} from '../../../../smart-apps/ui/src/record/medicine.ts';

const order = (more: Partial<MedicationRequest>): MedicationRequest => ({
  ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
  ...{ subject: {}, ...more },
});
const aspirin: Medication = {
  ...{ resourceType: 'Medication', id: 'a', code: { text: 'Aspirin 75 mg' } },
};
const inside: Medication = { ...aspirin, code: { text: 'Aspirin inside' } };
const pointing = (reference: string, display?: string): MedicationRequest =>
  order({ medicationReference: { reference, ...(display === undefined ? {} : { display }) } });

describe('the medicine of a prescription', () => {
  const cases: readonly (readonly [string, MedicationRequest, string])[] = [
    ['its own code', order({ medicationCodeableConcept: { text: 'Iron' } }), 'Iron'],
    ['the Medication that came along', pointing('Medication/a'), 'Aspirin 75 mg'],
    ['a version of it', pointing('Medication/a/_history/3'), 'Aspirin 75 mg'],
    [
      'that, before the words beside the reference',
      pointing('Medication/a', 'ASA'),
      'Aspirin 75 mg',
    ],
    [
      'those words, where it did not come along',
      pointing('Medication/b', 'Ibuprofen'),
      'Ibuprofen',
    ],
    ['the Medication inside itself', { ...pointing('#a'), contained: [inside] }, 'Aspirin inside'],
    [
      'what is referenced, where its own code says nothing',
      { ...pointing('Medication/a'), medicationCodeableConcept: {} },
      'Aspirin 75 mg',
    ],
    ['nothing that is named', pointing('Medication/b'), ''],
    ['no other resource of that id', pointing('Substance/a'), ''],
  ];
  for (const [title, request, name] of cases)
    it(`is ${title}`, () => {
      expect(nameOfMedicine(request, [aspirin])).to.equal(name);
    });

  it('is coded as the Medication is', () => {
    expect(medicineOf(pointing('Medication/a'), [aspirin])).to.equal(aspirin.code);
    expect(medicineOf(pointing('Medication/b'))).to.equal(undefined);
  });
});

describe('a prescription with its medicine', () => {
  it('carries the code in the place of the reference', () => {
    const named = withMedicine(pointing('Medication/a', 'ASA'), [aspirin]);

    expect(named.medicationCodeableConcept).to.deep.equal(aspirin.code);
    expect(named).to.not.have.any.keys('medicationReference', 'contained');
  });

  it('stays as it is where nothing came along', () => {
    const request = pointing('Medication/a');

    expect(withMedicine(request, [])).to.equal(request);
  });
});
