import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Observation } from 'fhir/r4';
import {
  formatMoney,
  formatQuantity,
  formatRange,
  formatRatio,
  formatValue,
  type ValueWords,
} from '../../../../smart-apps/ui/src/format/measure.ts';
import { wordsIn } from '../../support/words-in.ts';

const require = createRequire(import.meta.url);
const observed = (value: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'A test' },
  ...value,
});
const absent = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code }],
});
/** Of the specification itself. */
const exampleOf = (id: string): Observation =>
  JSON.parse(
    readFileSync(require.resolve(`hl7.fhir.r4.examples/Observation-${id}.json`), 'utf8'),
  ) as Observation;
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
    [{ low: { value: 500, unit: 'mg' }, high: { value: 1, unit: 'g' } }, '500 mg–1 g'],
    [{ low: { value: 1 }, high: { value: 2, unit: 'mg' } }, '1–2 mg'],
    [{ low: { unit: 'mg' }, high: { value: 2, unit: 'mg' } }, '≤ 2 mg'],
    [{ text: 'Negative', high: { value: 1 } }, 'Negative'],
    [{}, ''],
    [undefined, ''],
  ] as const)
    it(`are shown as the laboratory gives them: ${shown || 'nothing'}`, () => {
      expect(formatRange(range)).to.equal(shown);
    });
});

describe('ratios', () => {
  for (const [ratio, shown] of [
    [{ numerator: { value: 1 }, denominator: { value: 128 } }, '1:128'],
    [{ numerator: { value: 5, unit: 'mg' }, denominator: { value: 1, unit: 'mL' } }, '5 mg/mL'],
    [{ numerator: { value: 4, unit: 'g' }, denominator: { value: 24, unit: 'h' } }, '4 g / 24 h'],
    [{ numerator: { value: 1, comparator: '<' }, denominator: { value: 8 } }, '<1:8'],
    [{}, ''],
    [undefined, ''],
  ] as const)
    it(`are shown as what they are: ${shown || 'nothing'}`, () => {
      expect(formatRatio(ratio)).to.equal(shown);
    });
});

describe('the values of observations', () => {
  let english: ValueWords;
  before(async () => {
    english = await wordsIn('en');
  });

  const values: readonly (readonly [Partial<Observation>, string])[] = [
    [{ valueQuantity: { value: 6.8, unit: '%' } }, '6.8 %'],
    [{ valueCodeableConcept: { text: 'Positive' } }, 'Positive'],
    [{ valueString: 'Clear' }, 'Clear'],
    [{ valueInteger: 0 }, '0'],
    [{ valueBoolean: false }, '✗'],
    [{ valueDateTime: '2024-05' }, 'May 2024'],
    [{ valueTime: '08:30:00' }, '08:30'],
    [{ valueRange: { low: { value: 1 }, high: { value: 3, unit: '/HPF' } } }, '1–3 /HPF'],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 64 } } }, '1:64'],
    [{ valuePeriod: { start: '2024-05-01', end: '2024-05-03' } }, '1 May 2024 – 3 May 2024'],
    [{ valuePeriod: { start: '2024-05-01' } }, 'from 1 May 2024'],
    [{ valuePeriod: { end: '2024-05-03' } }, 'until 3 May 2024'],
    [
      { valueSampledData: { origin: {}, period: 100, dimensions: 2, data: '1 2 3 4 5 6 E L' } },
      'recorded curve: 4 values over 0.4 seconds',
    ],
    [{ valueSampledData: { origin: {}, period: 100, dimensions: 1 } }, 'recorded curve'],
    [{ dataAbsentReason: absent('not-performed') }, 'not performed'],
    [{ dataAbsentReason: { ...absent('error'), text: 'Clotted' } }, 'Clotted'],
    [{ dataAbsentReason: { coding: [{ code: 'x', display: 'Lost' }] } }, 'Lost'],
    [{ valueString: 'Clear', dataAbsentReason: absent('unknown') }, 'Clear'],
    [{}, ''],
  ];
  for (const [value, shown] of values)
    it(`of each kind are shown: ${shown || 'none'}`, () => {
      expect(formatValue(observed(value), english)).to.equal(shown);
    });

  it('of a blood pressure are its two numbers with one unit', () => {
    const pressure = observed({
      component: [part('8480-6', 128, 'mmHg'), part('8462-4', 82, 'mmHg')],
    });

    expect(formatValue(pressure, english)).to.equal('128/82 mmHg');
  });

  it('of parts in several units are each with its own', () => {
    const both = observed({ component: [part('a', 1, 'mg'), part('b', 2, 'mL')] });

    expect(formatValue(both, english)).to.equal('1 mg · 2 mL');
  });

  it('of a pressure below what can be measured keep their comparator', () => {
    const diastolic = part('8462-4', 30, 'mmHg');
    const pressure = observed({
      component: [
        part('8480-6', 128, 'mmHg'),
        { ...diastolic, valueQuantity: { ...diastolic.valueQuantity, comparator: '<' } },
      ],
    });

    expect(formatValue(pressure, english)).to.equal('128/<30 mmHg');
  });

  for (const [example, shown] of [
    ['blood-pressure', '107/60 mmHg'],
    ['blood-pressure-dar', '107 mmHg · Diastolic blood pressure: not performed'],
    [
      'blood-pressure-cancel',
      'Systolic blood pressure: not asked · Diastolic blood pressure: not asked',
    ],
    ['unsat', 'Specimen unsatisfactory for evaluation'],
    [
      'ekg',
      ['I', 'II', 'III']
        .map((lead) => `MDC_ECG_ELEC_POTL_${lead}: recorded curve: 116 values over 1.2 seconds`)
        .join(' · '),
    ],
  ] as const)
    it(`are shown as the specification has them: ${example}`, () => {
      expect(formatValue(exampleOf(example), english)).to.equal(shown);
    });

  it('that are absent say why in the language of the page', async () => {
    const hindi = formatValue(exampleOf('blood-pressure-dar'), await wordsIn('hi'));

    expect(hindi).to.equal('107 mmHg · Diastolic blood pressure: जाँच नहीं की गई');
  });
});

describe('money', () => {
  it('is shown in its currency, without cents where there are none', () => {
    expect(formatMoney({ value: 1500, currency: 'INR' }, 'en')).to.equal('₹1,500');
    expect(formatMoney({ value: 149.5, currency: 'INR' }, 'en')).to.equal('₹149.50');
    expect(formatMoney(undefined, 'en')).to.equal('');
  });
});
