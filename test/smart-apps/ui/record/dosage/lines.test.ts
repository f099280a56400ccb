// How a medicine is taken, in words.

import { expect } from 'chai';
import type { Dosage, TimingRepeat } from 'fhir/r4.js';
import { dosageLines } from '../../../../../smart-apps/ui/src/record/dosage/lines.ts';
import type { DosageWords } from '../../../../../smart-apps/ui/src/record/dosage/words.ts';
import { wordsIn } from '../../../support/words-in.ts';

const tablets = (value: number): Dosage => ({
  doseAndRate: [{ doseQuantity: { value, unit: 'tablet', code: '{tablet}' } }],
});
const repeat = (of: TimingRepeat, more: Dosage = tablets(1)): Dosage => ({
  ...more,
  timing: { repeat: of },
});
const daily = (frequency: number): TimingRepeat => ({ frequency, period: 1, periodUnit: 'd' });
const dose = (doseAndRate: NonNullable<Dosage['doseAndRate']>[number]): Dosage => ({
  doseAndRate: [doseAndRate],
});
const coded = (code: string, text?: string): Dosage => ({
  ...tablets(1),
  timing: {
    code: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation', code, display: code },
      ],
      ...(text === undefined ? {} : { text }),
    },
  },
});
const route = (code: string, text?: string): Dosage => ({
  route: {
    coding: [{ system: 'http://snomed.info/sct', code, display: 'Some route' }],
    ...(text === undefined ? {} : { text }),
  },
});

