// First step: a user name and password, or a passkey alone.

import { Passport } from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { User } from '../../access/user.ts';
import type { PageError } from '../pages/layout.ts';
import { homePage, signInPage } from '../pages/sign-in-page.ts';
import { sendPage } from '../pages/send-page.ts';
import { hashPassword, isOutdated, matchesPassword } from '../users/password-hash.ts';
import { readUsername } from '../users/read-username.ts';
import type { Users } from '../users/users.ts';
import { tooMany } from './too-many.ts';
import type { Completion } from './complete.ts';
import type { Devices, Place } from './devices.ts';
import type { Passkeys } from './passkeys.ts';
import type { SignInSources } from './sources.ts';
import { addressLimit, passwordLimit, type Throttle } from './throttle.ts';
import { readAnswer, readField, type Visit } from './visit.ts';

export interface FirstStep {
  readonly show: (visit: Visit) => Promise<void>;
  readonly byPassword: (visit: Visit) => Promise<void>;
  readonly offerPasskey: (visit: Visit) => Promise<void>;
  readonly byPasskey: (visit: Visit) => Promise<void>;
}

export interface FirstStepOptions {
  readonly sources: SignInSources;
  readonly devices: Devices;
  readonly throttle: Throttle;
  readonly passkeys: Passkeys;
  readonly completion: Completion;
}

export const createFirstStep = (options: FirstStepOptions): FirstStep => {
  const { sources, devices, passkeys, completion, throttle } = options;
  const authenticate = passwordAuthentication(sources.users);

  const show = async (visit: Visit, fault?: Fault): Promise<void> => {
    const hospitals = await sources.identityProviders.list();
    const { base, uid, app, res, leadsTo } = visit;
    const { status = 200, username, errors = [] } = fault ?? {};
    const page = signInPage({ base, uid, client: app, username, hospitals, errors });
    if (fault?.waitSeconds !== undefined) res.setHeader('Retry-After', fault.waitSeconds);
    sendPage(res, page, { status, leadsTo });
  };

  const byPassword = async (visit: Visit): Promise<void> => {
    const { req, res, base, clientId } = visit;
    const username = readUsername(readField(req, 'username'));
    const errors = missing(username, readField(req, 'password'));
    if (errors.length > 0) {
      await show(visit, { status: 400, username, errors });
      return;
    }
    const home = await sources.identityProviders.ofDomain(username);
    if (home !== undefined) {
      sendPage(res, homePage(base, home), { leadsTo: visit.leadsTo });
      return;
    }
    const place = await devices.placeOf(req, username);
    const waitSeconds = await countAttempt(throttle, username, place);
    const told = { client: clientId, address: sources.addressOf(req) };
    if (waitSeconds > 0) {
      await sources.report({ kind: 'slowed-down', user: await idOf(sources, username), ...told });
      await show(visit, { status: 429, username, waitSeconds, errors: [tooMany(waitSeconds)] });
      return;
    }
    const user = await authenticate(visit);
    if (user === undefined) {
      await sources.report({
        kind: 'sign-in-refused',
        user: await idOf(sources, username),
        ...told,
      });
      await show(visit, { status: 401, username, errors: [wrong] });
      return;
    }
    await throttle.clear(passwordLimit, keyOf(username), place.name);
    if (place.kind === 'address') await throttle.refund(addressLimit, place.name);
    await completion.advance(visit, { user, amr: ['pwd'] });
  };

  return {
    show: (visit) => show(visit),
    byPassword,
    offerPasskey: async ({ res, uid }) => {
      res.json(await passkeys.challenge(uid));
    },
    byPasskey: async (visit) => {
      const proven = await passkeys.verify(visit.uid, readAnswer(visit.req));
      if (proven?.user.status === 'active') {
        const amr = [...proven.amr, 'mfa'];
        await completion.complete(visit, { user: proven.user, amr });
        return;
      }
      const address = sources.addressOf(visit.req);
      await sources.report({ kind: 'sign-in-refused', client: visit.clientId, address });
      await show(visit, { status: 401, errors: [unknownPasskey] });
    },
  };
};

interface Fault {
  readonly status: number;
  readonly errors: readonly PageError[];
  readonly username?: string;
  readonly waitSeconds?: number;
}

/** The user whose name and password are in the form; undefined for a wrong one, after the same time. */
const passwordAuthentication = (users: Users): ((visit: Visit) => Promise<User | undefined>) => {
  const passport = new Passport();
  const check = async (username: string, password: string): Promise<User | undefined> => {
    const user = await users.byName(readUsername(username));
    const isRight = await matchesPassword(password, user?.password);
    if (!isRight || user?.status !== 'active') return undefined;
    if (user.password !== undefined && isOutdated(user.password))
      await renew(users, user, password);
    return user;
  };
  passport.use(
    new LocalStrategy((username, password, done) => {
      check(username, password).then((user) => {
        done(null, user ?? false);
      }, done);
    }),
  );
  return ({ req, res }) =>
    new Promise((resolve, reject) => {
      const answer = (error: unknown, user: User | false | undefined): void => {
        if (error instanceof Error) reject(error);
        else resolve(user === false ? undefined : user);
      };
      const authenticate = passport.authenticate('local', { session: false }, answer) as (
        ...its: readonly [unknown, unknown, (error: unknown) => void]
      ) => void;
      authenticate(req, res, reject);
    });
};

const renew = async (
  users: Users,
  { id, password: old }: User,
  password: string,
): Promise<void> => {
  const hash = await hashPassword(password);
  await users.change(id, (kept) => (kept.password === old ? { ...kept, password: hash } : kept));
};

/** Of one name from one place; a place that is not known for the name also counts for all names together. */
const countAttempt = async (
  throttle: Throttle,
  username: string,
  place: Place,
): Promise<number> => {
  const wait = await throttle.attempt(passwordLimit, keyOf(username), place.name);
  if (wait > 0 || place.kind === 'known-device') return wait;
  return throttle.attempt(addressLimit, place.name);
};

const keyOf = (username: string): string => username.normalize('NFKC').toLowerCase();

/** For the audit only: what the page says does not depend on it. */
const idOf = async ({ users }: SignInSources, username: string): Promise<string | undefined> =>
  (await users.byName(username))?.id;

const missing = (username: string, password: string): readonly PageError[] => [
  ...(username === '' ? [{ text: 'Type your user name.', field: 'username' }] : []),
  ...(password === '' ? [{ text: 'Type your password.', field: 'password' }] : []),
];

const wrong: PageError = {
  text: 'The user name or the password is not right. Check both and try again.',
  field: 'password',
};

const unknownPasskey: PageError = {
  text: 'This passkey does not belong to an account here. Sign in with your password.',
};
