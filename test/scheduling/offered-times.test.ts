// The times that rules offer: by wall clocks, on days of 23, 24 and 25 hours.

import { expect } from 'chai';
import { offeredTimes } from '#src/scheduling/offered-times.ts';
import { readRules } from '#src/scheduling/rules.ts';
import { availability, type Availability } from './support.ts';

const rulesOf = (given: Availability) =>
  readRules({ resourceType: 'Schedule', extension: [availability(given)] })!;
const timesOf = (given: Availability, start: string, end: string): readonly string[] =>
  offeredTimes(rulesOf(given), { start: Date.parse(start), end: Date.parse(end) }).map((each) =>
    new Date(each.start).toISOString().replace(':00.000Z', 'Z'),
  );
const newYork = 'America/New_York';
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

describe('scheduling/offered-times', () => {
  it('offers what fits between the hours, with what is kept free after each visit', () => {
    const hours = [{ days: ['mon'], from: '09:00:00', to: '10:00:00' }];
    const more = [{ url: 'buffer', valueUnsignedInt: 10 }];

    // A Monday in India: half past three UTC is nine o'clock.
    expect(
      timesOf(
        { zone: 'Asia/Kolkata', length: 20, hours, more },
        '2026-11-23T00:00:00Z',
        '2026-11-24T00:00:00Z',
      ),
    ).to.deep.equal(['2026-11-23T03:30Z', '2026-11-23T04:00Z']);
  });

  const whole = { zone: newYork, length: 60 };
  const lengths: readonly (readonly [string, string, string, number])[] = [
    ['a usual day', '2026-06-01T04:00:00Z', '2026-06-02T04:00:00Z', 24],
    ['the day whose clocks go forward', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', 23],
    ['the day whose clocks go back', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', 25],
  ];
  for (const [what, start, end, count] of lengths)
    it(`offers ${String(count)} hours on ${what}`, () => {
      const times = timesOf(whole, start, end);

      expect(times).to.have.length(count);
      expect(new Set(times).size).to.equal(count);
    });

  it('begins at the same wall-clock time before and after a change of the clocks', () => {
    const hours = [{ days: week, from: '09:00:00', to: '10:00:00' }];

    expect(
      timesOf({ zone: newYork, length: 60, hours }, '2026-03-07T05:00:00Z', '2026-03-10T04:00:00Z'),
    ).to.deep.equal(['2026-03-07T14:00Z', '2026-03-08T13:00Z', '2026-03-09T13:00Z']);
  });

  it('offers nothing in an hour that a day does not have', () => {
    const hours = [{ days: week, from: '02:00:00', to: '03:00:00' }];

    expect(
      timesOf({ zone: newYork, length: 30, hours }, '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'),
    ).to.deep.equal([]);
  });

  it('takes an hour that a day has twice for the first of them', () => {
    const hours = [{ days: week, from: '01:00:00', to: '01:30:00' }];

    expect(
      timesOf({ zone: newYork, length: 30, hours }, '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'),
    ).to.deep.equal(['2026-11-01T05:00Z']);
  });

  it('is closed on holidays, and has its own hours on days that are told', () => {
    const hours = [{ days: week, from: '09:00:00', to: '11:00:00' }];
    const more = [
      { url: 'closed', valuePeriod: { start: '2026-12-24', end: '2026-12-25' } },
      {
        url: 'day',
        extension: [
          { url: 'date', valueDate: '2026-12-24' },
          { url: 'from', valueTime: '09:00:00' },
          { url: 'to', valueTime: '10:00:00' },
        ],
      },
    ];

    expect(
      timesOf({ length: 60, hours, more }, '2026-12-23T00:00:00Z', '2026-12-27T00:00:00Z'),
    ).to.deep.equal([
      ...['2026-12-23T09:00Z', '2026-12-23T10:00Z', '2026-12-24T09:00Z'],
      ...['2026-12-26T09:00Z', '2026-12-26T10:00Z'],
    ]);
  });

  it('has no rules where a Schedule has none', () => {
    expect(readRules({ resourceType: 'Schedule' })).to.equal(undefined);
  });
});
