// How a medicine is taken, in one line.

import { expect } from 'chai';
import { linesOfDosage } from '../../../../smart-apps/clinician/src/chart/dosage.ts';

describe('the dosage of a medicine', () => {
  it('is what the prescriber wrote, where something is written', () => {
    expect(
      linesOfDosage([{ text: 'one at night', timing: { repeat: { frequency: 1 } } }]),
    ).to.equal('one at night');
  });

  it('is else dose, rhythm and route', () => {
    const dosage = {
      doseAndRate: [{ doseQuantity: { value: 2, unit: 'tablet' } }],
      timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' as const } },
      route: { text: 'oral' },
    };

    expect(linesOfDosage([dosage])).to.equal('2 tablet, 3 × / 1 d, oral');
    expect(linesOfDosage([{}])).to.equal('');
    expect(linesOfDosage(undefined)).to.equal('');
  });
});
