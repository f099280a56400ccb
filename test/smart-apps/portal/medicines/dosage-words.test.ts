// How a medicine is taken, in words.

import { expect } from 'chai';
import type { Dosage } from 'fhir/r4.js';
import { formatConcept } from '../../../../smart-apps/ui/src/format/coded.ts';
import { formatQuantity } from '../../../../smart-apps/ui/src/format/measure.ts';
import { dosageWords } from '../../../../smart-apps/portal/src/medicines/dosage-words.ts';
import english from '../../../../smart-apps/portal/src/locales/en/medicines.json' with { type: 'json' };
import { textsOf } from '../../support/texts-of.ts';

describe('a dosage in words', () => {
  const t = textsOf(english);
  const said = (...dosages: Dosage[]) =>
    dosageWords(dosages, {
      t,
      concept: formatConcept,
      quantity: formatQuantity,
    });
  const tablet = { doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }] };
  const repeat = (of: NonNullable<Dosage['timing']>['repeat'] & object): Dosage => ({
    ...tablet,
    timing: { repeat: of },
  });

  const cases: readonly (readonly [string, Dosage, string])[] = [
    ['the text of who prescribed it goes first', { ...tablet, text: 'As told' }, 'As told'],
    [
      'times a day',
      repeat({ frequency: 3, period: 1, periodUnit: 'd' }),
      '1 tablet, 3 times a day',
    ],
    ['once a day', repeat({ frequency: 1, period: 1, periodUnit: 'd' }), '1 tablet, once a day'],
    [
      'a range of times',
      repeat({ frequency: 2, frequencyMax: 3, period: 1, periodUnit: 'd' }),
      '1 tablet, 2–3 times a day',
    ],
    [
      'every few hours',
      repeat({ frequency: 1, period: 8, periodUnit: 'h' }),
      '1 tablet, every 8 hours',
    ],
    [
      'meals and sleep',
      repeat({ frequency: 1, period: 1, periodUnit: 'd', when: ['PC', 'HS'] }),
      '1 tablet, once a day, after a meal, before sleep',
    ],
    [
      'times of the day',
      repeat({ frequency: 2, period: 1, periodUnit: 'd', timeOfDay: ['08:00:00', '20:00:00'] }),
      '1 tablet, 2 times a day, at 08:00, 20:00',
    ],
    [
      'when needed, and what for',
      { ...tablet, asNeededCodeableConcept: { text: 'pain' } },
      '1 tablet, when needed for pain',
    ],
    ['when needed', { ...tablet, asNeededBoolean: true }, '1 tablet, when needed'],
    [
      'for how long',
      repeat({
        ...{ frequency: 1, period: 1, periodUnit: 'd' },
        boundsDuration: { value: 5, unit: 'days' },
      }),
      '1 tablet, once a day, for 5 days',
    ],
    [
      'a range of doses and the way in',
      {
        doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2, unit: 'puffs' } } }],
        route: { text: 'inhaled' },
      },
      '1–2 puffs, inhaled',
    ],
  ];
  for (const [title, dosage, sentence] of cases)
    it(`says ${title}`, () => {
      expect(said(dosage)).to.deep.equal([sentence]);
    });

  it('says several one after the other, in their sequence', () => {
    expect(
      said({ sequence: 2, text: 'then one' }, { sequence: 1, text: 'first two' }),
    ).to.deep.equal(['first two', 'then one']);
  });

  it('says nothing where nothing is said', () => {
    expect(said({})).to.deep.equal([]);
  });
});
