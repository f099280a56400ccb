// Which results are of the same test.

import { expect } from 'chai';
import type { Coding } from 'fhir/r4.js';
import { codeKeyOf, testKeyOf, unitKeyOf } from '../../../../smart-apps/ui/src/record/test-key.ts';

const loinc = (code: string): Coding => ({ system: 'http://loinc.org', code });
const local: Coding = { system: 'urn:lab', code: '718-7' };

describe('the key of a test', () => {
  it('is its code with the system, as it is searched for', () => {
    expect(codeKeyOf({ coding: [loinc('718-7')] })).to.equal('http://loinc.org|718-7');
    expect(codeKeyOf({ coding: [local] })).to.equal('urn:lab|718-7');
    expect(codeKeyOf({ coding: [{ code: 'HB' }] })).to.equal('|HB');
  });

  it('is that of LOINC, wherever a laboratory puts it', () => {
    const keys = [[loinc('777-3'), local], [local, loinc('777-3')], [loinc('777-3')]].map(
      (coding) => codeKeyOf({ coding }),
    );

    expect(new Set(keys)).to.have.length(1);
  });

  it('is the text where there is no code, and its own where there is neither', () => {
    expect(codeKeyOf({ text: 'Hb', coding: [{ display: 'Hb' }] })).to.equal(undefined);
    expect(testKeyOf({ code: { text: 'Hb' } })).to.equal(
      testKeyOf({ code: { text: 'Hb' }, id: 'a' }),
    );
    expect(testKeyOf({ code: {}, id: 'a' })).to.not.equal(testKeyOf({ code: {}, id: 'b' }));
  });
});

describe('the key of a unit', () => {
  it('is the code before the word', () => {
    expect(unitKeyOf({ unit: 'mg/dl', code: 'mg/dL' })).to.equal(unitKeyOf({ code: 'mg/dL' }));
    expect(unitKeyOf({ code: 'mm[Hg]' })).to.equal(unitKeyOf({ unit: 'mmHg' }));
    expect(unitKeyOf({ unit: 'mg/dL' })).to.not.equal(unitKeyOf({ unit: 'mmol/L' }));
    expect(unitKeyOf({ value: 3 })).to.equal('');
  });
});
