// Values in words: each data type is told so that a reader understands it, and what says nothing is not told.

import { expect } from 'chai';
import { tell, valueOf } from '#src/operations/summary/tell.ts';
import type { Resource } from '#src/fhir/resource.ts';

const medication: Resource = { resourceType: 'Medication', code: { text: 'Salbutamol' } };
const resolve = (reference: string): Resource | undefined =>
  reference === 'Medication/1' ? medication : undefined;

const cases: readonly (readonly [what: string, value: unknown, words: string])[] = [
  ['nothing', undefined, ''],
  ['a code', 'active', 'active'],
  ['a time as its day', '2024-05-01T23:30:00+05:30', '2024-05-01'],
  ['a partial date', '2024-05', '2024-05'],
  ['a flag', false, 'no'],
  ['a number', 0, '0'],
  ['a concept by its text', { text: 'Asthma', coding: [{ display: 'x' }] }, 'Asthma'],
  [
    'a concept by the coding that has a name',
    { coding: [{ code: '1' }, { code: '2', display: 'Two' }] },
    'Two',
  ],
  ['a concept without names by its code', { coding: [{ system: 's', code: '1' }] }, '1'],
  ['a quantity', { comparator: '<', value: 5, unit: 'mmol/L', code: 'x' }, '< 5 mmol/L'],
  ['a quantity without a unit for people', { value: 5, code: 'mmol/L' }, '5 mmol/L'],
  ['a range', { low: { value: 1, unit: 'g' }, high: { value: 2, unit: 'g' } }, '1 g – 2 g'],
  ['a ratio', { numerator: { value: 1 }, denominator: { value: 128 } }, '1 / 128'],
  ['a period that has not ended', { start: '2020-01-01' }, '2020-01-01 –'],
  ['a period that has', { start: '2020-01-01', end: '2020-02-01' }, '2020-01-01 – 2020-02-01'],
  ['a name', { family: 'Rao', given: ['Anna', 'Maria'] }, 'Anna Maria Rao'],
  ['a reference by its display', { reference: 'Medication/1', display: 'Puffer' }, 'Puffer'],
  ['a reference by what it leads to', { reference: 'Medication/1' }, 'Salbutamol'],
  ['a reference that leads nowhere', { reference: 'Medication/2' }, ''],
  ['a dosage by its text', { text: 'two puffs', timing: {} }, 'two puffs'],
  [
    'a dosage without text',
    {
      timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
      doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
    },
    '1 tablet 2 × per 1 d',
  ],
  [
    'a component with its code',
    { code: { text: 'Systolic' }, valueQuantity: { value: 120, unit: 'mmHg' } },
    'Systolic 120 mmHg',
  ],
  ['several, without those that say nothing', [{ text: 'a' }, {}, { text: 'b' }], 'a, b'],
];

describe('operations/summary/tell', () => {
  for (const [what, value, words] of cases)
    it(`tells ${what}`, () => {
      expect(tell(value, resolve)).to.equal(words);
    });

  it('finds an element of any type, and what is within lists', () => {
    const reaction = [{ manifestation: [{ text: 'a' }] }, { manifestation: [{ text: 'b' }] }];
    const resource = { onsetAge: { value: 3 }, onset: 'no type', reaction };

    expect(valueOf(resource, 'onset[x]')).to.deep.equal({ value: 3 });
    expect(tell(valueOf(resource, 'reaction.manifestation'), resolve)).to.equal('a, b');
    expect(valueOf(resource, 'missing.part')).to.equal(undefined);
  });
});
