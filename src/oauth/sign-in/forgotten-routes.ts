// Routes of whoever cannot sign in yet: a forgotten password, an invitation, and help.

import express, { type Request, type Response, type Router } from 'express';
import { Problem } from '../../fhir/problem.ts';
import type { PageError } from '../pages/layout.ts';
import {
  choosePasswordPage,
  doneWithPasswordPage,
  forgottenPage,
  oldLinkPage,
  sentPage,
  type ChooseView,
} from '../pages/password-pages.ts';
import { goodbyePage, helpPage } from '../pages/plain-pages.ts';
import { sendPage } from '../pages/send-page.ts';
import type { User } from '../../access/user.ts';
import type { Invitations } from '../users/invitations.ts';
import type { PasswordReset } from '../users/password-reset.ts';
import { readUsername } from '../users/read-username.ts';
import { networkOf } from './devices.ts';
import type { SignInSources } from './sources.ts';
import { askLimit, type Throttle } from './throttle.ts';
import { tooMany } from './too-many.ts';
import { readField, readQuery } from './visit.ts';

export interface ForgottenOptions {
  readonly sources: SignInSources;
  readonly throttle: Throttle;
  readonly passwordReset: PasswordReset;
  readonly invitations: Invitations;
}

export const createForgottenRoutes = (options: ForgottenOptions): Router => {
  const { sources, passwordReset } = options;
  const { report, addressOf } = sources;

  const ask = async (req: Request, res: Response): Promise<void> => {
    const from = readFrom(readField(req, 'from'));
    const username = readUsername(readField(req, 'username'));
    if (username === '') {
      const errors = [{ text: 'Type your user name or mail address.', field: 'username' }];
      sendPage(res, forgottenPage(from, errors), { status: 400 });
      return;
    }
    const seconds = await options.throttle.attempt(askLimit, networkOf(addressOf(req)));
    if (seconds > 0) {
      res.setHeader('Retry-After', seconds);
      sendPage(res, forgottenPage(from, [tooMany(seconds)]), { status: 429 });
      return;
    }
    const page = await passwordReset.ask(username);
    await report({ kind: 'password-reset-asked', address: addressOf(req) });
    sendPage(res, sentPage({ page, from }));
  };

  const redeem = async (req: Request, res: Response): Promise<void> => {
    const from = readFrom(readField(req, 'from'));
    const page = readField(req, 'page');
    const token = await passwordReset.redeem(page, readField(req, 'code'));
    if (token !== undefined) {
      const query = new URLSearchParams({ token, ...(from === undefined ? {} : { from }) });
      res.redirect(303, `${req.baseUrl}/reset?${query.toString()}`);
      return;
    }
    sendPage(res, sentPage({ page, from, errors: [wrongCode] }), { status: 400 });
  };

  const choose = (kind: ChoiceKind) => async (req: Request, res: Response) => {
    const token = readQuery(req, 'token');
    const user = await choices[kind].read(token, options);
    if (user === undefined) sendPage(res, oldLinkPage, { status: 404 });
    else sendPage(res, choosePage(kind, user, { token, from: readFrom(readQuery(req, 'from')) }));
  };

  const save = (kind: ChoiceKind) => async (req: Request, res: Response) => {
    const token = readField(req, 'token');
    const from = readFrom(readField(req, 'from'));
    const { read, use, done, event } = choices[kind];
    try {
      const user = await use(token, readField(req, 'password'), options);
      if (user === undefined) {
        sendPage(res, oldLinkPage, { status: 404 });
        return;
      }
      await report({ kind: event, user: user.id, address: addressOf(req) });
      sendPage(res, doneWithPasswordPage(done, from));
    } catch (error) {
      const user = await read(token, options);
      if (!(error instanceof Problem) || user === undefined) throw error;
      const errors = [{ text: error.message, field: 'password' }];
      sendPage(res, choosePage(kind, user, { token, from, errors }), { status: 400 });
    }
  };

  const router = express.Router();
  router.get('/forgotten', (req, res) => {
    sendPage(res, forgottenPage(readFrom(readQuery(req, 'from'))));
  });
  router.post('/forgotten', ask);
  router.post('/forgotten/code', redeem);
  router.get('/reset', choose('reset'));
  router.post('/reset', save('reset'));
  router.get('/invitation', choose('invitation'));
  router.post('/invitation', save('invitation'));
  router.get('/help', (_req, res) => {
    sendPage(res, helpPage);
  });
  router.get('/signed-out', (req, res) => {
    sendPage(res, goodbyePage(req.query['reason'] === 'idle' ? 'idle' : 'asked'));
  });
  return router;
};

type ChoiceKind = 'reset' | 'invitation';

interface Choice {
  readonly title: string;
  readonly lead: string;
  /** Title of the page after it. */
  readonly done: string;
  readonly event: 'password-reset' | 'invitation-accepted';
  readonly read: (token: string, options: ForgottenOptions) => Promise<User | undefined>;
  readonly use: (
    token: string,
    password: string,
    options: ForgottenOptions,
  ) => Promise<User | undefined>;
}

const choices: Readonly<Record<ChoiceKind, Choice>> = {
  reset: {
    title: 'Choose a new password',
    lead: 'You will be signed out everywhere, and can sign in with the new password.',
    done: 'Your password was changed',
    event: 'password-reset',
    read: (token, { passwordReset }) => passwordReset.read(token),
    use: (token, password, { passwordReset }) => passwordReset.reset(token, password),
  },
  invitation: {
    title: 'Welcome to Meridian',
    lead: 'Choose a password. With it and your user name you can sign in from now on.',
    done: 'Your account is ready',
    event: 'invitation-accepted',
    read: (token, { invitations }) => invitations.read(token),
    use: (token, password, { invitations }) => invitations.accept(token, password),
  },
};

const choosePage = (
  kind: ChoiceKind,
  { username }: User,
  form: Pick<ChooseView, 'token' | 'from' | 'errors'>,
): ReturnType<typeof choosePasswordPage> => {
  const { title, lead } = choices[kind];
  return choosePasswordPage({ title, lead, username, action: `/oauth/${kind}`, ...form });
};

/** The interaction to go back to; anything else is left out. */
const readFrom = (text: string): string | undefined =>
  /^[\w-]{8,64}$/.test(text) ? text : undefined;

const wrongCode: PageError = {
  text: 'This code is not right, or cannot be used any more. After five wrong codes, ask for a new one.',
  field: 'code',
};