describe('a dosage in words', () => {
  let english: DosageWords;
  before(async () => {
    english = await wordsIn('en');
  });
  const said = (...dosages: Dosage[]) => dosageLines(dosages, english);

  for (const [title, dosage, sentence] of [
    ['the text of who prescribed it first', { ...tablets(1), text: 'As told' }, 'As told'],
    [
      'what the patient is told besides the text',
      { text: '1 tablet', patientInstruction: 'with water' },
      '1 tablet, with water',
    ],
    [
      'what the patient is told once',
      { text: '1 tablet with water', patientInstruction: 'with water' },
      '1 tablet with water',
    ],
    ['half a piece', tablets(0.5), '½ tablet'],
    ['one and a half', tablets(1.5), '1½ tablets'],
    ['several pieces', tablets(2), '2 tablets'],
    ['a unit by its word', dose({ doseQuantity: { value: 2, unit: 'Tablets' } }), '2 tablets'],
    ['a measured half', dose({ doseQuantity: { value: 0.5, unit: 'mg' } }), '0.5 mg'],
    ['half a unit', dose({ doseQuantity: { value: 0.5, code: '[iU]' } }), '0.5 unit'],
    [
      'the zeros of many units',
      dose({ doseQuantity: { value: 60000, unit: 'IU', code: '[iU]' } }),
      '60,000 units',
    ],
    [
      'the zeros of a large amount',
      dose({ doseQuantity: { value: 12000, unit: 'mg', code: 'mg' } }),
      '12,000 mg',
    ],
    [
      'a dose by its comparator',
      dose({ doseQuantity: { value: 2, comparator: '<', unit: 'mL' } }),
      '<2 mL',
    ],
    [
      'a range of doses and the way in',
      {
        ...dose({ doseRange: { low: { value: 1 }, high: { value: 2, unit: 'puffs' } } }),
        route: { text: 'inhaled' },
      },
      '1–2 puffs, inhaled',
    ],
    [
      'a range in two units',
      dose({ doseRange: { low: { value: 500, unit: 'mg' }, high: { value: 1, unit: 'g' } } }),
      '500 mg–1 g',
    ],
    [
      'the most of a range',
      dose({ doseRange: { high: { value: 2, unit: 'drop' } } }),
      'up to 2 drops',
    ],
    [
      'the least of a range',
      dose({ doseRange: { low: { value: 2, unit: 'drop' } } }),
      'at least 2 drops',
    ],
    [
      'how fast it is given',
      dose({
        doseQuantity: { value: 1, unit: 'L' },
        rateRatio: { numerator: { value: 100, unit: 'mL' }, denominator: { value: 2, code: 'h' } },
      }),
      '1 L, 100 mL in 2 hours',
    ],
    ['a rate', dose({ rateQuantity: { value: 2, unit: 'L/min' } }), '2 L/min'],
    [
      'what was ordered, not what was reckoned',
      {
        doseAndRate: [
          { type: { coding: [{ code: 'calculated' }] }, doseQuantity: { value: 5, unit: 'mg/kg' } },
          { type: { coding: [{ code: 'ordered' }] }, doseQuantity: { value: 250, unit: 'mg' } },
        ],
      },
      '250 mg',
    ],
    ['once a day', repeat(daily(1)), '1 tablet, once a day'],
    ['twice a day', repeat(daily(2)), '1 tablet, twice a day'],
    ['many times a day', repeat(daily(6)), '1 tablet, 6 times a day'],
    ['a range of times', repeat({ ...daily(2), frequencyMax: 3 }), '1 tablet, 2–3 times a day'],
    [
      'every few hours',
      repeat({ frequency: 1, period: 8, periodUnit: 'h' }),
      '1 tablet, every 8 hours',
    ],
    [
      'a range of hours',
      repeat({ frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' }),
      '1 tablet, every 4–6 hours',
    ],
    [
      'several times in several days',
      repeat({ frequency: 3, period: 2, periodUnit: 'wk' }),
      '1 tablet, 3 times every 2 weeks',
    ],
    ['one single time', repeat({ count: 1 }), '1 tablet, one single time'],
    [
      'how often in all',
      repeat({ ...daily(1), count: 10 }),
      '1 tablet, once a day, 10 times in all',
    ],
    [
      'the parts of the day with the dose of each',
      repeat({ ...daily(2), when: ['MORN', 'NIGHT'] }),
      '1 tablet in the morning and 1 tablet at night',
    ],
    ['a time without a rhythm', repeat({ when: ['HS'] }), '1 tablet before sleep'],
    [
      'fewer doses than times as what they are',
      repeat({ ...daily(1), when: ['ACM', 'HS'] }),
      '1 tablet, once a day, before breakfast and before sleep',
    ],
    [
      'how often where any meal is meant',
      repeat({ ...daily(1), when: ['PC'] }),
      '1 tablet, once a day, after a meal',
    ],
    [
      'how long before a meal',
      repeat({ when: ['ACM'], offset: 30 }),
      '1 tablet 30 minutes before breakfast',
    ],
    ['early in the morning', repeat({ when: ['MORN.early'] }), '1 tablet early in the morning'],
    [
      'days of the week',
      repeat({ ...daily(1), dayOfWeek: ['mon', 'wed', 'fri'] }),
      '1 tablet, once a day, on Mondays, on Wednesdays and on Fridays',
    ],
    [
      'times of the day',
      repeat({ ...daily(2), timeOfDay: ['08:00:00', '20:00:00'] }),
      '1 tablet, twice a day, at 08:00 and 20:00',
    ],
    [
      'on which day',
      { ...tablets(1), timing: { event: ['2026-05-17'] } },
      '1 tablet, on 17 May 2026',
    ],
    [
      'how long each dose takes, not how long it is taken',
      repeat({ ...daily(1), duration: 30, durationUnit: 'min' }),
      '1 tablet, once a day, each over 30 minutes',
    ],
    ['a usual code in words', coded('BID'), '1 tablet, twice a day'],
    ['a code with words of its own', coded('BID', 'BID with meals'), '1 tablet, BID with meals'],
    ['a code no table has', coded('JAN'), '1 tablet, JAN'],
    [
      'a code with the bounds that it does not hold',
      {
        timing: {
          ...coded('TID').timing,
          repeat: { boundsDuration: { value: 5, code: 'd' }, ...daily(1) },
        },
      },
      'three times a day, for 5 days',
    ],
    [
      'for how long',
      repeat({ ...daily(1), boundsDuration: { value: 5, unit: 'days' } }),
      '1 tablet, once a day, for 5 days',
    ],
    [
      'a range of days',
      repeat({
        boundsRange: { low: { value: 5, code: 'd' }, high: { value: 7, code: 'd' } },
      }),
      '1 tablet, for 5–7 days',
    ],
    [
      'from when until when',
      repeat({ boundsPeriod: { start: '2026-05-17', end: '2026-05-31' } }),
      '1 tablet, from 17 May 2026, until 31 May 2026',
    ],
    ['only when needed', { ...tablets(1), asNeededBoolean: true }, '1 tablet, only when needed'],
    [
      'only when needed, and what for',
      { ...tablets(1), asNeededCodeableConcept: { text: 'pain' } },
      '1 tablet, only when needed for pain',
    ],
    [
      'not that it is needed where it is not said',
      { ...tablets(1), asNeededBoolean: false },
      '1 tablet',
    ],
    [
      'how much at most',
      {
        maxDosePerPeriod: {
          numerator: { value: 4, unit: 'g' },
          denominator: { value: 24, code: 'h' },
        },
        maxDosePerAdministration: { value: 1, unit: 'g' },
        maxDosePerLifetime: { value: 3, unit: 'g' },
      },
      'at most 1 g at once, at most 4 g in 24 hours, at most 3 g ever',
    ],
    ['a way in by its code', route('47625008'), 'into a vein'],
    ['a way in by the words for it', route('47625008', 'central line'), 'central line'],
    ['a way in no table has', route('1'), 'Some route'],
    [
      'how, where and what besides',
      {
        ...tablets(1),
        ...{ method: { text: 'chew' }, site: { text: 'left cheek' } },
        additionalInstruction: [{ text: 'after food' }],
      },
      '1 tablet, chew, left cheek, after food',
    ],
  ] as const satisfies readonly (readonly [string, Dosage, string])[])
    it(`says ${title}`, () => {
      expect(said(dosage)).to.deep.equal([sentence]);
    });

  it('says nothing where nothing is said', () => {
    expect([said(), said({}), said({}, {}), dosageLines(undefined, english)]).to.deep.equal([
      ...[[], [], [], []],
    ]);
  });

  it('says one step after the other, in their sequence', () => {
    const second = { sequence: 2, text: '1 tablet a day' };

    expect(said(second, { sequence: 1, text: '2 tablets a day' })).to.deep.equal([
      ...['2 tablets a day', 'then 1 tablet a day'],
    ]);
  });

  it('says what is taken at the same time as such, and what it shares once', () => {
    const five: TimingRepeat = { boundsDuration: { value: 5, code: 'd' } };
    const morning = { sequence: 1, ...repeat({ ...five, when: ['MORN'] }) };
    const night = { sequence: 1, ...repeat({ ...five, when: ['NIGHT'] }, tablets(2)) };

    expect(said(morning, night)).to.deep.equal([
      '1 tablet in the morning and 2 tablets at night, for 5 days',
    ]);
  });

  it('keeps apart what is taken at the same time otherwise', () => {
    expect(said(repeat(daily(1)), repeat(daily(3), tablets(2)))).to.deep.equal([
      '1 tablet, once a day; and 2 tablets, three times a day',
    ]);
    expect(said({ text: 'one' }, { text: 'two' })).to.deep.equal(['one; and two']);
  });

  it('never passes a part for the whole', () => {
    expect(said({ text: 'one' }, { id: 'only an extension' })).to.deep.equal([
      'one; and something that has no words here',
    ]);
  });

  for (const [language, sentence] of [
    ['hi', 'सुबह 1 गोली और रात को 1 गोली, दिन में दो बार, हर 8 घंटे पर'],
    ['ur', 'صبح 1 گولی اور رات کو 1 گولی, دن میں دو بار, ہر 8 گھنٹے پر'],
  ] as const)
    it(`is said in the language of the page: ${language}`, async () => {
      const words = await wordsIn(language);
      const parts = [
        repeat({ ...daily(2), when: ['MORN', 'NIGHT'] }),
        repeat(daily(2), {}),
        repeat({ frequency: 1, period: 8, periodUnit: 'h' }, {}),
      ].map((dosage) => dosageLines([dosage], words)[0]);

      expect(parts.join(', ')).to.equal(sentence);
    });
});
