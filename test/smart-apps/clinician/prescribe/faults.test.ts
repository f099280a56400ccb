import { expect } from 'chai';
import { faultsOf } from '../../../../smart-apps/clinician/src/prescribe/faults.ts';
import { newLine, type Line } from '../../../../smart-apps/clinician/src/prescribe/line.ts';

const medicine = { text: 'Cholecalciferol' };
const faulty = (parts: Partial<Line>): readonly string[] =>
  faultsOf({ ...newLine('1'), medicine, ...parts }, false).map(({ field }) => field);

describe('the dose of a medicine', () => {
  it('may be of tens of thousands of units, and of nothing else', () => {
    expect(faulty({ dose: '60000', unit: 'unit' })).to.deep.equal([]);
    expect(faulty({ dose: '60000', unit: 'mg' })).to.deep.equal(['dose']);
    expect(faulty({ dose: '60000000', unit: 'unit' })).to.deep.equal(['dose']);
  });

  it('is a number above 0', () => {
    for (const dose of ['', '0', '-1', 'one', '60,000'])
      expect(faulty({ dose }), dose).to.deep.equal(['dose']);
  });
});
