// Register: the Patient that is sent, and who is asked for a contact of their own.

import { expect } from 'chai';
import { isAdult, patientOf } from '../../../../smart-apps/portal/src/people/register.ts';

const dependant = {
  ...{ given: ' Anaya  Devi ', family: 'Sharma', birthDate: '2021-04-09' },
  ...{ gender: 'female' as const, relationship: 'MTH', contact: '' },
};

describe('registering a dependant', () => {
  it('sends the names as they are written, without spaces around them', () => {
    expect(patientOf(dependant)).to.deep.equal({
      resourceType: 'Patient',
      name: [{ use: 'official', family: 'Sharma', given: ['Anaya', 'Devi'] }],
      ...{ birthDate: '2021-04-09', gender: 'female' },
    });
  });

  it('tells a mail address from a number', () => {
    const contactOf = (contact: string) => patientOf({ ...dependant, contact }).telecom?.[0];

    expect(contactOf('a@b.example')).to.deep.equal({ system: 'email', value: 'a@b.example' });
    expect(contactOf('+91 98')).to.deep.equal({ system: 'phone', value: '+91 98' });
  });

  it('counts as grown up from the eighteenth birthday on', () => {
    expect(isAdult('2008-11-21', new Date('2026-11-20T23:00:00Z'))).to.equal(false);
    expect(isAdult('2008-11-21', new Date('2026-11-21T00:00:00Z'))).to.equal(true);
    expect(isAdult('2008')).to.equal(false);
  });
});
