// Factors of a user: added, used and removed. A code works once, also when it is sent twice at the same moment.

import type { Factor, User } from '../../access/user.ts';
import type { Users } from '../users/users.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Passkey } from './passkeys.ts';
import { newRecoveryCodes, withoutCode } from './recovery-codes.ts';
import { matchTotp, newTotpSecret } from './totp.ts';

export interface Factors {
  /** A TOTP secret for this user that is not theirs yet, locked. */
  draftTotp(user: User): string;
  openDraft(user: User, locked: string): string;
  /** Adds the drafted secret when the code is of it; undefined when it is not. */
  addTotp(user: User, locked: string, code: string): Promise<User | undefined>;
  addPasskey(user: User, passkey: Passkey): Promise<User>;
  /** How the code proved the second factor (RFC 8176), or undefined. */
  useCode(user: User, code: string): Promise<'otp' | 'recovery' | undefined>;
  /** New recovery codes instead of the old ones; shown once. */
  renewCodes(user: User): Promise<readonly string[]>;
  remove(user: User, id: string): Promise<User>;
}

export const createFactors = ({
  users,
  vault,
  now,
  newId,
}: {
  readonly users: Users;
  readonly vault: Vault;
  readonly now: () => number;
  readonly newId: () => string;
}): Factors => {
  const createdAt = (): string => new Date(now()).toISOString();
  const unlock = (user: User, locked: string): string => vault.unlock(locked, `totp ${user.id}`);

  const addTotp = async (user: User, locked: string, code: string): Promise<User | undefined> => {
    const usedStep = matchTotp(unlock(user, locked), code, { now: now() });
    if (usedStep === undefined) return undefined;
    const factor = { kind: 'totp', id: newId(), secret: locked, usedStep, createdAt: createdAt() };
    return users.change(user.id, (kept) => withFactor(kept, factor as Factor));
  };

  const useTotp = async (user: User, code: string): Promise<boolean> => {
    let isUsed = false;
    await users.change(user.id, (kept) => {
      // The change may be tried again when another was quicker: what counts is the last look.
      const step = matching(kept, code);
      isUsed = step !== undefined;
      return step === undefined ? kept : withStep(kept, step);
    });
    return isUsed;
  };

  const matching = (user: User, code: string): Used | undefined => {
    for (const factor of user.factors ?? []) {
      if (factor.kind !== 'totp') continue;
      const secret = unlock(user, factor.secret);
      const step = matchTotp(secret, code, { now: now(), usedStep: factor.usedStep });
      if (step !== undefined) return { id: factor.id, step };
    }
    return undefined;
  };

  const useRecovery = async (user: User, code: string): Promise<boolean> => {
    let isUsed = false;
    await users.change(user.id, (kept) => {
      const left = withoutRecovery(kept, code);
      isUsed = left !== undefined;
      return left ?? kept;
    });
    return isUsed;
  };

  return {
    addTotp,
    draftTotp: (user) => vault.lock(newTotpSecret(), `totp ${user.id}`),
    openDraft: unlock,
    addPasskey: (user, passkey) => users.change(user.id, (kept) => withFactor(kept, passkey)),
    useCode: async (user, code) => {
      if (/^\s*(\d\s*){6}$/.test(code)) return (await useTotp(user, code)) ? 'otp' : undefined;
      return (await useRecovery(user, code)) ? 'recovery' : undefined;
    },
    renewCodes: async (user) => {
      const { codes, hashes } = newRecoveryCodes(user.id);
      const factor: Factor = {
        ...{ kind: 'recovery', id: newId(), codes: hashes, createdAt: createdAt() },
      };
      await users.change(user.id, (kept) =>
        withFactor({ ...kept, factors: without(kept, ({ kind }) => kind === 'recovery') }, factor),
      );
      return codes;
    },
    remove: (user, id) =>
      users.change(user.id, (kept) => ({
        ...kept,
        factors: withoutLonely(without(kept, (factor) => factor.id === id)),
      })),
  };
};

interface Used {
  readonly id: string;
  readonly step: number;
}

const withFactor = (user: User, factor: Factor): User => ({
  ...user,
  factors: [...without(user, ({ id }) => id === factor.id), factor],
});

const without = (user: User, isMeant: (factor: Factor) => boolean): readonly Factor[] =>
  (user.factors ?? []).filter((factor) => !isMeant(factor));

/** Recovery codes stand in for another factor; alone they are none. */
const withoutLonely = (factors: readonly Factor[]): readonly Factor[] =>
  factors.some(({ kind }) => kind !== 'recovery') ? factors : [];

const withStep = (user: User, { id, step }: Used): User => ({
  ...user,
  factors: (user.factors ?? []).map((factor) =>
    factor.kind === 'totp' && factor.id === id ? { ...factor, usedStep: step } : factor,
  ),
});

const withoutRecovery = (user: User, code: string): User | undefined => {
  const kept = user.factors?.find((factor) => factor.kind === 'recovery');
  const codes = kept && withoutCode(kept.codes, code, user.id);
  return kept && codes && withFactor(user, { ...kept, codes });
};
