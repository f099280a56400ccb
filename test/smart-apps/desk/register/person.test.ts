// The registration form: what is missing in it, and the Patient it becomes.

import { expect } from 'chai';
import {
  emptyPerson,
  faultsOf,
  isEnoughToMatch,
  patientOf,
  type PersonForm,
} from '../../../../smart-apps/desk/src/register/person.ts';

const meena: PersonForm = {
  ...emptyPerson,
  ...{ given: ' Meena  Rani ', family: 'Kelkar', birthDate: '1987-03-14', gender: 'female' },
};
const today = '2026-11-21';

describe('the registration form', () => {
  it('becomes a Patient without what is not known', () => {
    expect(patientOf(meena)).to.deep.equal({
      ...{ resourceType: 'Patient', active: true, gender: 'female', birthDate: '1987-03-14' },
      name: [{ use: 'official', family: 'Kelkar', given: ['Meena', 'Rani'] }],
    });
  });

  it('gives ten digits the code of the country', () => {
    expect(patientOf({ ...meena, phone: '98220 12345' }).telecom).to.deep.equal([
      { system: 'phone', value: '+919822012345', use: 'mobile' },
    ]);
    expect(patientOf({ ...meena, phone: '+44 20 7946 0000' }).telecom?.[0]?.value).to.equal(
      '+442079460000',
    );
  });

  it('is whole with a name, a birth date and a sex', () => {
    expect(faultsOf(meena, today)).to.deep.equal({});
    expect(faultsOf(emptyPerson, today)).to.deep.equal({
      ...{ given: 'missing', birthDate: 'missing', gender: 'missing' },
    });
  });

  it('refuses a birth date to come, and a phone number and mail address that are none', () => {
    const wrong = { ...meena, birthDate: '2026-11-22', phone: '123', email: 'meena' };

    expect(faultsOf(wrong, today)).to.deep.equal({
      ...{ birthDate: 'future', phone: 'phone', email: 'email' },
    });
  });

  it('looks for people alike with a name and a birth date or phone number', () => {
    expect(isEnoughToMatch(meena)).to.equal(true);
    expect(isEnoughToMatch({ ...meena, birthDate: '', phone: '98220 12345' })).to.equal(true);
    expect(isEnoughToMatch({ ...meena, birthDate: '' })).to.equal(false);
    expect(isEnoughToMatch({ ...meena, given: '', family: '' })).to.equal(false);
    expect(isEnoughToMatch({ ...meena, birthDate: '0198-03-14' })).to.equal(false);
  });
});
