import { expect } from 'chai';
import type { Observation, Quantity } from 'fhir/r4';
import { flagOf } from '../../../../smart-apps/ui/src/record/flag.ts';

const mg = (value: number, more: Partial<Quantity> = {}): Quantity => ({
  value,
  unit: 'mg/dL',
  ...more,
});
const observed = (value: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'A test' },
  ...value,
});
const said = (code: string) => ({ interpretation: [{ coding: [{ code }] }] });
const usual = { referenceRange: [{ low: mg(70), high: mg(99) }] };

describe('the flag of a result', () => {
  for (const [code, flag] of [
    ['N', 'normal'],
    ['L', 'low'],
    ['LL', 'very-low'],
    ['H', 'high'],
    ['HH', 'very-high'],
    ['A', 'abnormal'],
    ['AA', 'critical'],
    ['POS', 'abnormal'],
    ['NEG', 'normal'],
  ] as const)
    it(`is what the laboratory says: ${code} is ${flag}`, () => {
      expect(flagOf(observed(said(code)))).to.equal(flag);
    });

  it('is the laboratory’s rather than that of the numbers', () => {
    expect(flagOf(observed({ ...usual, ...said('N'), valueQuantity: mg(150) }))).to.equal('normal');
  });

  for (const [value, flag] of [
    [69, 'low'],
    [70, 'normal'],
    [99, 'normal'],
    [99.1, 'high'],
  ] as const)
    it(`is told by the numbers where nothing is said: ${String(value)} is ${flag}`, () => {
      expect(flagOf(observed({ ...usual, valueQuantity: mg(value) }))).to.equal(flag);
    });

  for (const [why, value] of [
    ['there is no range', { valueQuantity: mg(150) }],
    ['the range is of another unit', { ...usual, valueQuantity: mg(8, { unit: 'mmol/L' }) }],
    [
      'there are several ranges, for several people',
      {
        valueQuantity: mg(150),
        referenceRange: [{ high: mg(99) }, { high: mg(200) }],
      },
    ],
    ['the range is only a text', { valueQuantity: mg(1), referenceRange: [{ text: 'Negative' }] }],
    [
      'less than a number may be anything',
      { ...usual, valueQuantity: mg(80, { comparator: '<' }) },
    ],
    ['it is no number', { ...usual, valueString: 'high' }],
  ] as const)
    it(`is not guessed where ${why}`, () => {
      expect(flagOf(observed(structuredClone(value) as Partial<Observation>))).to.equal(undefined);
    });

  it('is high where more than a number is above the range, and not guessed where less is', () => {
    const above = { ...usual, valueQuantity: mg(120, { comparator: '>' }) };
    const below = { ...usual, valueQuantity: mg(120, { comparator: '<' }) };

    expect(flagOf(observed(above))).to.equal('high');
    expect(flagOf(observed(below))).to.equal(undefined);
  });

  it('is the worst of its parts', () => {
    const component = [
      { code: {}, ...said('N') },
      { code: {}, ...said('HH') },
      { code: {}, ...said('L') },
    ];

    expect(flagOf(observed({ component }))).to.equal('very-high');
  });

  it('is the worst of several words of the laboratory', () => {
    const words = { interpretation: ['N', 'AA', 'H'].map((code) => ({ coding: [{ code }] })) };
    const codes = { interpretation: [{ coding: [{ code: 'A' }, { code: 'HH' }] }] };

    expect(flagOf(observed(words))).to.equal('critical');
    expect(flagOf(observed(codes))).to.equal('very-high');
  });

  it('of a part is not hidden by what is said of the whole', () => {
    const component = [{ code: {}, ...said('AA') }];

    expect(flagOf(observed({ ...said('N'), component }))).to.equal('critical');
  });
});
