// Password reset: a link by mail or a code by SMS, each once and for a short time. Nothing tells whether an account exists.
// https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html

import { randomInt, timingSafeEqual } from 'node:crypto';
import type { User } from '../../access/user.ts';
import type { RecordStore } from '../../store/port.ts';
import type { SendMessage } from './messages.ts';
import { createOneTime, hashOf, type OneTime } from './one-time.ts';
import type { Users } from './users.ts';

interface Reset {
  readonly user: string;
}

/** What a person who asked may still do with the code they get; the same is kept for names nobody has. */
interface ResetAsked {
  readonly user?: string;
  /** Hash of the code together with the secret of the page, so that the store alone does not give eight digits away. */
  readonly code?: string;
  readonly tries: number;
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
  readonly asked: OneTime<ResetAsked>;
  readonly tokens: OneTime<Reset>;
}

export const resetSeconds = 30 * 60;
export const resetCodeSeconds = 10 * 60;
const mostTries = 5;
/** An address may be shared by a family. */
const mostUsers = 5;

export const createPasswordReset = (given: PasswordResetOptions): PasswordReset => {
  const { users, records, now } = given;
  const asked = createOneTime<ResetAsked>({
    ...{ records, now, kind: 'reset-asked', seconds: resetCodeSeconds },
  });
  const tokens = createOneTime<Reset>({
    ...{ records, now, kind: 'reset', seconds: resetSeconds },
  });
  const options: Desk = { ...given, asked, tokens };

  const read = async (token: string): Promise<User | undefined> => {
    const reset = await tokens.peek(token);
    const user = reset === undefined ? undefined : await users.byId(reset.user);
    return user?.status === 'active' ? user : undefined;
  };

  return {
    read,
    ask: async (name) => {
      const found = (await findAll(users, name)).filter(({ status }) => status === 'active');
      const code = String(randomInt(1e8)).padStart(8, '0');
      const bySms = found.find(({ email, phone }) => email === undefined && phone !== undefined);
      const page = await asked.issue({ tries: 0 });
      const kept = { code: hashOf(page + code), tries: 0 };
      // Rewritten for unknown names as well, so that the work is the same.
      await records.replace(
        'reset-asked',
        hashOf(page),
        bySms === undefined ? kept : { ...kept, user: bySms.id },
        { tries: 0 },
      );
      // Not waited for: how long a mail takes would tell that there is somebody to send it to.
      for (const user of found) sendTo(options, user, code).catch(options.onFault);
      return page;
    },
    redeem: async (page, code) => {
      const kept = await countTry(options, page);
      if (kept?.user === undefined || kept.code === undefined || kept.tries > mostTries)
        return undefined;
      const given = Buffer.from(hashOf(page + code.replaceAll(/\D/g, '')));
      if (!timingSafeEqual(given, Buffer.from(kept.code))) return undefined;
      if ((await asked.take(page)) === undefined) return undefined;
      return tokens.issue({ user: kept.user });
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

/** Counts before it compares, so that many tries at once are all counted. */
const countTry = async (
  { records, asked }: Desk,
  page: string,
): Promise<ResetAsked | undefined> => {
  for (let attempt = 0; attempt < mostTries * 4; attempt += 1) {
    const kept = await asked.peek(page);
    if (kept === undefined || kept.tries >= mostTries) return undefined;
    const counted = { ...kept, tries: kept.tries + 1 };
    if (await records.replace('reset-asked', hashOf(page), counted, kept)) return counted;
  }
  return undefined;
};
