// Routes of the account pages: the password, sessions and apps of whoever is signed in in this browser.

import express, { type Request, type Response, type Router } from 'express';
import { ownAppsOf } from '../../access/own-apps.ts';
import type { Factor, User } from '../../access/user.ts';
import { Problem } from '../../fhir/problem.ts';
import { endOwnApps } from '../end-access.ts';
import { accountPage, type AccountView, type FactorRow } from '../pages/account-page.ts';
import type { PageError } from '../pages/layout.ts';
import { sendPage } from '../pages/send-page.ts';
import { isStaff } from '../sign-in/policy.ts';
import { passwordLimit } from '../sign-in/throttle.ts';
import { tooMany } from '../sign-in/too-many.ts';
import { readField, readQuery } from '../sign-in/visit.ts';
import { matchesPassword } from '../users/password-hash.ts';
import { passwordChanged } from '../users/password-reset.ts';
import type { BrowserSession } from './browser-session.ts';
import { destinations, type Destination } from './client.ts';
import { requireSession, type AccountParts } from './require-session.ts';

export const createAccountRoutes = (parts: AccountParts): Router => {
  const { sources, sessions, apps, throttle } = parts;
  const { users, records, report, addressOf, send } = sources;

  const show = async (res: Response, session: BrowserSession, fault?: Fault): Promise<void> => {
    const view = await describe(parts, session);
    const { status = 200, errors = [], notice } = fault ?? {};
    sendPage(res, accountPage({ ...view, errors, notice }), { status });
  };

  const changePassword = async (req: Request, res: Response, session: BrowserSession) => {
    const { user } = session;
    const place = await parts.devices.placeOf(req, user.username);
    const seconds = await throttle.attempt(passwordLimit, user.username, place.name);
    if (seconds > 0) {
      await show(res, session, { status: 429, errors: [tooMany(seconds)] });
      return;
    }
    if (!(await matchesPassword(readField(req, 'current'), user.password))) {
      await show(res, session, { status: 400, errors: [wrongCurrent] });
      return;
    }
    await throttle.clear(passwordLimit, user.username, place.name);
    try {
      await users.setPassword(user.id, readField(req, 'password'));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const errors = [{ text: error.message, field: 'password' }];
      await show(res, session, { status: 400, errors });
      return;
    }
    await session.keep();
    send(user, passwordChanged).catch(sources.noteFault);
    await report({ kind: 'password-changed', user: user.id, address: addressOf(req) });
    res.redirect(303, `${req.baseUrl}/account?done=password`);
  };

  const revokeApp = async (req: Request, res: Response, { user }: BrowserSession) => {
    const client = readField(req, 'client');
    const name = await apps.revoke(user.id, client);
    if (name !== undefined)
      await report({ kind: 'access-revoked', user: user.id, client, address: addressOf(req) });
    res.redirect(303, `${req.baseUrl}/account?done=app`);
  };

  const endOthers = async (req: Request, res: Response, { user, uid }: BrowserSession) => {
    const all = (await records.find('Session', { accountId: user.id })) as readonly Kept[];
    const others = all.filter((other) => other.uid !== uid);
    await Promise.all(
      others.map(async (other) => {
        await records.drop('Session', { uid: other.uid });
        await endOwnApps(records, other.uid);
      }),
    );
    res.redirect(303, `${req.baseUrl}/account?done=sessions`);
  };

  const signOut = async (req: Request, res: Response): Promise<void> => {
    const session = await sessions.open(req, res);
    if (session !== undefined) {
      await session.end();
      await report({ kind: 'sign-out', user: session.user.id, address: addressOf(req) });
    }
    res.redirect(303, `${req.baseUrl}/signed-out`);
  };

  /** The page's own timer leads here; a link of another site must not sign anybody out. */
  const endIdle = async (req: Request, res: Response): Promise<void> => {
    if (req.headers['sec-fetch-site'] === 'same-origin')
      await (await sessions.open(req, res))?.end();
    res.redirect(303, `${req.baseUrl}/signed-out?reason=idle`);
  };

  const router = express.Router();
  const signedIn = requireSession(parts);
  router.get(
    '/account',
    signedIn('any', (req, res, session) => {
      const notice = notices[readQuery(req, 'done')];
      return show(res, session, notice === undefined ? undefined : { notice });
    }),
  );
  // The code and state of the authorization request are of no use to anybody here, nor in the history.
  router.get('/account/back', (req, res) => {
    const to = readQuery(req, 'state');
    const path = Object.hasOwn(destinations, to) ? destinations[to as Destination] : '/account';
    res.redirect(303, `${req.baseUrl}${path}`);
  });
  router.get('/account/ended', endIdle);
  router.post('/account/sign-out', signOut);
  router.post('/account/password', signedIn('any', changePassword));
  router.post('/account/apps/revoke', signedIn('any', revokeApp));
  router.post('/account/sessions/end', signedIn('any', endOthers));
  router.post('/account/stay', async (req, res) => {
    res.sendStatus((await sessions.open(req, res)) === undefined ? 401 : 204);
  });
  return router;
};

interface Fault {
  readonly status?: number;
  readonly errors?: readonly PageError[];
  readonly notice?: string;
}

/** The part of oidc-provider's session that is read here. */
interface Kept {
  readonly uid: string;
  readonly loginTs?: number;
}

const notices: Readonly<Record<string, string>> = {
  __proto__: null as never,
  password: 'Your password was changed, and you were signed out everywhere else.',
  app: 'The app has no access any more.',
  sessions: 'You were signed out everywhere else.',
  factor: 'The second step was added.',
  removed: 'The second step was removed.',
};

const wrongCurrent: PageError = { text: 'The current password is not right.', field: 'current' };

const describe = async (
  { sources, apps }: AccountParts,
  { user, uid }: BrowserSession,
): Promise<AccountView> => {
  const { records, staffFactor, idleSeconds } = sources;
  const [all, granted] = await Promise.all([
    records.find('Session', { accountId: user.id }) as Promise<readonly Kept[]>,
    apps.of(user.id),
  ]);
  return {
    ...{ name: user.name, username: user.username, hasPassword: user.password !== undefined },
    factors: (user.factors ?? []).map(describeFactor),
    mayRemoveFactors: mayRemoveFactor(user, staffFactor),
    sessions: all
      .map(({ uid: its, loginTs }) => ({
        since: timeOf((loginTs ?? 0) * 1000),
        isThis: its === uid,
      }))
      .toSorted((a, b) => Number(b.isThis) - Number(a.isThis)),
    apps: granted,
    ownApps: ownAppsOf(user),
    idle: { idleSeconds, warnSeconds: Math.min(120, Math.floor(idleSeconds / 2)) },
  };
};

/** Whoever must have a second factor keeps one. */
export const mayRemoveFactor = (user: User, staffFactor: 'required' | 'optional'): boolean => {
  const count = (user.factors ?? []).filter(({ kind }) => kind !== 'recovery').length;
  return count > 1 || staffFactor === 'optional' || !isStaff(user.role);
};

const describeFactor = (factor: Factor): FactorRow => ({
  ...{ id: factor.id, kind: factor.kind, addedAt: timeOf(Date.parse(factor.createdAt)) },
  label:
    factor.kind === 'recovery' ? `${String(factor.codes.length)} recovery codes` : labelOf(factor),
});

const labelOf = (factor: Exclude<Factor, { readonly kind: 'recovery' }>): string =>
  factor.label ?? (factor.kind === 'totp' ? 'Authenticator app' : 'Passkey');

const timeOf = (milliseconds: number): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(milliseconds)} UTC`;
