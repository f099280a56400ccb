// How a person can be reached, in a form and back.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import { detailsOf, withDetails } from '../../../../smart-apps/portal/src/profile/details.ts';

const priya: Patient = {
  resourceType: 'Patient',
  telecom: [
    { system: 'phone', value: '1', use: 'old' },
    { system: 'phone', value: '2', use: 'mobile', rank: 1 },
    { system: 'url', value: 'https://priya.example' },
  ],
  address: [
    { use: 'work', text: 'Office' },
    {
      ...{ use: 'home', text: '22 Prabhat Road, Pune', line: ['22 Prabhat Road'] },
      ...{ city: 'Pune', state: 'MH', postalCode: '411004', country: 'IN' },
    },
  ],
  communication: [
    { language: { coding: [{ code: 'hi' }] }, preferred: true },
    { language: { coding: [{ code: 'en' }] } },
  ],
};
const details = detailsOf(priya);

describe('how a person can be reached', () => {
  it('is what is in use at home', () => {
    expect(details).to.deep.equal({
      ...{ phone: '2', email: '', street: '22 Prabhat Road', city: 'Pune', state: 'MH' },
      ...{ postalCode: '411004', language: 'hi' },
    });
  });

  it('stays as it is when nothing was changed', () => {
    expect(withDetails(priya, details)).to.deep.equal(priya);
  });

  it('changes a number and keeps what else is said of it, and the others', () => {
    const { telecom } = withDetails(priya, { ...details, phone: ' 3 ', email: 'p@example.org' });

    expect(telecom).to.deep.equal([
      priya.telecom![0],
      { ...priya.telecom![1], value: '3' },
      priya.telecom![2],
      { system: 'email', value: 'p@example.org' },
    ]);
  });

  it('takes a number away that was emptied', () => {
    const { telecom } = withDetails(priya, { ...details, phone: '' });

    expect(telecom).to.deep.equal([priya.telecom![0], priya.telecom![2]]);
  });

  it('keeps the country of an address, and drops a text that is not true any more', () => {
    const { address } = withDetails(priya, { ...details, street: 'A\n\nB', city: 'Nashik' });

    expect(address).to.deep.include.members([
      priya.address![0],
      {
        ...{ use: 'home', line: ['A', 'B'], city: 'Nashik', state: 'MH' },
        ...{ postalCode: '411004', country: 'IN' },
      },
    ]);
  });

  it('prefers another language and keeps the one before', () => {
    const { communication } = withDetails(priya, { ...details, language: 'en' });

    expect(
      communication!.map(({ language, preferred }) => [language.coding![0]!.code, preferred]),
    ).to.deep.equal([
      ['en', true],
      ['hi', undefined],
    ]);
  });

  it('adds what a person without anything typed', () => {
    const typed = { ...detailsOf({ resourceType: 'Patient' }), phone: '5', city: 'Pune' };

    const { telecom, address } = withDetails({ resourceType: 'Patient' }, typed);

    expect(telecom).to.deep.equal([{ system: 'phone', value: '5' }]);
    expect(address).to.deep.equal([{ use: 'home', city: 'Pune' }]);
  });
});
