// How a medicine is taken, in one line.

import { expect } from 'chai';
import type { Dosage } from 'fhir/r4.js';
import { linesOfDosage } from '../../../../smart-apps/clinician/src/chart/dosage.ts';

const words = { language: 'en', asNeeded: 'as needed' };
const line = (dosage: Dosage): string => linesOfDosage([dosage], words);

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

  it('says when it is to be taken only as needed, and for what', () => {
    expect(line({ asNeededBoolean: true })).to.equal('as needed');
    expect(line({ asNeededCodeableConcept: { text: 'pain' } })).to.equal('as needed (pain)');
  });
});
