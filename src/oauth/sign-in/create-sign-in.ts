// Create sign-in: the pages people see between an app and its answer, and those of their own account, in one router.

import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { errors, type Provider } from 'oidc-provider';
import { createApps } from '../account/apps.ts';
import { createBrowserSessions } from '../account/browser-session.ts';
import { createFactorRoutes } from '../account/factor-routes.ts';
import { createPermissionRoutes } from '../account/permission-routes.ts';
import { createAccountRoutes } from '../account/routes.ts';
import { createFederationRoutes } from '../federation/routes.ts';
import { lostPage } from '../pages/plain-pages.ts';
import { sendPage } from '../pages/send-page.ts';
import { createInvitations } from '../users/invitations.ts';
import { createSignUpRoutes } from '../sign-up/routes.ts';
import { createPasswordReset } from '../users/password-reset.ts';
import { createCompletion } from './complete.ts';
import { createDevices } from './devices.ts';
import { createEnrolStep } from './enrol-step.ts';
import { createFactors } from './factors.ts';
import { createFirstStep } from './first-step.ts';
import { createForgottenRoutes } from './forgotten-routes.ts';
import { createPasskeys } from './passkeys.ts';
import { createPendingSignIns } from './pending.ts';
import { sameOrigin } from './same-origin.ts';
import { createSecondStep } from './second-step.ts';
import type { SignInSources } from './sources.ts';
import { createThrottle, messageLimit } from './throttle.ts';
import { openVisit, type Visit } from './visit.ts';

/**
 * The router is mounted at `/oauth` before the interactions and oidc-provider; the first page of a sign-in is
 * `/oauth/interaction/<uid>/login`. What it does not know goes on.
 */
export const createSignIn =
  (sources: SignInSources) =>
  (provider: Provider): RequestHandler => {
    const parts = createParts(provider, sources);
    const router = express.Router();
    router.use(ourForms(sources.publicUrl));
    router.use(stepRoutes(provider, parts));
    router.use(createFederationRoutes(provider, sources, parts.completion));
    router.use(createForgottenRoutes(parts));
    router.use(createSignUpRoutes(parts));
    router.use(createAccountRoutes(parts));
    router.use(createFactorRoutes(parts));
    router.use(createPermissionRoutes(parts));
    router.use(answerLost);
    return router;
  };

/** Only what this router answers is read here: oidc-provider reads its own bodies. */
const ourForms = (publicUrl: string): Router => {
  const router = express.Router();
  router.use(
    [
      ...['/interaction/:uid/login', '/interaction/:uid/passkey', '/interaction/:uid/factor'],
      ...['/interaction/:uid/enrol', '/sign-up', '/forgotten', '/reset', '/invitation', '/account'],
    ],
    sameOrigin(publicUrl),
    express.urlencoded({ extended: false, limit: '64kb' }),
  );
  return router;
};

const createParts = (provider: Provider, sources: SignInSources) => {
  const { records, users, now, publicUrl, addressOf, idleSeconds } = sources;
  const secure = publicUrl.startsWith('https:') ? 'secure' : 'plain';
  const throttle = createThrottle(records, now);
  const devices = createDevices({ records, now, secure, addressOf });
  const pending = createPendingSignIns(records, now);
  const passkeys = createPasskeys({ records, users, now, origin: new URL(publicUrl).origin });
  const completion = createCompletion({ provider, pending, devices, sources });
  return {
    ...{ sources, throttle, devices, pending, passkeys, completion },
    factors: createFactors(sources),
    apps: createApps(records),
    sessions: createBrowserSessions({ provider, records, users, now, idleSeconds }),
    invitations: createInvitations(sources),
    passwordReset: createPasswordReset({
      ...sources,
      maySend: async ({ id }) => (await throttle.attempt(messageLimit, id)) === 0,
      onFault: sources.noteFault,
    }),
  };
};

type Parts = ReturnType<typeof createParts>;
type Step = (visit: Visit) => Promise<void>;

const stepRoutes = (provider: Provider, parts: Parts): Router => {
  const first = createFirstStep(parts);
  const second = createSecondStep(parts);
  const enrol = createEnrolStep(parts);
  const router = express.Router();
  const get = (path: string, step: Step): void => {
    router.get(`/interaction/:uid${path}`, async (req, res) => {
      await step(await openVisit(req, res, provider));
    });
  };
  const post = (path: string, step: Step): void => {
    router.post(`/interaction/:uid${path}`, async (req, res) => {
      await step(await openVisit(req, res, provider));
    });
  };
  get('/login', first.show);
  post('/login', first.byPassword);
  post('/passkey/options', first.offerPasskey);
  post('/passkey', first.byPasskey);
  get('/factor', second.show);
  post('/factor', second.byCode);
  post('/factor/passkey/options', second.offerPasskey);
  post('/factor/passkey', second.byPasskey);
  get('/enrol', enrol.show);
  post('/enrol', enrol.byCode);
  post('/enrol/passkey/options', enrol.offerPasskey);
  post('/enrol/passkey', enrol.byPasskey);
  get('/enrol/codes', enrol.showCodes);
  post('/enrol/codes', enrol.keepCodes);
  get('/restart', async ({ uid, base, res }) => {
    await parts.pending.take(uid);
    res.redirect(303, `${base}/login`);
  });
  return router;
};

const answerLost: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof errors.SessionNotFound) sendPage(res, lostPage, { status: 400 });
  else next(error);
};
