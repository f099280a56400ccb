// The number under which a prescriber is registered.

import { expect } from 'chai';
import { registrationOf } from '../../../../smart-apps/clinician/src/prescribe/registration.ts';

describe('the registration of a prescriber', () => {
  const official = { use: 'official', value: 'MC-1' } as const;

  it('is that of a qualification before the official number of the person', () => {
    const qualification = [{ code: { text: 'MD' }, identifier: [{ value: 'MD-9' }] }];
    const found = registrationOf({
      ...{ resourceType: 'Practitioner', identifier: [official], qualification },
    });

    expect(found).to.deep.equal({ qualification: 'MD', registration: 'MD-9' });
  });

  it('is the official number where no qualification has one', () => {
    const found = registrationOf({
      ...{ resourceType: 'Practitioner', identifier: [{ value: 'staff-3' }, official] },
    });

    expect(found.registration).to.equal('MC-1');
  });

  it('is nothing where nobody noted one', () => {
    expect(registrationOf(undefined)).to.deep.equal({ qualification: '', registration: undefined });
  });
});
