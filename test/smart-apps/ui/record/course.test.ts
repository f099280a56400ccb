// Until when a medicine is to be taken.

import { expect } from 'chai';
import type { MedicationRequest, TimingRepeat } from 'fhir/r4.js';
import { courseEnd, supplyEnd } from '../../../../smart-apps/ui/src/record/course.ts';
import { lastDayOf } from '../../../../smart-apps/ui/src/record/last-day.ts';

const order = (
  repeats: readonly TimingRepeat[],
  more: Partial<MedicationRequest> = {},
): MedicationRequest => ({
  ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: {} },
  authoredOn: '2026-05-01',
  dosageInstruction: repeats.map((repeat) => ({ timing: { repeat } })),
  ...more,
});
const bounded = (value: number, code = 'd'): TimingRepeat => ({ boundsDuration: { value, code } });
const monthly = { expectedSupplyDuration: { value: 30, code: 'd' }, numberOfRepeatsAllowed: 3 };

describe('the end of a course', () => {
  const cases: readonly (readonly [string, MedicationRequest, string | undefined])[] = [
    ['is its duration after it was written', order([bounded(5)]), '2026-05-06'],
    ['counts weeks', order([bounded(2, 'wk')]), '2026-05-15'],
    ['is that of its period', order([{ boundsPeriod: { end: '2026-06' } }]), '2026-06-30'],
    ['is that of the longest of its doses', order([bounded(5), bounded(9)]), '2026-05-10'],
    ['is not there where one of its doses goes on', order([bounded(5), {}]), undefined],
    ['is not there where nothing bounds it', order([]), undefined],
    ['comes after all repeats', order([bounded(30)], { dispenseRequest: monthly }), '2026-08-29'],
    [
      'is not that of its supply, nor of the time in which it is dispensed',
      order([{}], { dispenseRequest: { ...monthly, validityPeriod: { end: '2026-05-09' } } }),
      undefined,
    ],
    [
      'comes after each of the steps that follow one another',
      order([], {
        dosageInstruction: [
          { sequence: 1, timing: { repeat: bounded(5) } },
          { sequence: 2, timing: { repeat: bounded(7) } },
        ],
      }),
      '2026-05-13',
    ],
    [
      'comes once for the parts of a day',
      order([], {
        dosageInstruction: [
          { sequence: 1, timing: { repeat: { ...bounded(5), when: ['MORN'] } } },
          { sequence: 2, timing: { repeat: { ...bounded(5), when: ['NIGHT'] } } },
        ],
      }),
      '2026-05-06',
    ],
    [
      'is reckoned from when it begins',
      order([], { dosageInstruction: [{ timing: { event: ['2026-06-01'], repeat: bounded(3) } }] }),
      '2026-06-04',
    ],
  ];
  for (const [title, request, end] of cases)
    it(title, () => {
      expect(courseEnd(request)).to.equal(end);
    });

  it('is another than that of the supply', () => {
    expect(supplyEnd(order([], { dispenseRequest: monthly }))).to.equal('2026-08-29');
  });
});

describe('the last day of a date', () => {
  it('is that of its month or year', () => {
    expect(lastDayOf('2026')).to.equal('2026-12-31');
    expect(lastDayOf('2024-02')).to.equal('2024-02-29');
    expect(lastDayOf('2026-05-17')).to.equal('2026-05-17');
  });

  it('is the day of an instant where one is', () => {
    const evening = new Date(2026, 4, 17, 23, 30);
    const early = new Date(2026, 4, 18, 0, 30);

    expect(lastDayOf(evening.toISOString())).to.equal('2026-05-17');
    expect(lastDayOf(early.toISOString())).to.equal('2026-05-18');
  });
});
