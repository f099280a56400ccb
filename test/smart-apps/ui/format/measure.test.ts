// Measured values as people read them.

import { expect } from 'chai';
import type { Observation } from 'fhir/r4.js';
import { formatQuantity, formatValue } from '../../../../smart-apps/ui/src/format/measure.ts';

const pressure = (code: string, value: number) => ({
  code: { coding: [{ system: 'http://loinc.org', code }] },
  valueQuantity: { value, unit: 'mm[Hg]' },
});
const measured = (...component: Observation['component'] & object): Observation => ({
  ...{ resourceType: 'Observation', status: 'final', code: { text: 'Blood pressure' } },
  component,
});

describe('measured values', () => {
  it('are written with their unit', () => {
    expect(formatQuantity({ value: 5.4, unit: 'mmol/L' })).to.equal('5.4 mmol/L');
    expect(formatQuantity({ comparator: '<', value: 3, unit: '%' })).to.equal('<3 %');
    expect(formatQuantity({ value: 2, code: '{score}' })).to.equal('2 score');
  });

  it('write the systolic pressure before the diastolic, however they were recorded', () => {
    const recorded = measured(pressure('8462-4', 82), pressure('8480-6', 126));

    expect(formatValue(recorded, 'en')).to.equal('126/82 mmHg');
  });

  it('keep the digits of a laboratory, and round what only a computer can have measured', () => {
    expect(formatQuantity({ value: 7.4012, unit: 'pH' })).to.equal('7.4012 pH');
    expect(formatQuantity({ value: 82.34498857829588, unit: 'kg' })).to.equal('82.34 kg');
    expect(formatQuantity({ value: 0.7155853276246869, unit: 'mg/dL' })).to.equal('0.716 mg/dL');
    expect(formatQuantity({ value: 1234567, unit: 'IU' })).to.equal('1234567 IU');
  });
});
