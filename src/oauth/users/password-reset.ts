// Password reset: a link by mail or a code by SMS, each once and for a short time. Nothing tells whether an account exists.
// https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html

import { createOneTimeCodes, type OneTimeCodes } from '../../access/one-time-code.ts';
import type { User } from '../../access/user.ts';
import type { RecordStore } from '../../store/port.ts';
import type { SendMessage } from './messages.ts';
import { createOneTime, type OneTime } from './one-time.ts';
import type { Users } from './users.ts';

interface Reset {
  readonly user: string;
}

export interface PasswordReset {
  /** Sends the link or the code if there is such a user. Gives the secret of the page on which a code may be typed. */
  ask(usernameOrEmail: string): Promise<string>;
  /** A token as the link has one, for the code that was sent; undefined when it is wrong, old, or was tried too often. */
  redeem(page: string, code: string): Promise<string | undefined>;
  read(token: string): Promise<User | undefined>;
  /** Uses the token up. Throws 422 for a password that may not be; undefined when the token does not work any more. */
  reset(token: string, password: string): Promise<User | undefined>;
}

export interface PasswordResetOptions {
  readonly users: Users;
  readonly records: RecordStore;
  readonly now: () => number;
  readonly send: SendMessage;
  readonly publicUrl: string;
  /** Whether this user may be sent one more message. */
  readonly maySend: (user: User) => Promise<boolean>;
  /** Called when a message could not be sent; the person is answered already. */
  readonly onFault: (error: unknown) => void;
}

interface Desk extends PasswordResetOptions {
  readonly codes: OneTimeCodes<Reset>;
  readonly tokens: OneTime<Reset>;
}

export const resetSeconds = 30 * 60;
export const resetCodeSeconds = 10 * 60;
/** An address may be shared by a family. */
const mostUsers = 5;

export const createPasswordReset = (given: PasswordResetOptions): PasswordReset => {
  const { users, records, now } = given;
  const codes = createOneTimeCodes<Reset>({
    ...{ records, now, kind: 'reset-asked', seconds: resetCodeSeconds },
  });
  const tokens = createOneTime<Reset>({
    ...{ records, now, kind: 'reset', seconds: resetSeconds },
  });
  const options: Desk = { ...given, codes, tokens };

  const read = async (token: string): Promise<User | undefined> => {
    const reset = await tokens.peek(token);
    const user = reset === undefined ? undefined : await users.byId(reset.user);
    return user?.status === 'active' ? user : undefined;
  };

  return {
    read,
    ask: async (name) => {
      const found = (await findAll(users, name)).filter(({ status }) => status === 'active');
      const bySms = found.find(({ email, phone }) => email === undefined && phone !== undefined);
      const { ticket, code } = await codes.issue(bySms && { user: bySms.id });
      // Not waited for: how long a mail takes would tell that there is somebody to send it to.
      for (const user of found) sendTo(options, user, code).catch(options.onFault);
      return ticket;
    },
    redeem: async (page, code) => {
      const asked = await codes.redeem(page, code);
      return asked && tokens.issue(asked);
    },
    reset: async (token, password) => {
      const user = await read(token);
      if (user === undefined) return undefined;
      users.checkPassword(user, password);
      if ((await tokens.take(token)) === undefined) return undefined;
      const changed = await users.setPassword(user.id, password);
      options.send(changed, passwordChanged).catch(options.onFault);
      return changed;
    },
  };
};

/** Told to whoever may not have done it. */
export const passwordChanged = {
  subject: 'Your Meridian password was changed',
  text: 'Your password for Meridian was changed, and you were signed out everywhere. If this was not you, tell your hospital at once.',
};

const findAll = async (users: Users, name: string): Promise<readonly User[]> => {
  const [user, others] = await Promise.all([users.byName(name), users.byEmail(name)]);
  return user === undefined ? others.slice(0, mostUsers) : [user];
};

const sendTo = async (
  { tokens, send, publicUrl, maySend }: Desk,
  user: User,
  code: string,
): Promise<void> => {
  if (!(await maySend(user))) return;
  if (user.email === undefined) {
    const text = `${code} is your Meridian code. It works once, for ten minutes. Nobody from Meridian will ask you for it.`;
    await send(user, { subject: 'Your code', text });
    return;
  }
  const link = `${publicUrl}/oauth/reset?token=${await tokens.issue({ user: user.id })}`;
  await send(user, {
    subject: 'Choose a new password for Meridian',
    text: `Somebody, probably you, asked for a new password for the user name ${user.username}. Choose it here:\n${link}\nThe link works once, for half an hour. If it was not you, do nothing.`,
  });
};
