import { expect } from 'chai';
import type { Observation } from 'fhir/r4';
import {
  formatMoney,
  formatQuantity,
  formatRange,
  formatValue,
} from '../../../../smart-apps/ui/src/format/measure.ts';

const observed = (value: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'A test' },
  ...value,
});
const part = (code: string, value: number, unit: string) => ({
  code: { coding: [{ system: 'http://loinc.org', code }] },
  valueQuantity: { value, unit },
});

describe('quantities', () => {
  for (const [quantity, shown] of [
    [{ value: 6.8, unit: '%' }, '6.8 %'],
    [{ value: 121, unit: 'mg/dL' }, '121 mg/dL'],
    [{ value: 5, comparator: '<', unit: 'mg/L' }, '<5 mg/L'],
    [{ value: 0, unit: 'mg/L' }, '0 mg/L'],
    [{ value: 3, code: '{score}' }, '3 score'],
    [{ value: 3 }, '3'],
    [{ unit: 'mg' }, ''],
    [undefined, ''],
  ] as const)
    it(`are shown as they were measured: ${shown || 'nothing'}`, () => {
      expect(formatQuantity(quantity)).to.equal(shown);
    });
});

describe('ranges', () => {
  for (const [range, shown] of [
    [{ low: { value: 70, unit: 'mg/dL' }, high: { value: 99, unit: 'mg/dL' } }, '70–99 mg/dL'],
    [{ low: { value: 0, unit: 'U/L' }, high: { value: 40, unit: 'U/L' } }, '0–40 U/L'],
    [{ low: { value: 40, unit: 'mg/dL' } }, '≥ 40 mg/dL'],
    [{ high: { value: 5.6, unit: '%' } }, '≤ 5.6 %'],
    [{ text: 'Negative', high: { value: 1 } }, 'Negative'],
    [{}, ''],
    [undefined, ''],
  ] as const)
    it(`are shown as the laboratory gives them: ${shown || 'nothing'}`, () => {
      expect(formatRange(range)).to.equal(shown);
    });
});

describe('the values of observations', () => {
  for (const [value, shown] of [
    [{ valueQuantity: { value: 6.8, unit: '%' } }, '6.8 %'],
    [{ valueCodeableConcept: { text: 'Positive' } }, 'Positive'],
    [{ valueString: 'Clear' }, 'Clear'],
    [{ valueInteger: 0 }, '0'],
    [{ valueBoolean: false }, '✗'],
    [{ valueDateTime: '2024-05' }, 'May 2024'],
    [{}, ''],
  ] as const)
    it(`of each kind are shown: ${shown || 'none'}`, () => {
      expect(formatValue(observed(value), 'en')).to.equal(shown);
    });

  it('of a blood pressure are its two numbers with one unit', () => {
    const pressure = observed({
      component: [part('8480-6', 128, 'mmHg'), part('8462-4', 82, 'mmHg')],
    });

    expect(formatValue(pressure, 'en')).to.equal('128/82 mmHg');
  });

  it('of parts in several units are each with its own', () => {
    const both = observed({ component: [part('a', 1, 'mg'), part('b', 2, 'mL')] });

    expect(formatValue(both, 'en')).to.equal('1 mg · 2 mL');
  });
});

describe('money', () => {
  it('is shown in its currency, without cents where there are none', () => {
    expect(formatMoney({ value: 1500, currency: 'INR' }, 'en')).to.equal('₹1,500');
    expect(formatMoney({ value: 149.5, currency: 'INR' }, 'en')).to.equal('₹149.50');
    expect(formatMoney(undefined, 'en')).to.equal('');
  });
});
