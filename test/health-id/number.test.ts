// The number of a health ID: every mistyped digit and every swap of neighbours is found.

import { expect } from 'chai';
import { checkDigitOf, drawNumber, readNumber, showNumber } from '#src/health-id/number.ts';
import { foreignFault } from '#src/health-id/foreign-numbers.ts';

const count = process.env['LONG'] === '1' ? 20_000 : 2_000;
const drawn = Array.from({ length: count }, () => drawNumber());

const places = Array.from({ length: 14 }, (_, at) => at);

/** With each digit replaced by each of the nine others. */
const mistyped = (number: string): readonly string[] =>
  places.flatMap((at) =>
    Array.from({ length: 10 }, (_, digit) => String(digit))
      .filter((digit) => digit !== number[at])
      .map((digit) => `${number.slice(0, at)}${digit}${number.slice(at + 1)}`),
  );

const swapped = (number: string): readonly string[] =>
  places
    .slice(1)
    .filter((at) => number[at] !== number[at - 1])
    .map(
      (at) => `${number.slice(0, at - 1)}${number[at]!}${number[at - 1]!}${number.slice(at + 1)}`,
    );

describe('the number of a health ID', () => {
  it('has the check digit of the published example', () => {
    expect(checkDigitOf('236')).to.equal('3');
    expect(checkDigitOf('12345')).to.equal('1');
    expect(checkDigitOf('142857')).to.equal('0');
  });

  it('is 14 digits, never begins with 0 and is its own check', () => {
    for (const number of drawn) {
      expect(number).to.match(/^[1-9]\d{13}$/);
      expect(readNumber(number)).to.deep.equal({ ok: true, number });
    }
  });

  it('begins with every digit but 0 and ends with every digit', () => {
    expect(new Set(drawn.map((number) => number[0])).size).to.equal(9);
    expect(new Set(drawn.map((number) => number[13])).size).to.equal(10);
  });

  it('is refused with any one digit mistyped', () => {
    for (const number of drawn)
      expect(mistyped(number).filter((typed) => readNumber(typed).ok)).to.deep.equal([]);
  });

  it('is refused with any two neighbours swapped', () => {
    for (const number of drawn)
      expect(swapped(number).filter((typed) => readNumber(typed).ok)).to.deep.equal([]);
  });

  it('is shown as 2-4-4-4 and read back from there', () => {
    for (const number of drawn.slice(0, 100)) {
      expect(showNumber(number)).to.match(/^\d\d-\d{4}-\d{4}-\d{4}$/);
      expect(readNumber(showNumber(number))).to.deep.equal({ ok: true, number });
      expect(readNumber(` ${showNumber(number).replaceAll('-', ' \u2013 ')} `)).to.deep.equal({
        ok: true,
        number,
      });
    }
  });

  const number = drawn[0]!;
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /14 digits; this has 0, so 14 is missing/],
    ['a digit too few', number.slice(1), /this has 13, so 1 is missing/],
    ['a digit too many', `${number}1`, /this has 15, so 1 is too many/],
    ['a letter', `O${number.slice(1)}`, /digits only.*'O' is none/],
    ['a digit of another script', `١${number.slice(1)}`, /digits only/],
    ['a 0 in front', `0${number.slice(1)}`, /never begins with 0/],
    [
      'another check digit',
      `${number.slice(0, 13)}${String((Number(number[13]) + 1) % 10)}`,
      /mistyped, or two are swapped/,
    ],
  ];
  for (const [what, typed, words] of wrong)
    it(`says what is wrong with ${what}`, () => {
      const reading = readNumber(typed);

      expect(reading.ok ? '' : reading.fault).to.match(words);
    });
});

describe('numbers of others', () => {
  const nhs = 'https://fhir.nhs.uk/Id/nhs-number';
  const abha = 'https://healthid.abdm.gov.in';
  const cases: readonly (readonly [string, string, RegExp | undefined])[] = [
    [nhs, '9434765919', undefined],
    [nhs, '9000000009', undefined],
    [nhs, '9876544321', /check digit/],
    [nhs, '943 476 5919', /10 digits/],
    [nhs, '1000000010', /check digit/],
    [abha, '91-1234-5678-9012', undefined],
    [abha, '91123456789013', undefined],
    ['https://hospital.example/mrn', 'anything', undefined],
  ];
  for (const [system, value, fault] of cases)
    it(`${fault === undefined ? 'takes' : 'refuses'} ${value} of ${system}`, () => {
      if (fault === undefined) expect(foreignFault(system, value)).to.equal(undefined);
      else expect(foreignFault(system, value)).to.match(fault);
    });
});
