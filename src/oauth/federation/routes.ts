// Routes of federation: to the hospital's sign-in and back. What came back is bound to the browser that went.

import express, { type Request, type Response, type Router } from 'express';
import type { Provider } from 'oidc-provider';
import { oauthMount } from '../pages/assets.ts';
import { refusedPage } from '../pages/plain-pages.ts';
import { sendPage } from '../pages/send-page.ts';
import { createOneTime } from '../users/one-time.ts';
import type { Completion } from '../sign-in/complete.ts';
import type { SignInSources } from '../sign-in/sources.ts';
import { openVisit, readQuery } from '../sign-in/visit.ts';
import { createAuthentication, type Vouched } from './authenticate.ts';
import { createDiscover } from './discover.ts';
import type { IdentityProvider } from './identity-providers.ts';
import { linkUser, type Linked } from './link.ts';

interface Ticket {
  readonly uid: string;
  readonly user: string;
  readonly provider: string;
  readonly amr: readonly string[];
}

const ticketSeconds = 60;

export const createFederationRoutes = (
  provider: Provider,
  sources: SignInSources,
  completion: Completion,
): Router => {
  const { records, now, publicUrl, identityProviders, report, addressOf } = sources;
  const discover = createDiscover(now);
  const authentication = createAuthentication({
    ...{ records, now, publicUrl, identityProviders, discover },
  });
  const tickets = createOneTime<Ticket>({
    ...{ records, now, kind: 'federation-ticket', seconds: ticketSeconds },
  });

  const begin = async (req: Request, res: Response): Promise<void> => {
    const { uid, base, isAnew } = await openVisit(req, res, provider);
    const hospital = await identityProviders.byId(String(req.params['provider']));
    if (hospital === undefined) {
      sendPage(res, { ...unknownHospital(base) }, { status: 404 });
      return;
    }
    try {
      await authentication.begin(req, res, { provider: hospital, uid, isAnew });
    } catch (error) {
      sources.noteFault(error);
      sendPage(res, unreachable(hospital, base), { status: 502 });
    }
  };

  const comeBack = async (req: Request, res: Response): Promise<void> => {
    const hospital = await identityProviders.byId(String(req.params['provider']));
    if (hospital === undefined) {
      sendPage(res, unknownHospital(undefined), { status: 404 });
      return;
    }
    const vouched = await readVouched(req, res, hospital);
    const address = addressOf(req);
    if ('reason' in vouched) {
      await report({ kind: 'federation-refused', provider: hospital.id, address, ...vouched });
      sendPage(res, notConfirmed(hospital), { status: 403 });
      return;
    }
    const linked = await linkUser(sources, hospital, vouched.claims);
    if ('refused' in linked) {
      const told = { provider: hospital.id, address, reason: linked.refused };
      await report({ kind: 'federation-refused', ...told });
      const base = `${oauthMount}/interaction/${vouched.uid}`;
      sendPage(res, refusals[linked.refused](hospital, base), { status: 403 });
      return;
    }
    if (linked.isNew === 'new')
      await report({ kind: 'user-linked', user: linked.user.id, provider: hospital.id, address });
    const amr = [...readAmr(vouched), 'fed'];
    const ticket = await tickets.issue({
      ...{ uid: vouched.uid, user: linked.user.id, provider: hospital.id, amr },
    });
    // The cookie of the interaction reaches only addresses below it: there it proves that this is the same browser.
    res.redirect(303, `${oauthMount}/interaction/${vouched.uid}/federated/done?ticket=${ticket}`);
  };

  const readVouched = async (
    req: Request,
    res: Response,
    hospital: IdentityProvider,
  ): Promise<Vouched | { readonly reason: string }> => {
    // Without a code the library would begin anew.
    if (readQuery(req, 'code') === '' || readQuery(req, 'state') === '')
      return { reason: 'no code' };
    try {
      const vouched = await authentication.finish(req, res, hospital);
      return vouched ?? { reason: 'state or claims' };
    } catch (error) {
      return { reason: codeOf(error) };
    }
  };

  const done = async (req: Request, res: Response): Promise<void> => {
    const visit = await openVisit(req, res, provider);
    const ticket = await tickets.take(readQuery(req, 'ticket'));
    const user = ticket?.uid === visit.uid ? await sources.users.byId(ticket.user) : undefined;
    const hospital = ticket && (await identityProviders.byId(ticket.provider));
    if (ticket === undefined || hospital === undefined || user?.status !== 'active') {
      res.redirect(303, `${visit.base}/login`);
      return;
    }
    const { amr } = ticket;
    const isEnough =
      hospital.secondFactor === 'always' ||
      (hospital.secondFactor === 'when-asserted' && amr.includes('mfa'));
    const factors = isEnough ? 'several' : 'one';
    await completion.advance(visit, { user, amr, provider: hospital.id, factors });
  };

  const router = express.Router();
  router.get('/interaction/:uid/federated/done', done);
  router.get('/interaction/:uid/federated/:provider', begin);
  router.get('/federated/:provider/callback', comeBack);
  return router;
};

/** The library's or jose's own code; never what the other side said. */
const codeOf = (error: unknown): string => {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return String(typeof code === 'string' ? code : name).slice(0, 60);
};

/** RFC 8176 values the provider asserts; nothing else is passed on. */
const readAmr = ({ claims }: Vouched): readonly string[] =>
  [claims['amr']]
    .flat()
    .filter((value) => typeof value === 'string' && /^[a-z]{2,8}$/.test(value)) as string[];

type Refusal = Extract<Linked, { readonly refused: string }>['refused'];

const title = 'You cannot sign in this way';

const refusals: Readonly<
  Record<Refusal, (hospital: IdentityProvider, base: string) => ReturnType<typeof refusedPage>>
> = {
  unknown: ({ name }, base) =>
    refusedPage({
      ...{ title, base },
      text: `${name} knows you, but there is no practitioner here whose number agrees with what ${name} told us. Ask your hospital’s administrator to enter you.`,
    }),
  ambiguous: ({ name }, base) =>
    refusedPage({
      ...{ title, base },
      text: `More than one practitioner here has the number that ${name} told us. Ask your hospital’s administrator to put it right.`,
    }),
  'no-role': ({ name }, base) =>
    refusedPage({
      ...{ title, base },
      text: `${name} did not name a role for you that may use Meridian. Ask your hospital’s administrator.`,
    }),
  disabled: (_hospital, base) =>
    refusedPage({
      ...{ title, base },
      text: 'Your account here was closed. Ask your hospital’s administrator.',
    }),
};

const unknownHospital = (base: string | undefined): ReturnType<typeof refusedPage> =>
  refusedPage({
    ...{ title, base },
    text: 'There is no such hospital here, or it does not offer its own sign-in any more.',
  });

const unreachable = ({ name }: IdentityProvider, base: string): ReturnType<typeof refusedPage> =>
  refusedPage({
    title: `${name} cannot be reached`,
    text: 'Its sign-in does not answer at the moment. Try again later.',
    base,
  });

const notConfirmed = ({ name }: IdentityProvider): ReturnType<typeof refusedPage> =>
  refusedPage({
    title: 'You were not signed in',
    text: `${name} did not confirm who you are, or it took too long. Go back to the app and try again.`,
  });
