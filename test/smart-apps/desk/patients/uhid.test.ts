// What somebody typed as a health ID is read as the server reads it.

import { expect } from 'chai';
import { drawNumber, readNumber } from '#src/health-id/number.ts';
import { readUhid } from '../../../../smart-apps/desk/src/patients/uhid.ts';

describe('a typed health ID', () => {
  it('is good exactly when the server takes it', () => {
    const numbers = Array.from({ length: 50 }, drawNumber);
    const mistyped = numbers.flatMap((number) =>
      Array.from({ length: 14 }, (_, place) => {
        const digit = String((Number(number[place]) + 1) % 10);
        return `${number.slice(0, place)}${digit}${number.slice(place + 1)}`;
      }),
    );

    const read = [...numbers, ...mistyped].map((number) => readUhid(number).ok);

    expect(read).to.deep.equal([...numbers, ...mistyped].map((number) => readNumber(number).ok));
    expect(read.slice(0, 50)).to.not.include(false);
  });

  it('may have dashes and spaces anywhere', () => {
    const number = drawNumber();
    const typed = ` ${number.slice(0, 2)}-${number.slice(2, 6)} ${number.slice(6, 10)}–${number.slice(10)}`;

    expect(readUhid(typed)).to.deep.equal({ ok: true, number });
  });

  for (const [typed, fault] of [
    ['12a4', 'digits'],
    ['', 'digits'],
    ['1234', 'length'],
    ['123456789012345', 'length'],
    ['00000000000000', 'check'],
  ] as const)
    it(`says of '${typed}' that its ${fault} is wrong`, () => {
      expect(readUhid(typed)).to.deep.equal({ ok: false, fault });
    });
});
