// Require a session: an account page for whoever is signed in; everybody else is sent to sign in first, and comes back.

import type { Request, RequestHandler, Response } from 'express';
import type { Devices } from '../sign-in/devices.ts';
import type { Factors } from '../sign-in/factors.ts';
import type { Passkeys } from '../sign-in/passkeys.ts';
import type { SignInSources } from '../sign-in/sources.ts';
import type { Throttle } from '../sign-in/throttle.ts';
import type { Apps } from './apps.ts';
import type { BrowserSession, BrowserSessions } from './browser-session.ts';
import { recentSeconds, signInUrl, type Destination } from './client.ts';

export interface AccountParts {
  readonly sources: SignInSources;
  readonly sessions: BrowserSessions;
  readonly apps: Apps;
  readonly devices: Devices;
  readonly throttle: Throttle;
  readonly factors: Factors;
  readonly passkeys: Passkeys;
}

type Handle = (req: Request, res: Response, session: BrowserSession) => Promise<void>;

/** 'recent': to change what proves who one is, one has to have proved it a short time ago. */
export const requireSession =
  ({ sources, sessions }: AccountParts) =>
  (proof: 'any' | 'recent', handle: Handle, to: Destination = 'account'): RequestHandler =>
  async (req, res) => {
    const session = await sessions.open(req, res);
    const isFresh =
      proof === 'any' || sources.now() - (session?.signedInAt ?? 0) < recentSeconds * 1000;
    if (session === undefined) res.redirect(303, signInUrl(sources.publicUrl, to, 'new'));
    else if (!isFresh) res.redirect(303, signInUrl(sources.publicUrl, to, 'recent'));
    else await handle(req, res, session);
  };
