// When a day begins and ends where the hospital is.

import { expect } from 'chai';
import {
  dayAt,
  isDay,
  leftOf,
  plusDays,
  spanOfDay,
} from '../../../../smart-apps/ui/src/time/day.ts';

const hours = (day: string, timeZone: string): number => {
  const { start, end } = spanOfDay(day, timeZone);
  return (Date.parse(end) - Date.parse(start)) / 3_600_000;
};

describe('the span of a day', () => {
  it('begins at midnight there, not in UTC', () => {
    expect(spanOfDay('2026-11-21', 'Asia/Kolkata')).to.deep.equal({
      start: '2026-11-20T18:30:00.000Z',
      end: '2026-11-21T18:30:00.000Z',
    });
    expect(spanOfDay('2026-11-21', 'America/New_York').start).to.equal('2026-11-21T05:00:00.000Z');
  });

  it('has 23 and 25 hours where the clocks are put forward and back', () => {
    expect(hours('2026-03-29', 'Europe/Berlin')).to.equal(23);
    expect(hours('2026-10-25', 'Europe/Berlin')).to.equal(25);
    expect(hours('2026-11-01', 'America/New_York')).to.equal(25);
  });

  it('is asked for by the date it is there', () => {
    const late = Date.parse('2026-11-21T20:00:00Z');

    expect(dayAt(late, 'Asia/Kolkata')).to.equal('2026-11-22');
    expect(dayAt(late, 'America/New_York')).to.equal('2026-11-21');
  });

  it('is followed by the next day, over months and years', () => {
    expect(plusDays('2026-12-31', 1)).to.equal('2027-01-01');
    expect(plusDays('2024-03-01', -1)).to.equal('2024-02-29');
  });

  it('is of several days where so many are asked for', () => {
    expect(spanOfDay('2026-11-21', 'Asia/Kolkata', 7).end).to.equal('2026-11-27T18:30:00.000Z');
  });

  it('has only what is to come left once it has begun', () => {
    const span = spanOfDay('2026-11-21', 'Asia/Kolkata');
    const noon = Date.parse('2026-11-21T06:30:00Z');

    expect(leftOf(span, noon)).to.deep.equal({ ...span, start: '2026-11-21T06:30:00.000Z' });
    expect(leftOf(span, Date.parse('2026-11-20T00:00:00Z'))).to.deep.equal(span);
  });

  it('is of a whole date, not of one that somebody is typing', () => {
    expect(['2026-11-21', '2026-1', ''].map(isDay)).to.deep.equal([true, false, false]);
  });
});
