// Users: unique names whoever comes first, changes that do not overwrite each other, and an end to everything when disabled.

import { expect } from 'chai';
import { matchesPassword } from '#src/oauth/users/password-hash.ts';
import type { User } from '#src/access/user.ts';
import type { NewUser } from '#src/oauth/users/users.ts';
import { createPeople, goodPassword } from '../support/people.ts';
import { thrown } from '../support/thrown.ts';

const mira: NewUser = { username: 'Mira.Santos', name: 'Dr Mira Santos', role: 'clinician' };

describe('users', () => {
  it('are found by name without regard to case', async () => {
    const { users } = createPeople();

    const user = await users.create(mira);

    expect(await users.byName(' mira.santos ')).to.deep.equal(user);
    expect(await users.byId(user.id)).to.deep.equal(user);
  });

  it('have one name each, also when twenty are made at once', async () => {
    const { users, records } = createPeople();

    const made = await Promise.allSettled(
      Array.from({ length: 20 }, (_one, at) => users.create({ ...mira, name: `Mira ${at}` })),
    );

    expect(made.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await records.find('user', {})).to.have.length(1);
  });

  it('cannot take a name that differs only in how it is written', async () => {
    const { users } = createPeople();
    await users.create(mira);

    const refused = await thrown(users.create({ ...mira, username: 'ＭＩＲＡ.santos' }));

    expect(refused).to.include({ status: 409 });
    expect(refused.message).to.match(/taken; choose another/);
  });

  for (const username of [
    '',
    'a',
    ' ',
    '.hidden',
    'two words',
    'x'.repeat(200),
    'a\u0000b',
    'a\nb',
  ])
    it(`cannot be named ${JSON.stringify(username.slice(0, 12))}`, async () => {
      const { users } = createPeople();

      expect(await thrown(users.create({ ...mira, username }))).to.include({ status: 400 });
    });

  it('are kept with the hash of a password, never with the password', async () => {
    const { users, records } = createPeople();

    await users.create({ ...mira, password: goodPassword });

    expect(JSON.stringify(await records.find('user', {}))).not.to.include(goodPassword);
  });

  it('cannot have a password that breaks the rules', async () => {
    const { users, records } = createPeople();

    const refused = await thrown(users.create({ ...mira, password: 'Mira.Santos12' }));

    expect(refused).to.include({ status: 422 });
    expect(await records.find('user', {})).to.be.empty;
  });

  it('keep both of two changes made at once', async () => {
    const { users } = createPeople();
    const { id } = await users.create(mira);

    await Promise.all([
      users.change(id, (user) => ({ ...user, email: 'mira@example.org' })),
      users.change(id, (user) => ({ ...user, phone: '+15550100' })),
    ]);

    expect(await users.byId(id)).to.include({ email: 'mira@example.org', phone: '+15550100' });
  });

  it('are signed out everywhere by a new password', async () => {
    const { users, records } = createPeople();
    const { id } = await users.create({ ...mira, password: goodPassword });
    await records.put('Session', 's1', { accountId: id });

    const { password } = await users.setPassword(id, 'another good password');

    expect(await matchesPassword('another good password', password)).to.be.true;
    expect(await records.get('Session', 's1')).to.be.undefined;
  });

  const becoming: Readonly<Record<string, Partial<User>>> = {
    'have another role': { role: 'desk' },
    'work for another organization': { organization: 'Organization/2' },
    'are somebody else': { fhirUser: 'Practitioner/2' },
    'no longer stand for somebody': { relatedPersons: [] },
  };
  for (const [what, change] of Object.entries(becoming))
    it(`lose what they granted when they ${what}, and stay signed in`, async () => {
      const { users, records } = createPeople();
      const { id } = await users.create({ ...mira, relatedPersons: ['RelatedPerson/1'] });
      for (const kind of ['Session', 'RefreshToken', 'AccessToken', 'Grant'])
        await records.put(kind, 'x', { accountId: id });

      await users.change(id, (user) => ({ ...user, ...change }));

      for (const kind of ['RefreshToken', 'AccessToken', 'Grant'])
        expect(await records.find(kind, {}), kind).to.be.empty;
      expect(await records.find('Session', {})).to.have.length(1);
    });

  it('keep what they granted when their name or address changes', async () => {
    const { users, records } = createPeople();
    const { id } = await users.create({ ...mira, relatedPersons: ['RelatedPerson/1'] });
    await records.put('AccessToken', 'x', { accountId: id });

    await users.change(id, (user) => ({
      ...{ ...user, name: 'Mira S.', email: 'mira@example.org' },
      relatedPersons: ['RelatedPerson/1', 'RelatedPerson/2'],
    }));

    expect(await records.find('AccessToken', {})).to.have.length(1);
  });

  it('lose sessions and tokens when they are disabled', async () => {
    const { users, records } = createPeople();
    const { id } = await users.create(mira);
    for (const kind of ['Session', 'RefreshToken', 'AccessToken', 'Grant'])
      await records.put(kind, 'x', { accountId: id });

    expect(await users.disable(id)).to.include({ status: 'disabled' });

    for (const kind of ['Session', 'RefreshToken', 'AccessToken', 'Grant'])
      expect(await records.find(kind, {}), kind).to.be.empty;
  });
});
