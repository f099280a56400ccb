// A card as the text of QR codes: two digits for each character, in balanced parts when it is long.

import { expect } from 'chai';
import { readNumeric, writeNumeric } from '#src/health-id/card/numeric.ts';
import { describeShared, readShared } from '#test/support/shared.ts';

const text = (length: number): string =>
  Array.from({ length }, (_, at) => 'eyJz_-.09AZ'[at % 11]!).join('');

describe('health-id/card/numeric', () => {
  it('writes what it reads, in one code as long as it fits and in several beyond', () => {
    for (const [length, codes] of [
      [1, 1],
      [1195, 1],
      [1196, 2],
      [3173, 3],
    ] as const) {
      const written = writeNumeric(text(length));

      expect(written).to.have.length(codes);
      expect(written.every((code) => /^shc:\/(\d+\/\d+\/)?\d+$/.test(code))).to.be.true;
      expect(readNumeric(written.toReversed())).to.deep.equal({ ok: true, jws: text(length) });
    }
  });

  it('makes parts of about the same length', () => {
    const [one = '', other = ''] = writeNumeric(text(1200));

    expect(one.length - other.length).to.equal(0);
  });

  it('says which code is missing, and refuses codes of different cards', () => {
    const codes = writeNumeric(text(3000));

    expect(readNumeric(codes.slice(1))).to.deep.include({ ok: false });
    expect(JSON.stringify(readNumeric(codes.slice(1)))).to.include('Code 1 of 3 is missing');
    expect(readNumeric([codes[0]!, codes[0]!])).to.have.property('ok', false);
    expect(readNumeric([codes[0]!, writeNumeric('a')[0]!])).to.have.property('ok', false);
    expect(readNumeric(['shc:/123'])).to.have.property('ok', false);
    expect(readNumeric(['shc:/3/2/1234'])).to.have.property('ok', false);
    expect(readNumeric([])).to.have.property('ok', false);
  });
});

describeShared('health-id/card/numeric, over the examples of the specification', () => {
  it('writes the same codes', () => {
    const read = (name: string) => readShared('vectors', 'shc', name).trim();

    for (const number of ['00', '01', '03'])
      expect(writeNumeric(read(`example-${number}-d-jws.txt`))).to.deep.equal([
        read(`example-${number}-f-qr-code-numeric-value-0.txt`),
      ]);
    expect(writeNumeric(read('example-02-d-jws.txt'))).to.have.length(3);
  });
});
