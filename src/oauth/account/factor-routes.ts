// Routes of a user's own second factors: adding, removing, new recovery codes. All ask for a recent sign-in.

import express, { type Request, type Response, type Router } from 'express';
import type { User } from '../../access/user.ts';
import { enrolPage, recoveryCodesPage } from '../pages/factor-pages.ts';
import type { PageError } from '../pages/layout.ts';
import { refusedPage } from '../pages/plain-pages.ts';
import { sendPage } from '../pages/send-page.ts';
import { recordId } from '../record-id.ts';
import { describeTotp, drawTotp } from '../sign-in/totp.ts';
import { readAnswer, readField } from '../sign-in/visit.ts';
import type { BrowserSession } from './browser-session.ts';
import { requireSession, type AccountParts } from './require-session.ts';
import { mayRemoveFactor } from './routes.ts';

const draftSeconds = 900;

export const createFactorRoutes = (parts: AccountParts): Router => {
  const { sources, factors, passkeys } = parts;
  const { records, now, report, addressOf, send } = sources;

  const draftOf = async ({ user, uid }: BrowserSession): Promise<string> => {
    const kept = (await records.get('factor-draft', recordId(uid))) as Draft | undefined;
    if (kept?.user === user.id) return kept.locked;
    const locked = factors.draftTotp(user);
    const expires = new Date(now() + draftSeconds * 1000);
    await records.put('factor-draft', recordId(uid), { user: user.id, locked }, expires);
    return locked;
  };

  const show = async (
    { req, res }: Exchange,
    session: BrowserSession,
    errors: readonly PageError[] = [],
  ) => {
    const { user } = session;
    const secret = factors.openDraft(user, await draftOf(session));
    const { uri, shown } = describeTotp(secret, user.username);
    const view = {
      base: `${req.baseUrl}/account/factors/new`,
      qr: await drawTotp(uri),
      shown,
      errors,
    };
    const page = enrolPage({ ...view, reason: 'chosen', signedInAs: user.name });
    sendPage(res, page, { status: errors.length > 0 ? 400 : 200 });
  };

  /** The first factor brings recovery codes with it. */
  const added = async ({ req, res }: Exchange, user: User, amr: string): Promise<void> => {
    await report({ kind: 'factor-added', user: user.id, amr: [amr], address: addressOf(req) });
    send(user, factorChanged).catch(sources.noteFault);
    if ((user.factors ?? []).some(({ kind }) => kind === 'recovery'))
      res.redirect(303, `${req.baseUrl}/account?done=factor`);
    else await showNewCodes({ req, res }, user);
  };

  const showNewCodes = async ({ req, res }: Exchange, user: User): Promise<void> => {
    const codes = await factors.renewCodes(user);
    const action = `${req.baseUrl}/account/factors/kept`;
    sendPage(res, recoveryCodesPage({ codes, action, signedInAs: user.name }));
  };

  const addTotp = async (req: Request, res: Response, session: BrowserSession) => {
    const locked = await draftOf(session);
    const user = await factors.addTotp(session.user, locked, readField(req, 'code'));
    if (user === undefined) {
      await show({ req, res }, session, [wrongCode]);
      return;
    }
    await records.take('factor-draft', recordId(session.uid));
    await added({ req, res }, user, 'otp');
  };

  const addPasskey = async (req: Request, res: Response, session: BrowserSession) => {
    const passkey = await passkeys.enrol(session.uid, readAnswer(req));
    if (passkey === undefined) {
      await show({ req, res }, session, [{ text: 'The passkey was not made. Try again.' }]);
      return;
    }
    await added({ req, res }, await factors.addPasskey(session.user, passkey), 'swk');
  };

  const remove = async (req: Request, res: Response, { user }: BrowserSession) => {
    if (!mayRemoveFactor(user, sources.staffFactor)) {
      sendPage(res, lastFactorPage, { status: 403 });
      return;
    }
    await factors.remove(user, readField(req, 'factor'));
    await report({ kind: 'factor-removed', user: user.id, address: addressOf(req) });
    send(user, factorChanged).catch(sources.noteFault);
    res.redirect(303, `${req.baseUrl}/account?done=removed`);
  };

  const router = express.Router();
  const signedIn = requireSession(parts);
  router.get(
    '/account/factors/new',
    signedIn('recent', (req, res, session) => show({ req, res }, session), 'factors'),
  );
  router.post('/account/factors/new', signedIn('recent', addTotp, 'factors'));
  router.post(
    '/account/factors/new/passkey/options',
    signedIn('recent', async (_req, res, { user, uid }) => {
      res.json(await passkeys.offer(uid, user));
    }),
  );
  router.post('/account/factors/new/passkey', signedIn('recent', addPasskey, 'factors'));
  router.post('/account/factors/remove', signedIn('recent', remove));
  router.post(
    '/account/factors/codes',
    signedIn('recent', (req, res, { user }) => showNewCodes({ req, res }, user)),
  );
  router.post('/account/factors/kept', (req, res) => {
    res.redirect(303, `${req.baseUrl}/account?done=factor`);
  });
  return router;
};

interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

interface Draft {
  readonly user: string;
  readonly locked: string;
}

const wrongCode: PageError = {
  text: 'This code is not right. Type the six digits the app shows now.',
  field: 'code',
};

const factorChanged = {
  subject: 'The second step of your Meridian account was changed',
  text: 'A second step at sign-in was added to or removed from your Meridian account. If this was not you, tell your hospital at once.',
};

const lastFactorPage = refusedPage({
  title: 'This is your last second step',
  text: 'Staff need a second step to sign in. Add another one before you remove it.',
});
