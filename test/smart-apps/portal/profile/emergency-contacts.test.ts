// Whom to call in an emergency.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import {
  contactsOf,
  faultOf,
  withContact,
  withoutContact,
} from '../../../../smart-apps/portal/src/profile/emergency-contacts.ts';

const emergency = {
  ...{ system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'C' },
  display: 'Emergency Contact',
};
const amit = { name: 'Amit Sharma', relation: 'Husband', phone: '+91 98000 00001' };
const alone: Patient = { resourceType: 'Patient', id: 'priya' };
const withAmit = withContact(alone, 0, amit);

describe('emergency contacts', () => {
  it('are written as contacts of the patient and read back', () => {
    expect(withAmit.contact).to.deep.equal([
      {
        relationship: [{ coding: [emergency], text: 'Husband' }],
        name: { text: 'Amit Sharma' },
        telecom: [{ system: 'phone', value: '+91 98000 00001' }],
      },
    ]);
    expect(contactsOf(withAmit)).to.deep.equal([amit]);
  });

  it('keep what the form does not show', () => {
    const name = { family: 'Sharma', given: ['Amit'] };
    const before: Patient = {
      ...alone,
      contact: [{ name, gender: 'male', telecom: [{ system: 'email', value: 'a@example.org' }] }],
    };

    const [contact] = withContact(before, 0, amit).contact!;

    expect(contact).to.deep.include({ name, gender: 'male' });
    expect(contact!.telecom).to.have.length(2);
  });

  it('are read by the display of a role where there are no words', () => {
    const patient: Patient = {
      ...alone,
      contact: [{ relationship: [{ coding: [emergency, { code: 'MTH', display: 'mother' }] }] }],
    };

    expect(contactsOf(patient)[0]!.relation).to.equal('mother');
  });

  it('are removed one by one, the last with the element', () => {
    const two = withContact(withAmit, 1, { ...amit, name: 'Asha' });

    expect(contactsOf(withoutContact(two, 0)).map(({ name }) => name)).to.deep.equal(['Asha']);
    expect(withoutContact(withAmit, 0)).to.deep.equal(alone);
  });

  it('need a name and a number that can be called', () => {
    expect(faultOf({ ...amit, name: ' ' })).to.equal('name');
    expect(faultOf({ ...amit, phone: 'at home' })).to.equal('phone');
    expect(faultOf(amit)).to.equal(undefined);
  });
});
