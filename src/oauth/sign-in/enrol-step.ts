// Enrol step: whoever must have a second factor and has none sets one up before the sign-in ends.

import type { User } from '../../access/user.ts';
import { enrolPage, recoveryCodesPage } from '../pages/factor-pages.ts';
import type { PageError } from '../pages/layout.ts';
import { sendPage } from '../pages/send-page.ts';
import type { Completion } from './complete.ts';
import type { Factors } from './factors.ts';
import type { Passkeys } from './passkeys.ts';
import type { Pending, PendingSignIns } from './pending.ts';
import type { SignInSources } from './sources.ts';
import { describeTotp, drawTotp } from './totp.ts';
import { readAnswer, readField, type Visit } from './visit.ts';

export interface EnrolStep {
  readonly show: (visit: Visit) => Promise<void>;
  readonly byCode: (visit: Visit) => Promise<void>;
  readonly offerPasskey: (visit: Visit) => Promise<void>;
  readonly byPasskey: (visit: Visit) => Promise<void>;
  readonly showCodes: (visit: Visit) => Promise<void>;
  readonly keepCodes: (visit: Visit) => Promise<void>;
}

export interface EnrolStepOptions {
  readonly sources: SignInSources;
  readonly passkeys: Passkeys;
  readonly factors: Factors;
  readonly pending: PendingSignIns;
  readonly completion: Completion;
}

interface Begun {
  readonly pending: Pending;
  readonly user: User;
}

export const createEnrolStep = (options: EnrolStepOptions): EnrolStep => {
  const { sources, pending, passkeys, completion, factors } = options;
  const { vault, users } = sources;

  const readBegun = async (visit: Visit, next: Pending['next']): Promise<Begun | undefined> => {
    const begun = await pending.read(visit.uid);
    const user = begun?.next === next ? await users.byId(begun.user) : undefined;
    if (begun && user?.status === 'active') return { pending: begun, user };
    visit.res.redirect(303, `${visit.base}/login`);
    return undefined;
  };

  const page = async (visit: Visit, { pending: begun, user }: Begun, errors: PageError[] = []) => {
    const { res, base, uid, leadsTo } = visit;
    const locked = begun.secret ?? factors.draftTotp(user);
    if (begun.secret === undefined) await pending.write(uid, { ...begun, secret: locked });
    const { uri, shown } = describeTotp(factors.openDraft(user, locked), user.username);
    const view = { base: `${base}/enrol`, qr: await drawTotp(uri), shown, errors };
    const status = errors.length > 0 ? 400 : 200;
    sendPage(res, enrolPage({ ...view, reason: 'required' }), { status, leadsTo });
  };

  /** The factor is there; what is left are the recovery codes. */
  const goOn = async (visit: Visit, { pending: begun, user }: Begun, amr: readonly string[]) => {
    const codes = vault.lock(JSON.stringify(await factors.renewCodes(user)), `codes ${user.id}`);
    const through = begun.provider === undefined ? {} : { provider: begun.provider };
    const all = [...begun.amr, ...amr, 'mfa'];
    await pending.write(visit.uid, {
      ...{ user: user.id, amr: all, next: 'codes', codes, ...through },
    });
    await sources.report({ kind: 'factor-added', user: user.id, amr });
    visit.res.redirect(303, `${visit.base}/enrol/codes`);
  };

  return {
    show: async (visit) => {
      const begun = await readBegun(visit, 'enrol');
      if (begun !== undefined) await page(visit, begun);
    },
    byCode: async (visit) => {
      const begun = await readBegun(visit, 'enrol');
      if (begun === undefined) return;
      const { secret } = begun.pending;
      const code = readField(visit.req, 'code');
      const added = secret && (await factors.addTotp(begun.user, secret, code));
      if (added) await goOn(visit, begun, ['otp']);
      else await page(visit, begun, [wrongCode]);
    },
    offerPasskey: async (visit) => {
      const begun = await readBegun(visit, 'enrol');
      if (begun !== undefined) visit.res.json(await passkeys.offer(visit.uid, begun.user));
    },
    byPasskey: async (visit) => {
      const begun = await readBegun(visit, 'enrol');
      if (begun === undefined) return;
      const passkey = await passkeys.enrol(visit.uid, readAnswer(visit.req));
      if (passkey === undefined) {
        await page(visit, begun, [{ text: 'The passkey was not made. Try again.' }]);
        return;
      }
      await factors.addPasskey(begun.user, passkey);
      await goOn(visit, begun, ['swk']);
    },
    showCodes: async (visit) => {
      const begun = await readBegun(visit, 'codes');
      if (begun === undefined) return;
      const codes = vault.unlock(begun.pending.codes ?? '', `codes ${begun.user.id}`);
      const view = { codes: JSON.parse(codes) as string[], action: `${visit.base}/enrol/codes` };
      sendPage(visit.res, recoveryCodesPage(view), { leadsTo: visit.leadsTo });
    },
    keepCodes: async (visit) => {
      const begun = await readBegun(visit, 'codes');
      if (begun === undefined) return;
      const { amr, provider } = begun.pending;
      const through = provider === undefined ? {} : { provider };
      await completion.complete(visit, { user: begun.user, amr, ...through });
    },
  };
};

const wrongCode: PageError = {
  text: 'This code is not right. Type the six digits the app shows now; the clock of your phone must be right.',
  field: 'code',
};
