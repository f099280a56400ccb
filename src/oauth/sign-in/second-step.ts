// Second step: a code of an authenticator app, a recovery code, or a passkey.

import type { User } from '../../access/user.ts';
import { factorPage } from '../pages/factor-pages.ts';
import type { PageError } from '../pages/layout.ts';
import { sendPage } from '../pages/send-page.ts';
import type { Completion } from './complete.ts';
import type { Devices } from './devices.ts';
import type { Factors } from './factors.ts';
import { passkeysOf, type Passkeys } from './passkeys.ts';
import type { Pending, PendingSignIns } from './pending.ts';
import type { SignInSources } from './sources.ts';
import { codeLimit, type Throttle } from './throttle.ts';
import { tooMany } from './too-many.ts';
import { readAnswer, readField, type Visit } from './visit.ts';

export interface SecondStep {
  readonly show: (visit: Visit) => Promise<void>;
  readonly byCode: (visit: Visit) => Promise<void>;
  readonly offerPasskey: (visit: Visit) => Promise<void>;
  readonly byPasskey: (visit: Visit) => Promise<void>;
}

export interface SecondStepOptions {
  readonly sources: SignInSources;
  readonly devices: Devices;
  readonly throttle: Throttle;
  readonly passkeys: Passkeys;
  readonly factors: Factors;
  readonly pending: PendingSignIns;
  readonly completion: Completion;
}

interface Begun {
  readonly pending: Pending;
  readonly user: User;
}

export const createSecondStep = (options: SecondStepOptions): SecondStep => {
  const { sources, pending, passkeys, completion, factors, throttle } = options;

  /** undefined, and sent to the beginning, when the first step was not done. */
  const readBegun = async ({ uid, res, base }: Visit): Promise<Begun | undefined> => {
    const begun = await pending.read(uid);
    const user = begun?.next === 'factor' ? await sources.users.byId(begun.user) : undefined;
    if (begun && user?.status === 'active') return { pending: begun, user };
    res.redirect(303, `${base}/login`);
    return undefined;
  };

  const page = (visit: Visit, user: User, fault?: Fault): void => {
    const { res, base, leadsTo } = visit;
    const hasTotp = (user.factors ?? []).some(({ kind }) => kind === 'totp');
    const hasPasskey = passkeysOf(user).length > 0;
    const { status = 200, errors = [], waitSeconds } = fault ?? {};
    if (waitSeconds !== undefined) res.setHeader('Retry-After', waitSeconds);
    sendPage(res, factorPage({ base, hasTotp, hasPasskey, errors }), { status, leadsTo });
  };

  const refuse = async (visit: Visit, user: User, text: PageError): Promise<void> => {
    const address = sources.addressOf(visit.req);
    const { clientId: client } = visit;
    await sources.report({ kind: 'second-factor-refused', user: user.id, client, address });
    page(visit, user, { status: 401, errors: [text] });
  };

  const finish = async (visit: Visit, { pending: begun, user }: Begun, amr: string[]) => {
    const through = begun.provider === undefined ? {} : { provider: begun.provider };
    const all = [...begun.amr, ...amr, 'mfa'];
    await completion.complete(visit, { user, amr: all, ...through });
  };

  const byCode = async (visit: Visit): Promise<void> => {
    const begun = await readBegun(visit);
    if (begun === undefined) return;
    const { user } = begun;
    const whose = await countedUnder(options, visit, user);
    const waitSeconds = await throttle.attempt(codeLimit, ...whose);
    if (waitSeconds > 0) {
      await sources.report({
        kind: 'slowed-down',
        user: user.id,
        address: sources.addressOf(visit.req),
      });
      page(visit, user, { status: 429, errors: [tooMany(waitSeconds)], waitSeconds });
      return;
    }
    const code = readField(visit.req, 'code') || readField(visit.req, 'recovery');
    const used = await factors.useCode(user, code);
    if (used === undefined) {
      await refuse(
        visit,
        user,
        wrongCode(readField(visit.req, 'recovery') === '' ? 'code' : 'recovery'),
      );
      return;
    }
    await throttle.clear(codeLimit, ...whose);
    if (used === 'recovery') await sources.report({ kind: 'recovery-code-used', user: user.id });
    await finish(visit, begun, ['otp']);
  };

  return {
    show: async (visit) => {
      const begun = await readBegun(visit);
      if (begun !== undefined) page(visit, begun.user);
    },
    byCode,
    offerPasskey: async (visit) => {
      const begun = await readBegun(visit);
      if (begun !== undefined) visit.res.json(await passkeys.challenge(visit.uid, begun.user));
    },
    byPasskey: async (visit) => {
      const begun = await readBegun(visit);
      if (begun === undefined) return;
      const proven = await passkeys.verify(visit.uid, readAnswer(visit.req));
      if (proven?.user.id === begun.user.id) await finish(visit, begun, [...proven.amr]);
      else await refuse(visit, begun.user, { text: 'This passkey was not accepted. Try again.' });
    },
  };
};

interface Fault {
  readonly status: number;
  readonly errors: readonly PageError[];
  readonly waitSeconds?: number;
}

const wrongCode = (field: 'code' | 'recovery'): PageError => ({
  text: 'This code is not right, is too old, or was used already. Wait for the next one and try again.',
  field,
});

/** Whoever gets here knows the password, so from unknown places all attempts count together. */
const countedUnder = async (
  { devices }: SecondStepOptions,
  { req }: Visit,
  user: User,
): Promise<readonly string[]> => {
  const place = await devices.placeOf(req, user.username);
  return place.kind === 'known-device' ? [user.id, place.name] : [user.id];
};
