// Follow keys: the provider signs with the newest keys from the next request on, whichever process rotated them.
// https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys

import initializeKeystore from 'oidc-provider/lib/helpers/initialize_keystore.js';
import type { Provider } from 'oidc-provider';
import type { RecordStore } from '../store/port.ts';
import { openKeys, type Keys } from './keys.ts';

/** To be called before each request is answered; `first` are those the provider was made with. */
export const followKeys = (
  provider: Provider,
  records: RecordStore,
  first: Keys,
): (() => Promise<void>) => {
  let used = first;
  return async () => {
    const now = await openKeys(records);
    if (namesOf(now) === namesOf(used)) return;
    initializeKeystore.call(provider, { keys: structuredClone([...now.signing]) });
    // Koa makes the cookies of each request by these.
    provider.keys = [...now.cookies];
    used = now;
  };
};

/** Signing keys and cookie keys are rotated together. */
const namesOf = ({ signing }: Keys): string => signing.map(({ kid }) => kid).join(' ');
