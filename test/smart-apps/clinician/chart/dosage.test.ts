// How a medicine is taken, in one line.

import { expect } from 'chai';
import type { Dosage, MedicationRequest } from 'fhir/r4.js';
import {
  linesOfDosage,
  nameOfMedicine,
} from '../../../../smart-apps/clinician/src/chart/dosage.ts';

const say = (key: string, values: object = {}): string => [key, ...Object.values(values)].join(' ');
const words = { language: 'en', asNeeded: 'as needed', say };
const line = (dosage: Dosage): string => linesOfDosage([dosage], words);

describe('the name of a medicine', () => {
  const request = (more: object) => more as MedicationRequest;
  const medication = { resourceType: 'Medication', id: 'a', code: { text: 'Aspirin' } } as const;

  it('is that of the Medication it contains, or that came along', () => {
    const contained = { contained: [medication], medicationReference: { reference: '#a' } };
    const pointing = { medicationReference: { reference: 'Medication/a' } };

    expect(nameOfMedicine(request(contained))).to.equal('Aspirin');
    expect(nameOfMedicine(request(pointing), [medication])).to.equal('Aspirin');
    expect(nameOfMedicine(request(pointing))).to.equal('');
  });
});

describe('the dosage of a medicine', () => {
  it('is what the prescriber wrote, where something is written', () => {
    expect(line({ text: 'one at night', timing: { repeat: { frequency: 1 } } })).to.equal(
      'one at night',
    );
  });

  it('is else dose, rhythm and route', () => {
    const dosage: Dosage = {
      doseAndRate: [{ doseQuantity: { value: 2, unit: 'tablet' } }],
      timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
      route: { text: 'oral' },
    };

    expect(line(dosage)).to.equal('2 tablet, 3 × / 1 day, oral');
    expect(linesOfDosage([dosage], { ...words, language: 'hi' })).to.contain('3 × / 1 दिन');
    expect([line({}), linesOfDosage(undefined, words)]).to.deep.equal(['', '']);
  });

  it('keeps dose and rhythm before what the patient is told', () => {
    const dosage: Dosage = {
      doseAndRate: [{ doseQuantity: { value: 500, unit: 'mg' } }],
      timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
      patientInstruction: 'with food',
    };

    expect(line(dosage)).to.equal('500 mg, 3 × / 1 day, with food');
  });

  it('says a range of doses, when, at what time, for how long and at most how much', () => {
    const dosage: Dosage = {
      doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2, unit: 'tablet' } } }],
      timing: {
        repeat: {
          ...{ when: ['MORN.early'], timeOfDay: ['08:00:00'] },
          boundsDuration: { value: 5, unit: 'days' },
        },
      },
      maxDosePerPeriod: {
        ...{ numerator: { value: 4, unit: 'g' }, denominator: { value: 24, unit: 'h' } },
      },
    };

    expect(line(dosage)).to.equal(
      '1–2 tablet, when.MORN-early, 08:00, for 5 days, most 4 g / 24 h',
    );
  });

  it('goes in the order of its sequence', () => {
    const dosages = [
      { sequence: 2, text: 'then' },
      { sequence: 1, text: 'first' },
    ];

    expect(linesOfDosage(dosages, words)).to.equal('first; then');
  });

  it('says when it is to be taken only as needed, and for what', () => {
    expect(line({ asNeededBoolean: true })).to.equal('as needed');
    expect(line({ asNeededCodeableConcept: { text: 'pain' } })).to.equal('as needed (pain)');
  });
});
