// One field finds people by health ID, phone, birth date or name.

import { expect } from 'chai';
import { drawNumber } from '#src/health-id/number.ts';
import { patientQuery } from '../../../../smart-apps/desk/src/patients/find-patient.ts';

describe('looking for a patient', () => {
  it('by a health ID with dashes asks for the number', () => {
    const number = drawNumber();

    expect(patientQuery(`${number.slice(0, 2)}-${number.slice(2)}`)).to.include({
      identifier: number,
    });
  });

  it('by ten digits asks for the number with and without the code of the country, however it is spaced', () => {
    const phone =
      '9822012345,+919822012345,+91 9822012345,98220 12345,+9198220 12345,+91 98220 12345';

    expect(patientQuery('98220-12345')).to.include({ phone });
    expect(patientQuery('+91 9822012345')).to.include({ phone });
    expect(patientQuery('+44 20 7946 0000')).to.include({ phone: '+442079460000' });
  });

  it('by a date asks for the birth date', () => {
    expect(patientQuery('1980-02-03')).to.include({ birthdate: '1980-02-03' });
  });

  it('by words asks for all of them', () => {
    expect(patientQuery(' Priya  Sharma ')).to.deep.include({ name: ['Priya', 'Sharma'] });
  });

  for (const typed of ['', 'ab', '1234', '12345678901234'])
    it(`asks for nothing by '${typed}'`, () => {
      expect(patientQuery(typed)).to.equal(undefined);
    });
});
