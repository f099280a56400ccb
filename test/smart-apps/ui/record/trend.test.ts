import { expect } from 'chai';
import type { Observation } from 'fhir/r4';
import { axisOf } from '../../../../smart-apps/ui/src/record/axis.ts';
import { trendsOf } from '../../../../smart-apps/ui/src/record/trend.ts';

const loinc = (code: string, display: string) => ({
  coding: [{ system: 'http://loinc.org', code, display }],
});
const weight = (date: string, value: number, unit = 'kg'): Observation => ({
  ...{ resourceType: 'Observation', status: 'final', code: loinc('29463-7', 'Weight') },
  ...{ effectiveDateTime: date, valueQuantity: { value, unit } },
});
const pressure = (date: string, systolic: number, diastolic: number): Observation => ({
  ...{ resourceType: 'Observation', status: 'final', code: loinc('85354-9', 'Blood pressure') },
  effectiveDateTime: date,
  component: [
    { code: loinc('8480-6', 'Systolic'), valueQuantity: { value: systolic, unit: 'mmHg' } },
    { code: loinc('8462-4', 'Diastolic'), valueQuantity: { value: diastolic, unit: 'mmHg' } },
  ],
});

describe('a trend', () => {
  const trendOf = (observations: readonly Observation[]) => trendsOf(observations)[0];

  it('goes from the oldest to the newest, whatever the order it comes in', () => {
    const trend = trendOf([weight('2026-03-01', 72), weight('2026-01-01', 74)]);

    expect(trend?.unit).to.equal('kg');
    expect(trend?.points.map(({ values }) => values)).to.deep.equal([
      { 'http://loinc.org|29463-7': 74 },
      { 'http://loinc.org|29463-7': 72 },
    ]);
  });

  it('of a blood pressure has two lines', () => {
    const trend = trendOf([pressure('2026-01-01', 128, 82)]);

    expect(trend?.lines).to.deep.equal([
      { key: 'http://loinc.org|8480-6', label: 'Systolic' },
      { key: 'http://loinc.org|8462-4', label: 'Diastolic' },
    ]);
    expect(trend?.points[0]?.values).to.deep.equal({
      ...{ 'http://loinc.org|8480-6': 128, 'http://loinc.org|8462-4': 82 },
    });
    expect(trend?.range).to.equal(undefined);
  });

  it('does not draw one unit as if it were another, nor leave one out', () => {
    const trends = trendsOf([
      weight('2025-01-01', 160, 'lb'),
      weight('2026-01-01', 72),
      weight('2024-01-01', 165, 'lb'),
    ]);

    expect(
      trends.map(({ unit, points }) => [
        unit,
        points.map(({ values }) => Object.values(values)[0]),
      ]),
    ).to.deep.equal([
      ['kg', [72]],
      ['lb', [165, 160]],
    ]);
  });

  it('takes one unit that is written in two ways for one', () => {
    const written = (date: string, unit: string): Observation => ({
      ...weight(date, 97),
      valueQuantity: { value: 97, unit, code: 'mg/dL' },
    });

    const trends = trendsOf([written('2025-01-01', 'mg/dl'), written('2026-01-01', 'mg/dL')]);

    expect(trends.map(({ unit, points }) => [unit, points.length])).to.deep.equal([['mg/dL', 2]]);
  });

  it('is one line where hospitals add codes of their own before that of LOINC', () => {
    const coded = weight('2025-01-01', 70);
    const local: Observation = {
      ...coded,
      code: { coding: [{ system: 'urn:lab', code: 'W' }, ...coded.code.coding!] },
    };

    expect(trendOf([local, weight('2026-01-01', 72)])?.lines).to.have.length(1);
  });

  it('tells apart what two laboratories code alike', () => {
    const other = (system: string): Observation => ({
      ...weight('2026-01-01', 72),
      code: { coding: [{ system, code: 'W' }] },
    });

    expect(trendOf([other('urn:a'), other('urn:b')])?.lines).to.have.length(2);
  });

  it('knows the usual range of the newest value', () => {
    const ranged: Observation = {
      ...weight('2026-01-01', 72),
      referenceRange: [{ low: { value: 60 }, high: { value: 80 } }],
    };

    expect(trendOf([weight('2025-01-01', 70), ranged])?.range).to.deep.equal({ low: 60, high: 80 });
  });

  it('is none where nothing was measured in numbers, or nobody knows when', () => {
    const undated = weight('2026-01-01', 72);
    delete undated.effectiveDateTime;
    const worded: Observation = { ...weight('2026-01-01', 72), valueString: 'heavy' };
    delete worded.valueQuantity;

    expect(trendOf([])).to.equal(undefined);
    expect(trendOf([undated])).to.equal(undefined);
    expect(trendOf([worded])).to.equal(undefined);
  });
});

describe('the axis of a plot', () => {
  const axis = (values: readonly number[], range?: { low?: number; high?: number }) =>
    axisOf({
      points: values.map((value, at) => ({ at, date: '', values: { a: value } })),
      range: range && { low: range.low, high: range.high },
    });

  it('has even, round steps around the values and the usual range', () => {
    expect(axis([8.9, 7.6, 6.8], { low: 4, high: 5.6 })).to.deep.equal([4, 6, 8, 10]);
    expect(axis([121, 148, 186], { low: 70, high: 99 })).to.deep.equal([50, 100, 150, 200]);
    expect(axis([0.1, 0.3])).to.deep.equal([0.1, 0.15, 0.2, 0.25, 0.3]);
  });

  it('never goes below nothing where the values do not', () => {
    expect(axis([0, 3])[0]).to.equal(0);
  });

  it('has a height even for one value', () => {
    for (const value of [72, 0, -4])
      expect(axis([value]).length, String(value)).to.be.greaterThan(1);
  });
});
