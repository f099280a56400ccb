// Two people side by side.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import { compare } from '../../../../smart-apps/desk/src/register/compare.ts';

const person = (more: Partial<Patient>): Patient => ({
  ...{ resourceType: 'Patient', name: [{ family: 'Kelkar', given: ['Meena'] }], ...more },
});
const agreements = (one: Partial<Patient>, other: Partial<Patient>) =>
  Object.fromEntries(
    compare(person(one), person(other)).map(({ element, agreement }) => [element, agreement]),
  );

describe('two people side by side', () => {
  it('agree in what is written differently and means the same', () => {
    const phone = (value: string): Partial<Patient> => ({ telecom: [{ system: 'phone', value }] });

    expect(agreements(phone('+91 98220 12345'), phone('9822012345'))).to.include({
      ...{ name: 'same', phone: 'same' },
    });
  });

  it('are alike by a slip of the pen, or with day and month swapped', () => {
    const names = { name: [{ family: 'Kelkar', given: ['Mina'] }] };

    expect(agreements({}, names)).to.include({ name: 'alike' });
    expect(agreements({ birthDate: '1987-03-04' }, { birthDate: '1987-04-03' })).to.include({
      birthDate: 'alike',
    });
  });

  it('differ in what is neither, and nothing is said of what one of them lacks', () => {
    const one = { gender: 'female', birthDate: '1987-03-14' } as const;

    expect(agreements(one, { gender: 'male' })).to.include({
      ...{ gender: 'differs', birthDate: 'unknown', phone: 'unknown' },
    });
  });
});
