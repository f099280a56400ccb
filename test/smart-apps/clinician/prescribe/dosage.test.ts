// A dosage as it is typed, in words, in FHIR, and back again when it is renewed.

import { expect } from 'chai';
import type { MedicationRequest } from 'fhir/r4.js';
import {
  dosagesOf,
  sentenceOf,
  type LineWords,
} from '../../../../smart-apps/clinician/src/prescribe/dosage.ts';
import { newLine, type Line } from '../../../../smart-apps/clinician/src/prescribe/line.ts';
import { renewedLine } from '../../../../smart-apps/clinician/src/prescribe/renewed.ts';
import { suppliedOf } from '../../../../smart-apps/clinician/src/prescribe/supply.ts';
import { wordsIn } from '../../support/words-in.ts';

const lineWordsIn = async (language: 'en' | 'hi'): Promise<LineWords> => ({
  t: (await wordsIn(language, 'clinician', 'prescribe')).t,
  dosage: await wordsIn(language),
});
const line = (more: Partial<Line>): Line => ({ ...newLine('k'), ...more });

describe('a dosage', () => {
  let words: LineWords;
  before(async () => {
    words = await lineWordsIn('en');
  });

  const dosages = (of: Line) => dosagesOf(of, words);

  for (const [fields, sentence] of [
    [{}, '1 tablet, once a day'],
    [
      { dose: '2', unit: 'puff', route: 'inhaled', rhythm: 'hours', hours: '4', isAsNeeded: true },
      '2 puffs, inhaled, every 4 hours, only when needed',
    ],
    [
      { rhythm: 'daily-3', meal: 'after', duration: '5', unit: 'capsule' },
      '1 capsule, three times a day, after food, for 5 days',
    ],
    [
      { rhythm: 'parts', morning: '1', noon: '0', night: '2' },
      '1 tablet in the morning and 2 tablets at night',
    ],
    [
      { rhythm: 'parts', morning: '1/2', noon: '', night: '½' },
      '½ tablet in the morning and ½ tablet at night',
    ],
    [{ dose: '60,000', unit: 'unit' }, 'once a day'],
    [
      { rhythm: 'parts', morning: '2', noon: '1', night: '1', meal: 'after', duration: '5' },
      '2 tablets in the morning, 1 tablet at noon and 1 tablet at night, after food, for 5 days',
    ],
    [{ rhythm: 'parts', morning: '', noon: 'x', night: '0' }, ''],
    [{ route: 'eye', unit: 'drop' }, '1 drop, into the eye, once a day'],
    [{ rhythm: 'free', instruction: 'As shown in the clinic' }, 'As shown in the clinic'],
    [{ dose: '', rhythm: 'hours', hours: '' }, ''],
    [
      { dose: '0,5', isAsNeeded: true, neededFor: 'pain' },
      '½ tablet, once a day, only when needed for pain',
    ],
  ] as const)
    it(`is said as “${sentence}”`, () => {
      expect(sentenceOf(line(fields), words)).to.equal(sentence);
    });

  it('is said in Hindi', async () => {
    const said = sentenceOf(
      line({ dose: '2', rhythm: 'daily-2', duration: '1', span: 'wk' }),
      await lineWordsIn('hi'),
    );

    expect(said).to.equal('2 गोलियाँ, दिन में दो बार, एक हफ़्ते तक');
  });

  it('is a Timing, a route and a quantity with its unit', () => {
    const [dosage] = dosages(line({ rhythm: 'daily-2', duration: '10', meal: 'before' }));

    expect(dosage?.timing?.repeat).to.deep.equal({
      boundsDuration: { value: 10, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
      ...{ frequency: 2, period: 1, periodUnit: 'd' },
    });
    expect(dosage?.route?.coding?.[0]?.code).to.equal('26643006');
    expect(dosage?.doseAndRate?.[0]?.doseQuantity).to.include({ value: 1, code: '{tablet}' });
    expect(dosage?.additionalInstruction).to.deep.equal([{ text: 'before food' }]);
  });

  it('of equal doses over the day is one, of unequal ones one for each', () => {
    const parts = { rhythm: 'parts', noon: '0' } as const;
    const equal = dosages(line({ ...parts, morning: '1', night: '1' }));
    const unequal = dosages(line({ ...parts, morning: '1', night: '2' }));

    expect(equal.map(({ timing }) => timing?.repeat?.when)).to.deep.equal([['MORN', 'NIGHT']]);
    expect(unequal.map(({ text }) => text)).to.deep.equal([
      ...['1 tablet in the morning', '2 tablets at night'],
    ]);
    expect(
      unequal.map(({ sequence }) => sequence),
      'every day',
    ).to.deep.equal([1, 1]);
    expect(unequal.map(({ doseAndRate }) => doseAndRate?.[0]?.doseQuantity?.value)).to.deep.equal([
      ...[1, 2],
    ]);
  });

  for (const [fields, supplied] of [
    [{ rhythm: 'daily-3', duration: '5' }, 15],
    [{ rhythm: 'hours', hours: '8', duration: '5' }, 15],
    [{ rhythm: 'parts', morning: '1', noon: '0', night: '0.5', duration: '1', span: 'wk' }, 11],
    [{ rhythm: 'weekly', duration: '8', span: 'wk' }, 8],
    [{ rhythm: 'daily-3', duration: '5', isAsNeeded: true }, undefined],
    [{ rhythm: 'daily-3' }, undefined],
    [{ rhythm: 'daily-3', duration: '5', unit: 'mL' }, undefined],
  ] as const)
    it(`needs ${String(supplied)} for ${JSON.stringify(fields)}`, () => {
      expect(suppliedOf(line(fields))).to.equal(supplied);
    });

  const renewed = (dosageInstruction: MedicationRequest['dosageInstruction'] & object) =>
    renewedLine(
      {
        ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
        ...{ subject: {}, medicationCodeableConcept: { text: 'X' }, dosageInstruction },
      },
      [],
      words,
    );

  it('is renewed with the name and the code of the Medication that the earlier one means', () => {
    const coding = { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '1191' };
    const again = renewedLine(
      {
        ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: {} },
        medicationReference: { reference: 'Medication/a' },
      },
      [{ resourceType: 'Medication', id: 'a', code: { text: 'Aspirin', coding: [coding] } }],
      words,
    );

    expect(again.medicine).to.deep.equal({ text: 'Aspirin', coding });
  });

  for (const fields of [
    { rhythm: 'daily-2', meal: 'with' },
    { rhythm: 'hours', hours: '6', isAsNeeded: true, neededFor: 'fever' },
    { rhythm: 'parts', morning: '1', noon: '0', night: '1' },
    { rhythm: 'weekly', unit: 'capsule', route: 'sublingual' },
    { rhythm: 'daily-1', route: 'oral', duration: '5', span: 'wk' },
  ] as const)
    it(`of this app begins again as it was: ${JSON.stringify(fields)}`, () => {
      const before = line(fields);

      expect(renewed(dosages(before))).to.include({ ...fields, renews: 'm' });
    });

  it('of others keeps the words it was written in', () => {
    const text = '1 tablet twice a day with meals, never with grapefruit';
    const again = renewed([
      {
        text,
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
      },
    ]);

    expect(again).to.include({ rhythm: 'free', instruction: text });
  });

  it('of several parts keeps the words of all of them', () => {
    const again = renewed([{ text: '1 in the morning' }, { text: '2 at night' }]);

    expect(again).to.include({ rhythm: 'free', instruction: '1 in the morning; 2 at night' });
  });

  const plain = {
    timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
    doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
  } as const;
  const timed = (more: object) => ({ timing: { repeat: { ...plain.timing.repeat, ...more } } });

  it('without a route is given none', () => {
    expect(renewed([{ ...plain }] as never)).to.include({ rhythm: 'daily-2', route: '' });
  });

  for (const [name, more] of [
    ['a route no choice has', { route: { text: 'Intrathecal' } }],
    ['days of the week', timed({ dayOfWeek: ['mon'] })],
    ['a frequency up to another', timed({ frequencyMax: 4 })],
    ['an end in days nobody supplies', timed({ boundsDuration: { value: 1, unit: 'h' } })],
    ['a time before a meal', timed({ when: ['ACM', 'MORN'] })],
    ['times beside the parts of the day', timed({ frequency: 4, when: ['MORN'] })],
    ['a most', { maxDosePerPeriod: { numerator: { value: 4 }, denominator: { value: 1 } } }],
    ['a site', { site: { text: 'Left eye' } }],
    ['an instruction that is no meal', { additionalInstruction: [{ text: 'Not with milk' }] }],
    ['a dose by a comparator', { doseAndRate: [{ doseQuantity: { value: 1, comparator: '<' } }] }],
    ['an extension', { modifierExtension: [{ url: 'http://example.org/x' }] }],
  ] as const)
    it(`that says ${name} is kept in its words, and written anew where it has none`, () => {
      const kept = renewed([{ ...plain, ...more, text: 'As it was' }] as never);
      const anew = renewed([{ ...plain, ...more, patientInstruction: 'With water' }] as never);

      expect(kept).to.include({ rhythm: 'free', instruction: 'As it was', route: '' });
      expect(anew).to.include({ rhythm: 'free', instruction: '' });
    });

  it('without a route has none in FHIR either', () => {
    expect(dosages(line({ route: '' }))[0]).to.not.have.property('route');
  });
});
