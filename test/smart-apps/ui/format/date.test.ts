import { expect } from 'chai';
import {
  formatAge,
  formatDate,
  formatDateTime,
  formatDay,
  formatTime,
} from '../../../../smart-apps/ui/src/format/date.ts';

const zones = ['UTC', 'America/New_York', 'Asia/Kolkata'] as const;

describe('dates', () => {
  const { TZ } = process.env;
  afterEach(() => {
    // What was not set must not become the word "undefined".
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });

  for (const zone of zones) {
    for (const [value, shown] of [
      ['2024', '2024'],
      ['2024-05', 'May 2024'],
      ['2024-05-17', '17 May 2024'],
      ['2024-01-01', '1 Jan 2024'],
      ['2024-12-31', '31 Dec 2024'],
    ] as const)
      it(`without a time are the same everywhere: ${value} in ${zone}`, () => {
        process.env['TZ'] = zone;

        expect(formatDate(value, 'en')).to.equal(shown);
        expect(formatDateTime(value, 'en')).to.equal(shown);
      });

    it(`of birth give the same age everywhere: ${zone}`, () => {
      process.env['TZ'] = zone;

      expect(formatAge('1986-05-17', 'en', new Date(2026, 4, 16, 12))).to.equal('39 years');
      expect(formatAge('1986-05-17', 'en', new Date(2026, 4, 17, 12))).to.equal('40 years');
    });
  }

  for (const [zone, shown] of [
    ['UTC', '17 May 2024'],
    ['America/New_York', '17 May 2024'],
    ['Asia/Kolkata', '18 May 2024'],
  ] as const)
    it(`with a time are the day it was in ${zone}`, () => {
      process.env['TZ'] = zone;

      expect(formatDate('2024-05-17T20:00:00Z', 'en')).to.equal(shown);
    });

  it('with a time are shown in the time zone of the place where that is asked for', () => {
    const value = '2024-05-17T20:00:00Z';

    expect(formatTime(value, 'en', 'Asia/Kolkata')).to.match(/^1:30\sam$/);
    expect(formatDateTime(value, 'en', 'Asia/Kolkata')).to.match(/^18 May 2024, 1:30\sam$/);
    expect(formatDay(value, 'en', 'Asia/Kolkata')).to.match(/^Saturday,? 18 May$/);
  });

  it('are in the words of the language with digits everybody reads', () => {
    expect(formatDate('2024-05-17', 'hi')).to.equal('17 मई 2024');
    expect(formatDate('2024-05', 'hi')).to.equal('मई 2024');
    expect(formatDate('2024-05-17', 'ur')).to.match(/^17 مئی،? 2024$/);
  });

  it('say the month whole and the part of the day where people do so', () => {
    const value = '2024-09-17T10:35:00Z';

    expect(formatDate('2024-09-17', 'hi')).to.equal('17 सितंबर 2024');
    expect(formatTime(value, 'hi', 'Asia/Kolkata')).to.equal('शाम 4:05');
    expect(formatDateTime(value, 'hi', 'Asia/Kolkata')).to.equal('17 सितंबर 2024 को शाम 4:05 बजे');
  });

  it('that are none are not shown', () => {
    expect(formatDate('soon', 'en')).to.equal('');
    expect(formatDateTime('2024-13-45T00:00:00Z', 'en')).to.equal('');
  });
});

describe('ages', () => {
  const now = new Date(2026, 6, 15, 12);

  for (const [birthDate, shown] of [
    ['2026-07-15', '0 days'],
    ['2026-07-14', '1 day'],
    ['2026-06-01', '44 days'],
    ['2026-05-15', '2 months'],
    ['2024-07-16', '23 months'],
    ['2024-07-15', '2 years'],
    ['1986-07-16', '39 years'],
    ['1986', '40 years'],
    ['1986-08', '39 years'],
  ] as const)
    it(`of somebody born ${birthDate} are ${shown}`, () => {
      expect(formatAge(birthDate, 'en', now)).to.equal(shown);
    });

  it('are never below nothing, whatever the clock says', () => {
    expect(formatAge('2026-07-20', 'en', now)).to.equal('0 days');
  });

  it('are in the words of the language', () => {
    expect(formatAge('1986-07-15', 'hi', now)).to.equal('40 वर्ष');
  });
});
