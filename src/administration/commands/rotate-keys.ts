// rotate-keys: new keys to sign id_tokens and cookies; the ones before still verify what they signed.

import { rotateKeys as rotate } from '../../oauth/keys.ts';
import type { Command } from '../types.ts';

export const rotateKeys: Command = {
  name: 'rotate-keys',
  about:
    'Makes new signing keys, by which every server signs from now on; those before still verify.',
  inputs: [],
  outputs: [{ name: 'key', type: 'string', about: 'Id (kid) of the new signing key.' }],
  ways: 'everywhere',
  event: 'administration',
  run: async (_inputs, { context }) => {
    const { signing } = await rotate(context.store.records);
    return [{ name: 'key', valueString: signing[0]!.kid }];
  },
};
