// Invitations: a link that works once and expires, and a person who becomes a user by choosing a password.

import { expect } from 'chai';
import {
  createInvitations,
  invitationSeconds,
  type Invitations,
} from '#src/oauth/users/invitations.ts';
import { createPeople, goodPassword, type People } from '../support/people.ts';
import { thrown } from '../support/thrown.ts';

const createDesk = (): People & { readonly invitations: Invitations; readonly sent: string[] } => {
  const people = createPeople();
  const { users, records, now } = people;
  const sent: string[] = [];
  const invitations = createInvitations({
    ...{ users, records, now, publicUrl: 'https://meridian.test' },
    send: (_user, { text }) => {
      sent.push(text);
      return Promise.resolve('mail');
    },
  });
  return { ...people, invitations, sent };
};

const tokenIn = (link: string): string => link.split('token=')[1] ?? '';

const draft = { username: 'noor', name: 'Noor', role: 'desk', email: 'noor@example.org' } as const;

describe('an invitation', () => {
  it('makes a user of whoever has the link, once', async () => {
    const { invitations, sent } = createDesk();
    const { link } = await invitations.invite(draft);
    const token = tokenIn(link);

    expect(sent[0]).to.include(link);
    expect(await invitations.read(token)).to.include({ username: 'noor', status: 'invited' });
    expect(await invitations.accept(token, goodPassword)).to.include({ status: 'active' });
    expect(await invitations.accept(token, goodPassword)).to.be.undefined;
  });

  it('stays when the password breaks the rules', async () => {
    const { invitations } = createDesk();
    const { link } = await invitations.invite(draft);
    const token = tokenIn(link);

    expect(await thrown(invitations.accept(token, 'noor'))).to.include({ status: 422 });
    expect(await invitations.accept(token, goodPassword)).to.include({ status: 'active' });
  });

  it('ends after three days and can be sent again', async () => {
    const { invitations, pass } = createDesk();
    const { link, user } = await invitations.invite(draft);
    pass(invitationSeconds + 1);

    expect(await invitations.read(tokenIn(link))).to.be.undefined;
    const again = await invitations.inviteAgain(user.id);
    expect(await invitations.read(tokenIn(again.link))).to.include({ id: user.id });
  });

  it('is not sent to who has accepted one', async () => {
    const { invitations, users } = createDesk();
    const { user } = await invitations.invite(draft);
    await users.enable(user.id);

    expect(await thrown(invitations.inviteAgain(user.id))).to.include({ status: 409 });
  });

  it('is void for a user who was disabled meanwhile', async () => {
    const { invitations, users } = createDesk();
    const { link, user } = await invitations.invite(draft);
    await users.disable(user.id);

    expect(await invitations.accept(tokenIn(link), goodPassword)).to.be.undefined;
  });
});
