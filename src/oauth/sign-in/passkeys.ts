// Passkeys: WebAuthn credentials, as a second factor and as the only one. Each challenge works once.
// https://www.w3.org/TR/webauthn-3/

import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Factor, User } from '../../access/user.ts';
import type { RecordStore } from '../../store/port.ts';
import { recordId } from '../record-id.ts';
import type { Users } from '../users/users.ts';

export type Passkey = Extract<Factor, { readonly kind: 'passkey' }>;

export interface Passkeys {
  /** What the browser needs to make a new one. `of` is what the answer will be tied to: an interaction or a session. */
  offer(of: string, user: User): Promise<object>;
  /** The new passkey; undefined when the answer is not to what was offered. */
  enrol(of: string, answer: string): Promise<Passkey | undefined>;
  /** What the browser needs to use one: of this user, or of whoever has one. */
  challenge(of: string, user?: User): Promise<object>;
  /** Whose passkey answered and how (RFC 8176); undefined when it did not. */
  verify(of: string, answer: string): Promise<Proven | undefined>;
}

export interface Proven {
  readonly user: User;
  readonly amr: readonly string[];
}

interface Challenge {
  readonly challenge: string;
  /** Absent: anybody, who then must be verified by the device (a PIN, a finger). */
  readonly user?: string;
}

export interface PasskeysOptions {
  readonly records: RecordStore;
  readonly users: Users;
  readonly now: () => number;
  /** Origin of the pages; the passkeys belong to its host. */
  readonly origin: string;
}

const seconds = 300;

export const createPasskeys = ({ records, users, now, origin }: PasskeysOptions): Passkeys => {
  const rpID = new URL(origin).hostname;
  const expected = { expectedOrigin: origin, expectedRPID: rpID };

  const keep = async (of: string, challenge: Challenge): Promise<void> => {
    const expires = new Date(now() + seconds * 1000);
    await records.put('passkey-challenge', recordId(of), challenge, expires);
  };
  // Only `keep` writes this kind.
  const takeChallenge = async (of: string): Promise<Challenge | undefined> =>
    (await records.take('passkey-challenge', recordId(of))) as Challenge | undefined;

  const offer = async (of: string, user: User): Promise<object> => {
    const options = await generateRegistrationOptions({
      ...{ rpName: 'Meridian', rpID, userName: user.username, userDisplayName: user.name },
      userID: new TextEncoder().encode(user.id),
      excludeCredentials: describe(user),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
    await keep(of, { challenge: options.challenge, user: user.id });
    return options;
  };

  const enrol = async (of: string, answer: string): Promise<Passkey | undefined> => {
    const response = readJson(answer) as RegistrationResponseJSON | undefined;
    const kept = await takeChallenge(of);
    if (kept === undefined || response === undefined) return undefined;
    const checked = await verifyRegistrationResponse({
      ...{ ...expected, response, expectedChallenge: kept.challenge },
      requireUserVerification: false,
    }).catch(() => undefined);
    if (!checked?.verified) return undefined;
    const { id, publicKey, counter, transports } = checked.registrationInfo.credential;
    return {
      ...{ kind: 'passkey', id, counter, ...(transports ? { transports } : {}) },
      publicKey: Buffer.from(publicKey).toString('base64url'),
      createdAt: new Date(now()).toISOString(),
    };
  };

  const challenge = async (of: string, user?: User): Promise<object> => {
    const options = await generateAuthenticationOptions({
      rpID,
      userVerification: user === undefined ? 'required' : 'preferred',
      ...(user === undefined ? {} : { allowCredentials: describe(user) }),
    });
    const whose = user === undefined ? {} : { user: user.id };
    await keep(of, { challenge: options.challenge, ...whose });
    return options;
  };

  const verify = async (of: string, answer: string): Promise<Proven | undefined> => {
    const response = readJson(answer) as AuthenticationResponseJSON | undefined;
    const kept = await takeChallenge(of);
    if (kept === undefined || response === undefined) return undefined;
    const owner = kept.user ?? ownerIn(response);
    const user = owner === undefined ? undefined : await users.byId(owner);
    const passkey = passkeysOf(user).find(({ id }) => id === response.id);
    if (user === undefined || passkey === undefined) return undefined;
    const checked = await verifyAuthenticationResponse({
      ...{ ...expected, response, expectedChallenge: kept.challenge },
      requireUserVerification: kept.user === undefined,
      credential: {
        ...{ id: passkey.id, counter: passkey.counter },
        publicKey: Buffer.from(passkey.publicKey, 'base64url'),
      },
    }).catch(() => undefined);
    if (!checked?.verified) return undefined;
    const { newCounter, credentialDeviceType, userVerified } = checked.authenticationInfo;
    await users.change(user.id, (now) => withCounter(now, passkey.id, newCounter));
    // A passkey that is synchronised between devices is software, one that cannot leave its device is hardware.
    const key = credentialDeviceType === 'singleDevice' ? 'hwk' : 'swk';
    return { user, amr: userVerified ? [key, 'user'] : [key] };
  };

  return { offer, enrol, challenge, verify };
};

export const passkeysOf = (user: User | undefined): readonly Passkey[] =>
  (user?.factors ?? []).filter((factor) => factor.kind === 'passkey');

const describe = (user: User): { id: string; transports?: string[] }[] =>
  passkeysOf(user).map(({ id, transports }) => ({
    id,
    ...(transports ? { transports: [...transports] } : {}),
  }));

/** The user handle is the user's id, as `offer` wrote it. */
const ownerIn = ({ response }: AuthenticationResponseJSON): string | undefined =>
  typeof response.userHandle === 'string'
    ? Buffer.from(response.userHandle, 'base64url').toString()
    : undefined;

const withCounter = (user: User, id: string, counter: number): User => ({
  ...user,
  factors: (user.factors ?? []).map((factor) =>
    factor.kind === 'passkey' && factor.id === id ? { ...factor, counter } : factor,
  ),
});

/** The library checks every member; what is no object at all must not reach it. */
const readJson = (text: string): unknown => {
  try {
    const answer = JSON.parse(text) as {
      readonly id?: unknown;
      readonly response?: unknown;
    } | null;
    const isAnswer = typeof answer?.id === 'string' && typeof answer.response === 'object';
    return isAnswer ? answer : undefined;
  } catch {
    return undefined;
  }
};
