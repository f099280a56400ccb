// Invitations: an administrator names a person, who gets a link that works once and there chooses a password.

import type { User } from '../../access/user.ts';
import { conflict, notFound } from '../../fhir/problem.ts';
import type { RecordStore } from '../../store/port.ts';
import type { SendMessage } from './messages.ts';
import { createOneTime } from './one-time.ts';
import type { NewUser, Users } from './users.ts';

export interface Invitations {
  /** Makes the user with the status 'invited' and sends the link; the link is returned, too, to be handed over in person. */
  invite(draft: Omit<NewUser, 'password' | 'status'>): Promise<Invited>;
  /** A new link for a user who is still only invited. Throws 404 or 409. */
  inviteAgain(id: string): Promise<Invited>;
  /** Whom the link is for, as long as it works. */
  read(token: string): Promise<User | undefined>;
  /** Uses the link up: the user is active and has the password. undefined when the link does not work any more. */
  accept(token: string, password: string): Promise<User | undefined>;
}

export interface Invited {
  readonly user: User;
  readonly link: string;
}

export interface InvitationsOptions {
  readonly users: Users;
  readonly records: RecordStore;
  readonly now: () => number;
  readonly send: SendMessage;
  readonly publicUrl: string;
}

/** Three days: a link sent on Friday works on Monday. */
export const invitationSeconds = 3 * 24 * 3600;

export const createInvitations = ({
  users,
  records,
  now,
  send,
  publicUrl,
}: InvitationsOptions): Invitations => {
  const tokens = createOneTime<{ readonly user: string }>({
    ...{ records, now, kind: 'invitation', seconds: invitationSeconds },
  });

  const issue = async (user: User): Promise<Invited> => {
    const link = `${publicUrl}/oauth/invitation?token=${await tokens.issue({ user: user.id })}`;
    await send(user, {
      subject: 'Your invitation to Meridian',
      text: `You are invited to sign in to Meridian. Choose your password here:\n${link}\nThe link works once, within three days.`,
    });
    return { user, link };
  };

  const read = async (token: string): Promise<User | undefined> => {
    const invitation = await tokens.peek(token);
    const user = invitation === undefined ? undefined : await users.byId(invitation.user);
    return user?.status === 'invited' ? user : undefined;
  };

  return {
    read,
    invite: async (draft) => issue(await users.create({ ...draft, status: 'invited' })),
    inviteAgain: async (id) => {
      const user = await users.byId(id);
      if (user === undefined) throw notFound('User', id);
      if (user.status !== 'invited') throw conflict('The user has accepted an invitation already.');
      return issue(user);
    },
    accept: async (token, password) => {
      const user = await read(token);
      if (user === undefined) return undefined;
      users.checkPassword(user, password);
      // The link is used up only after the password was found good, and by one of two who click at the same time.
      if ((await tokens.take(token)) === undefined) return undefined;
      await users.setPassword(user.id, password);
      return users.enable(user.id);
    },
  };
};
