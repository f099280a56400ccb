// A card as the text of QR codes: two digits for each character, in balanced parts when it is long.

import { expect } from 'chai';
import decodeQR from 'qr/decode.js';
import { readNumeric, writeNumeric } from '#src/health-id/card/numeric.ts';
import { drawCode } from '#test/support/qr-code.ts';
import { describeShared, readShared } from '#test/support/shared.ts';

const text = (length: number): string =>
  Array.from({ length }, (_, at) => 'eyJz_-.09AZ'[at % 11]!).join('');

/** Three pixels a module, four modules of white around, as RGBA. */
const pixelsOf = (modules: ReturnType<typeof drawCode>['modules']) => {
  const { size } = modules;
  const side = (size + 8) * 3;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let at = 0; at < side * side; at += 1) {
    const [row, column] = [at / side, at % side].map((pixel) => Math.floor(pixel / 3) - 4);
    const isInside = [row, column].every((place) => place! >= 0 && place! < size);
    if (isInside && modules.get(row!, column!) === 1) data.fill(0, at * 4, at * 4 + 3);
  }
  return { width: side, height: side, data };
};

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

  it('fits into a code of version 22, which readers read', () => {
    for (const length of [1, 700, 1195]) {
      const [code = ''] = writeNumeric(text(length));
      const { version, modules } = drawCode(code);

      expect(version).to.be.at.most(22);
      expect(decodeQR(pixelsOf(modules))).to.equal(code);
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
