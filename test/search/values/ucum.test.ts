import { expect } from 'chai';
import { conversionOf, convert } from '#src/search/values/ucum.ts';

describe('UCUM conversion', () => {
  it('brings values of units that measure the same to the same number', () => {
    const pairs = [
      [5.4, 'g', 5400, 'mg'],
      [37, 'Cel', 98.6, '[degF]'],
      [1, 'L', 1000, 'mL'],
      [120, 'mm[Hg]', 12, 'cm[Hg]'],
      [7, 'd', 1, 'wk'],
      [5.5, 'mmol/L', 5500, 'umol/L'],
      [0.1, 'mg/dL', 1, 'ug/mL'],
    ] as const;
    for (const [a, unitA, b, unitB] of pairs) {
      const from = conversionOf(unitA)!;
      const to = conversionOf(unitB)!;
      expect(from.name, unitA).to.equal(to.name);
      expect(convert(a, from), `${unitA} ${unitB}`).to.equal(convert(b, to));
    }
  });

  it('leaves alone what cannot be converted', () => {
    for (const unit of ['[iU]/mL', '[pH]', 'nonsense', '', 'mg/', '__proto__'])
      expect(conversionOf(unit), unit).to.equal(undefined);
  });
});
