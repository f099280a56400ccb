// Contacts: what a person types and what a Patient has on file, read as an address that can be written to, or not at all.

import { expect } from 'chai';
import { contactsOf, readContact } from '#src/access/contact.ts';

describe('a contact', () => {
  const good: readonly (readonly [string, string])[] = [
    ['+91 98450-12345', '+919845012345'],
    ['0091 (98450) 12345', '+919845012345'],
    ['+1 555.0100.200', '+15550100200'],
    [' Mala@Example.ORG ', 'mala@example.org'],
  ];
  for (const [typed, to] of good)
    it(`is read from '${typed}'`, () => {
      expect(readContact(typed)?.to).to.equal(to);
    });

  const bad = [
    ...['', '98450 12345', '+', '+0123456789', '+12', '+1234567890123456', 'a@b', '@example.org'],
    ...['a b@example.org', 'a@example.org, b@example.org', 'a@example.org\nbcc: b@example.org'],
    `${'a'.repeat(65)}@example.org`,
  ];
  for (const typed of bad)
    it(`is not read from ${JSON.stringify(typed)}`, () => {
      expect(readContact(typed)).to.equal(undefined);
    });

  it('on file is one that is in use and in full, the preferred one first', () => {
    const telecom = [
      { system: 'phone', value: '98450 12345' },
      { system: 'email', value: 'old@example.org', use: 'old', rank: 1 },
      { system: 'fax', value: '+15550100200' },
      { system: 'phone', value: '+15550100300' },
      { system: 'email', value: 'first@example.org', rank: 1 },
      'no contact',
    ];

    const contacts = contactsOf({ resourceType: 'Patient', telecom });

    expect(contacts).to.deep.equal([
      { kind: 'mail', to: 'first@example.org' },
      { kind: 'sms', to: '+15550100300' },
    ]);
    expect(contactsOf({ resourceType: 'Patient', telecom: 'none' })).to.deep.equal([]);
  });
});
