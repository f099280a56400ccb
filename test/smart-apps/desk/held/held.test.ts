// How a report that waits is filed.

import { expect } from 'chai';
import { parametersOf } from '../../../../smart-apps/desk/src/held/held.ts';

describe('a report that waits', () => {
  it('is filed by better words, of which only those that are said are sent', () => {
    expect(
      parametersOf({ kind: 'words', uhid: ' 12 ', birthDate: '', family: 'Rao' }),
    ).to.deep.equal([
      { name: 'uhid', valueString: '12' },
      { name: 'family', valueString: 'Rao' },
    ]);
  });

  it('is filed with a person who was recognised', () => {
    expect(parametersOf({ kind: 'patient', id: 'a' })).to.deep.equal([
      { name: 'patient', valueReference: { reference: 'Patient/a' } },
    ]);
  });
});
