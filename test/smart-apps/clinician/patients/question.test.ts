// What somebody typed to find a patient.

import { expect } from 'chai';
import { readTyped } from '../../../../smart-apps/clinician/src/patients/question.ts';

const read = (text: string, birthDate = '') => readTyped({ text, birthDate });

describe('what was typed to find a patient', () => {
  it('is a health ID, with the spaces and dashes of the card', () => {
    const uhid = { kind: 'uhid', uhid: '72840543929795' };

    expect(read('72-8405-4392-9795')).to.deep.equal(uhid);
    expect(read(' 7284 0543 929795 ')).to.deep.equal(uhid);
  });

  it('is a health ID with digits missing or too many', () => {
    expect(read('7284054392979')).to.deep.equal({ kind: 'digits', count: 13 });
    expect(read('72-8405-4392')).to.deep.equal({ kind: 'digits', count: 10 });
    expect(read('728405439297951')).to.deep.equal({ kind: 'digits', count: 15 });
  });

  it('is a hospital’s number', () => {
    expect(read('SGH-204417')).to.deep.equal({
      ...{ kind: 'search', parameters: { identifier: 'SGH-204417' } },
    });
    expect(read('204417')).to.deep.equal({
      ...{ kind: 'search', parameters: { identifier: '204417' } },
    });
  });

  it('is a name, all words of which must be found, with a birth date or without', () => {
    expect(read('priya  Sharma')).to.deep.equal({
      ...{ kind: 'search', parameters: { name: ['priya', 'Sharma'] } },
    });
    expect(read('प्रिया', '1986-03-14')).to.deep.equal({
      kind: 'search',
      parameters: { name: ['प्रिया'], birthdate: '1986-03-14' },
    });
    expect(read('', '1986-03-14')).to.deep.equal({
      ...{ kind: 'search', parameters: { birthdate: '1986-03-14' } },
    });
  });

  it('is nothing yet, or too little', () => {
    expect(read('  ')).to.deep.equal({ kind: 'nothing' });
    expect(read('p')).to.deep.equal({ kind: 'too-short' });
  });
});
