// verify: whether a card is what its issuer signed, whether that issuer is trusted, and whether the card still counts.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html

import { compactVerify } from 'jose';
import type { CardClaims } from './claims.ts';
import { openCard } from './open-card.ts';
import type { PublicKey } from './public-key.ts';

/** Somebody whose cards are believed. Both may reject when it cannot be reached. */
export interface Issuer {
  /** undefined when it publishes no such key. */
  readonly keyOf: (kid: string) => Promise<PublicKey | undefined>;
  /** The revoked numbers of the key, `rid` or `rid.timestamp`, at least as new as `crlVersion`. */
  readonly revokedOf: (key: PublicKey) => Promise<readonly string[]>;
}

/** undefined for whom nobody here trusts. */
export type FindIssuer = (iss: string) => Issuer | undefined;

export type Verdict =
  /** `isRevocable`: the issuer could have revoked it, and has not. */
  | { readonly outcome: 'genuine'; readonly claims: CardClaims; readonly isRevocable: boolean }
  /** No card at all; `fault` says why. */
  | { readonly outcome: 'unreadable'; readonly fault: string }
  /** Nothing of what it says is shown: it proves nothing. */
  | { readonly outcome: Refusal; readonly iss: string };

export type Refusal =
  /** Nobody here trusts the issuer it names. */
  | 'stranger'
  /** The issuer could not be asked for its keys or revocations. */
  | 'unreachable'
  /** The issuer does not publish the key, or no longer. */
  | 'unknown-key'
  /** The signature is not that of this text. */
  | 'altered'
  | 'revoked'
  | 'expired'
  | 'early';

export interface VerifyingParts {
  readonly findIssuer: FindIssuer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Never rejects for what is in the card. */
export const verify = async (
  jws: string,
  { findIssuer, now }: VerifyingParts,
): Promise<Verdict> => {
  const opening = openCard(jws);
  if (!opening.ok) return { outcome: 'unreadable', fault: opening.fault };
  const { kid, claims } = opening.card;
  const { iss } = claims;
  const issuer = findIssuer(iss);
  if (!issuer) return { outcome: 'stranger', iss };
  const key = await issuer.keyOf(kid).catch(missed);
  if (key === 'unreachable') return { outcome: key, iss };
  if (!key) return { outcome: 'unknown-key', iss };
  if (!(await isSignedBy(key, jws))) return { outcome: 'altered', iss };
  const late = timeFault(claims, now() / 1000);
  if (late) return { outcome: late, iss };
  const revoked = key.crlVersion === undefined ? [] : await issuer.revokedOf(key).catch(missed);
  if (revoked === 'unreachable') return { outcome: revoked, iss };
  if (isRevoked(claims, revoked)) return { outcome: 'revoked', iss };
  const isRevocable = key.crlVersion !== undefined && claims.vc.rid !== undefined;
  return { outcome: 'genuine', claims, isRevocable };
};

const missed = (): 'unreachable' => 'unreachable';

const isSignedBy = ({ kty, crv, x, y }: PublicKey, jws: string): Promise<boolean> =>
  compactVerify(jws, { kty, crv, x, y }, { algorithms: ['ES256'] }).then(
    () => true,
    () => false,
  );

/** Clocks differ by so much. */
const toleranceSeconds = 60;

const timeFault = ({ nbf, exp }: CardClaims, seconds: number): 'early' | 'expired' | undefined => {
  if (nbf > seconds + toleranceSeconds) return 'early';
  return exp !== undefined && exp <= seconds ? 'expired' : undefined;
};

/** "Reject … if the calculated rid is contained … and (if a timestamp suffix is present) … nbf … is before the timestamp." */
const isRevoked = ({ nbf, vc: { rid } }: CardClaims, revoked: readonly string[]): boolean =>
  rid !== undefined &&
  revoked.some((entry) => {
    const [named, before] = entry.split('.');
    return named === rid && (before === undefined || nbf < Number(before));
  });
