// Users: who can sign in here. User names are unique, whoever comes first; a change never overwrites another's change.

import type { Role } from '../../access/caller.ts';
import type { User, UserName } from '../../access/user.ts';
import { businessRule, conflict, invalid, notFound } from '../../fhir/problem.ts';
import type { RecordStore } from '../../store/port.ts';
import { endAccess, endOwnApps } from '../end-access.ts';
import { hashPassword } from './password-hash.ts';
import { faultOfPassword } from './password-rules.ts';

export interface Users {
  byId(id: string): Promise<User | undefined>;
  /** Without regard to case. */
  byName(username: string): Promise<User | undefined>;
  byEmail(email: string): Promise<readonly User[]>;
  /** Throws 400 for a user name that cannot be one, 409 when it is taken, 422 for a password that may not be. */
  create(draft: NewUser): Promise<User>;
  /**
   * Applies the change to what is stored then, again when another was quicker. Id and user name stay. Who becomes somebody else
   * to the rules of access loses what was granted before. Throws 404.
   */
  change(id: string, change: (user: User) => User): Promise<User>;
  /** Throws 422 naming the rule the password breaks. */
  checkPassword(user: User, password: string): void;
  /** As `checkPassword`; then ends every session of the user. */
  setPassword(id: string, password: string): Promise<User>;
  /** From the next request on the user cannot sign in, and no token of theirs is good. */
  disable(id: string): Promise<User>;
  enable(id: string): Promise<User>;
  /** Signed out in every browser. Apps keep the access they were granted. */
  endSessions(id: string): Promise<void>;
}

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly password?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly fhirUser?: string;
  readonly organization?: string;
  readonly relatedPersons?: readonly string[];
  readonly status?: User['status'];
}

export interface UsersOptions {
  readonly records: RecordStore;
  readonly now: () => number;
  readonly newId: () => string;
}

export const createUsers = ({ records, now, newId }: UsersOptions): Users => {
  // Only this module writes the kinds 'user' and 'user-name', so what is read has their shape.
  const byId = async (id: string): Promise<User | undefined> =>
    (await records.get('user', id)) as User | undefined;

  const byName = async (username: string): Promise<User | undefined> => {
    const name = (await records.get('user-name', keyOf(username))) as UserName | undefined;
    return name === undefined ? undefined : byId(name.user);
  };

  const create = async ({ password, ...draft }: NewUser): Promise<User> => {
    checkUsername(draft.username);
    const username = draft.username.normalize('NFKC').trim();
    if (password !== undefined) checkPassword(password, draft);
    const hash = password === undefined ? {} : { password: await hashPassword(password) };
    const email = draft.email === undefined ? {} : { email: draft.email.trim().toLowerCase() };
    const createdAt = new Date(now()).toISOString();
    const user: User = {
      ...{ status: 'active', ...draft, ...email, ...hash },
      ...{ id: newId(), username, createdAt },
    };
    // The user first, then the name: a name that is taken always leads to a user, also after a crash between the two.
    await records.put('user', user.id, user);
    if (await records.add('user-name', keyOf(username), { user: user.id } satisfies UserName))
      return user;
    await records.take('user', user.id);
    throw conflict(`The user name '${username}' is taken; choose another.`, 'username');
  };

  const change = async (id: string, apply: (user: User) => User): Promise<User> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const user = await byId(id);
      if (user === undefined) throw notFound('User', id);
      const changed = { ...apply(user), id, username: user.username };
      if (!(await records.replace('user', id, changed, user))) continue;
      // Tokens say what their user was when they were made.
      if (isSomebodyElse(user, changed)) await endAccess(records, { accountId: id });
      return changed;
    }
    throw conflict('The user is being changed by others at the same time; try again.');
  };

  const endSessions = async (id: string): Promise<void> => {
    const sessions = (await records.find('Session', { accountId: id })) as readonly Session[];
    await records.drop('Session', { accountId: id });
    await Promise.all(sessions.map(({ uid = '' }) => endOwnApps(records, uid)));
  };

  const setPassword = async (id: string, password: string): Promise<User> => {
    const user = await byId(id);
    if (user === undefined) throw notFound('User', id);
    checkPassword(password, user);
    const hash = await hashPassword(password);
    const changed = await change(id, (kept) => ({ ...kept, password: hash }));
    await endSessions(id);
    return changed;
  };

  const disable = async (id: string): Promise<User> => {
    const user = await change(id, (kept) => ({ ...kept, status: 'disabled' }));
    await endSessions(id);
    await endAccess(records, { accountId: id });
    return user;
  };

  return {
    ...{ byId, byName, create, change, setPassword, disable, endSessions },
    byEmail: async (email) =>
      (await records.find('user', { email: email.trim().toLowerCase() })) as readonly User[],
    checkPassword: (user, password) => {
      checkPassword(password, user);
    },
    enable: (id) => change(id, (kept) => ({ ...kept, status: 'active' })),
  };
};

/** The part of the library's record that is read here. */
interface Session {
  readonly uid?: string;
}

const attempts = 20;

/** More people to stand for take nothing from what was granted. */
const isSomebodyElse = (before: User, after: User): boolean =>
  before.role !== after.role ||
  before.organization !== after.organization ||
  before.fhirUser !== after.fhirUser ||
  (before.relatedPersons ?? []).some((each) => !after.relatedPersons?.includes(each));

const keyOf = (username: string): string => username.normalize('NFKC').trim().toLowerCase();

const checkUsername = (username: string): void => {
  if (/^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+:-]{1,127}$/u.test(username.normalize('NFKC').trim()))
    return;
  throw invalid(
    'A user name has 2 to 128 letters, digits or . _ @ + : - and begins with a letter or digit.',
    'username',
  );
};

const checkPassword = (
  password: string,
  { username, name, email }: Pick<NewUser, 'username' | 'name' | 'email'>,
): void => {
  const fault = faultOfPassword(password, [username, name, email, email?.split('@')[0]]);
  if (fault !== undefined) throw businessRule(fault, 'password');
};
