// trusted-issuers: those others whose cards are believed here, and what they publish, kept for a few minutes.

import { isObject } from '../../fhir/resource.ts';
import type { FetchJson } from './fetch-public.ts';
import { readKeySet, type PublicKey } from './public-key.ts';
import type { FindIssuer, Issuer } from './verify.ts';

export interface TrustParts {
  /** This server: its address as an issuer, and what it knows of itself. */
  readonly own: { readonly iss: string; readonly issuer: Issuer };
  /** Addresses of the others. No other address is ever asked, whatever a card says. */
  readonly trusted: readonly string[];
  readonly fetchJson: FetchJson;
  readonly now: () => number;
}

export const createFindIssuer = ({ own, trusted, fetchJson, now }: TrustParts): FindIssuer => {
  const remember = { fetchJson, now };
  const issuers = new Map(trusted.map((iss) => [iss, remoteIssuer(iss, remember)]));
  issuers.set(own.iss, own.issuer);
  return (iss) => issuers.get(iss);
};

const keepMilliseconds = 300_000;
/** Whoever shows a card with an unknown key makes us ask again, but not at once. */
const againMilliseconds = 30_000;

interface Kept<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

const remoteIssuer = (
  iss: string,
  { fetchJson, now }: Pick<TrustParts, 'fetchJson' | 'now'>,
): Issuer => {
  let keys: Kept<readonly PublicKey[]> | undefined;
  const lists = new Map<string, Kept<readonly string[]>>();
  const keySet = (longest: number): Promise<readonly PublicKey[]> => {
    if (!keys || now() - keys.at >= longest) {
      const value = fetchJson(`${iss}/.well-known/jwks.json`).then(readKeySet);
      keys = { at: now(), value: handled(value) };
    }
    return keys.value;
  };
  const find = async (kid: string, longest: number): Promise<PublicKey | undefined> =>
    (await keySet(longest)).find((key) => key.kid === kid);
  return {
    keyOf: async (kid) =>
      (await find(kid, keepMilliseconds).catch(() => undefined)) ?? find(kid, againMilliseconds),
    // "Use a cached version if the counter value has not changed since the last retrieval."
    revokedOf: ({ kid, crlVersion }) => {
      const name = `${kid} ${String(crlVersion)}`;
      const kept = lists.get(name);
      if (kept && now() - kept.at < keepMilliseconds) return kept.value;
      const address = `${iss}/.well-known/crl/${kid}.json`;
      const value = fetchJson(address).then((list) => readList(list, kid));
      lists.clear();
      lists.set(name, { at: now(), value: handled(value) });
      return value;
    },
  };
};

/** It is kept, too, that somebody could not be reached; that is no fault of ours. */
const handled = <T>(value: Promise<T>): Promise<T> => {
  value.catch(() => undefined);
  return value;
};

const readList = (list: unknown, kid: string): readonly string[] => {
  if (isObject(list) && list['kid'] === kid && Array.isArray(list['rids']))
    return list['rids'].filter((rid) => typeof rid === 'string');
  throw new Error('this is no list of revoked cards');
};
