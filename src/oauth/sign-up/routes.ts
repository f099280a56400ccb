// Routes of signing up. Each page is the same whoever asks about whomever: in status, words and, as far as it goes, time.

import { setTimeout as wait } from 'node:timers/promises';
import express, { type Request, type Response, type Router } from 'express';
import type { PageError } from '../pages/layout.ts';
import { sendPage } from '../pages/send-page.ts';
import { networkOf } from '../sign-in/devices.ts';
import type { SignInSources } from '../sign-in/sources.ts';
import type { Limit, Throttle } from '../sign-in/throttle.ts';
import { tooMany } from '../sign-in/too-many.ts';
import { readField, readQuery } from '../sign-in/visit.ts';
import { hashPassword } from '../users/password-hash.ts';
import {
  fieldNames,
  readApplicant,
  type Applicant,
  type FieldName,
  type SignUpForm,
} from './applicant.ts';
import { codePage, linkedPage, nextPage, signUpPage } from './pages.ts';

export interface SignUpRoutesOptions {
  readonly sources: SignInSources;
  readonly throttle: Throttle;
}

/** Registering from one address; a waiting room shares one, and each wrong form costs nothing. */
const signUpLimit: Limit = {
  ...{ name: 'sign-up', free: 20, seconds: 60, mostSeconds: 3600, forgetSeconds: 86_400 },
};

/** Codes of the second page are as rare as people who are known. */
const codeLimit: Limit = {
  ...{ name: 'sign-up-code', free: 40, seconds: 30, mostSeconds: 3600, forgetSeconds: 86_400 },
};

export const createSignUpRoutes = (options: SignUpRoutesOptions): Router => {
  const { sources, throttle } = options;
  const { signUp, report, addressOf, now } = sources;

  const ask = async (req: Request, res: Response): Promise<void> => {
    const [from, typed] = [readFrom(readField(req, 'from')), readForm(req)];
    const reading = readApplicant(typed, { now: now(), majorityAge: sources.majorityAge });
    const errors = reading.ok ? await faultsOfContact(reading.applicant) : reading.errors;
    if (!reading.ok || errors.length > 0) {
      sendPage(res, signUpPage({ from, typed, errors }), { status: 400 });
      return;
    }
    const seconds = await throttle.attempt(signUpLimit, networkOf(addressOf(req)));
    if (seconds > 0) {
      res.setHeader('Retry-After', seconds);
      sendPage(res, signUpPage({ from, typed, errors: [tooMany(seconds)] }), { status: 429 });
      return;
    }
    const ticket = await signUp.ask(reading.applicant, await hashPassword(typed.password));
    await report({ kind: 'sign-up-asked', address: addressOf(req) });
    sendPage(res, codePage({ ticket, from }));
  };

  /** Whoever types such an address is sent to the hospital to sign in. */
  const faultsOfContact = async ({ contact }: Applicant): Promise<readonly PageError[]> =>
    (await sources.identityProviders.ofDomain(contact.to)) === undefined ? [] : [addressOfWork];

  const prove = (req: Request, res: Response): Promise<void> =>
    byCode(req, res, codePage, async (ticket, code) => {
      // How long the network looks, and what it writes, is hidden behind a time that is longer.
      const [proven] = await Promise.all([signUp.prove(ticket, code), wait(leastMilliseconds)]);
      if (proven === undefined) return undefined;
      const { became, user, patient } = proven;
      await report({
        ...{ kind: 'signed-up', reason: became, address: addressOf(req), user: user?.id, patient },
      });
      return nextPage({ ticket: proven.ticket, from: readFrom(readField(req, 'from')) });
    });

  const link = (req: Request, res: Response): Promise<void> =>
    byCode(req, res, nextPage, async (ticket, code) => {
      const user = await signUp.link(ticket, code);
      if (user === undefined) return undefined;
      await report({ kind: 'signed-up', reason: 'linked', user: user.id, address: addressOf(req) });
      return linkedPage(readFrom(readField(req, 'from')));
    });

  type PageOfCode = typeof codePage;
  type Redeem = (ticket: string, code: string) => Promise<ReturnType<PageOfCode> | undefined>;

  /** Shows `page` again when the code opens nothing. */
  const byCode = async (req: Request, res: Response, page: PageOfCode, redeem: Redeem) => {
    const [ticket, from] = [readField(req, 'ticket'), readFrom(readField(req, 'from'))];
    const address = addressOf(req);
    const seconds = await throttle.attempt(codeLimit, networkOf(address));
    if (seconds > 0) {
      res.setHeader('Retry-After', seconds);
      sendPage(res, page({ ticket, from, errors: [tooMany(seconds)] }), { status: 429 });
      return;
    }
    const next = await redeem(ticket, readField(req, 'code'));
    if (next !== undefined) {
      sendPage(res, next);
      return;
    }
    await report({ kind: 'sign-up-refused', address });
    sendPage(res, page({ ticket, from, errors: [wrongCode] }), { status: 400 });
  };

  const router = express.Router();
  router.get('/sign-up', (req, res) => {
    sendPage(res, signUpPage({ from: readFrom(readQuery(req, 'from')) }));
  });
  router.post('/sign-up', ask);
  router.post('/sign-up/code', prove);
  router.post('/sign-up/link', link);
  return router;
};

/** A registration takes some tens of milliseconds on a machine that is not overloaded. */
const leastMilliseconds = 400;

const readForm = (req: Request): SignUpForm =>
  Object.fromEntries(
    fieldNames.map((name) => {
      const typed = readField(req, name);
      return [name, name === 'password' ? typed : typed.normalize('NFC').trim().slice(0, 128)];
    }),
    // Each name is there, because the list is that of the names.
  ) as Record<FieldName, string>;

/** The interaction to go back to; anything else is left out. */
const readFrom = (typed: string): string | undefined =>
  /^[\w-]{8,64}$/.test(typed) ? typed : undefined;

const addressOfWork: PageError = {
  text: 'This is an address of a hospital, with which its staff sign in. Type one of your own.',
  field: 'contact',
};

const wrongCode: PageError = {
  text: 'This code is not right, or cannot be used any more. After five wrong codes, register again.',
  field: 'code',
};
