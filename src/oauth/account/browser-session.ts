// Browser session: who is signed in in this browser, as oidc-provider's session cookie says.

import type { Request, Response } from 'express';
import type { Provider } from 'oidc-provider';
import type { User } from '../../access/user.ts';
import type { RecordStore } from '../../store/port.ts';
import { endOwnApps } from '../end-access.ts';
import { recordId } from '../record-id.ts';
import type { Users } from '../users/users.ts';

export interface BrowserSession {
  readonly user: User;
  readonly uid: string;
  /** Milliseconds since 1970: when the person last proved who they are. */
  readonly signedInAt: number;
  /** Writes it again, after all sessions of the user were ended. */
  keep(): Promise<void>;
  end(): Promise<void>;
}

export interface BrowserSessions {
  /** undefined when nobody is signed in, may not be any more, or nothing was done for too long. */
  open(req: Request, res: Response): Promise<BrowserSession | undefined>;
}

export interface BrowserSessionOptions {
  readonly provider: Provider;
  readonly records: RecordStore;
  readonly users: Users;
  readonly now: () => number;
  readonly idleSeconds: number;
}

export const createBrowserSessions = (options: BrowserSessionOptions): BrowserSessions => ({
  open: async (req, res) => {
    const { provider, records, users } = options;
    const context = provider.createContext(req, res);
    const session = await provider.Session.get(context);
    const user = session.accountId === undefined ? undefined : await users.byId(session.accountId);
    const signedInAt = (session.loginTs ?? 0) * 1000;
    const end = async (): Promise<void> => {
      await session.destroy();
      await endOwnApps(records, session.uid);
      context.cookies.set(provider.cookieName('session'), null);
    };
    if (user?.status !== 'active') return undefined;
    if (await isIdle(options, session.uid, signedInAt)) {
      await end();
      return undefined;
    }
    await touch(options, session.uid);
    return { user, uid: session.uid, signedInAt, end, keep: () => session.persist().then(noted) };
  },
});

const noted = (): void => undefined;

/** Kept for as long as the session may lie unused: when it is gone, the time is over. */
const touch = async ({ records, now, idleSeconds }: BrowserSessionOptions, uid: string) => {
  const expires = new Date(now() + idleSeconds * 1000);
  await records.put('session-use', recordId(uid), { at: now() }, expires);
};

const isIdle = async (
  { records, now, idleSeconds }: BrowserSessionOptions,
  uid: string,
  signedInAt: number,
): Promise<boolean> => {
  if (now() - signedInAt <= idleSeconds * 1000) return false;
  return (await records.get('session-use', recordId(uid))) === undefined;
};
