// Complete: what happens between a proven first factor and the end of the sign-in.

import type { Provider } from 'oidc-provider';
import type { User } from '../../access/user.ts';
import type { Devices } from './devices.ts';
import type { PendingSignIns } from './pending.ts';
import { isStaff, nextStep } from './policy.ts';
import type { SignInSources } from './sources.ts';
import type { Visit } from './visit.ts';

export interface Completion {
  /** After the first factor: asks for the second, has it set up, or ends the sign-in. */
  advance(visit: Visit, first: FirstFactor): Promise<void>;
  /** Ends the sign-in. Sends to its beginning when the user may not sign in any more. */
  complete(visit: Visit, proven: FirstFactor): Promise<void>;
}

export interface FirstFactor {
  readonly user: User;
  /** RFC 8176. */
  readonly amr: readonly string[];
  /** The hospital's identity provider that vouched. */
  readonly provider?: string;
  /** 'several': no second step is needed. */
  readonly factors?: 'one' | 'several';
}

export const createCompletion = ({
  provider,
  pending,
  devices,
  sources,
}: {
  readonly provider: Provider;
  readonly pending: PendingSignIns;
  readonly devices: Devices;
  readonly sources: SignInSources;
}): Completion => {
  const complete = async (visit: Visit, proven: FirstFactor): Promise<void> => {
    const { req, res, uid, base, clientId } = visit;
    const user = await sources.users.byId(proven.user.id);
    await pending.take(uid);
    if (user?.status !== 'active') {
      res.redirect(303, `${base}/login`);
      return;
    }
    await devices.remember({ req, res }, user.username);
    const amr = [...new Set(proven.amr)];
    const through = proven.provider === undefined ? {} : { provider: proven.provider };
    const address = sources.addressOf(req);
    await sources.report({
      kind: 'sign-in',
      user: user.id,
      client: clientId,
      address,
      amr,
      ...through,
    });
    // Staff share machines: their session ends with the browser.
    const login = { accountId: user.id, amr, remember: !isStaff(user.role) };
    await provider.interactionFinished(req, res, { login });
  };

  const advance = async (visit: Visit, first: FirstFactor): Promise<void> => {
    const next = first.factors === 'several' ? 'done' : nextStep(first.user, sources.staffFactor);
    if (next === 'done') {
      await complete(visit, first);
      return;
    }
    const through = first.provider === undefined ? {} : { provider: first.provider };
    await pending.write(visit.uid, { user: first.user.id, amr: first.amr, next, ...through });
    visit.res.redirect(303, `${visit.base}/${next}`);
  };

  return { advance, complete };
};
