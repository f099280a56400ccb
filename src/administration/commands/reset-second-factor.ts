// reset-second-factor: for who has lost phone and recovery codes, after the desk has seen who they are.

import { invalid } from '../../fhir/problem.ts';
import type { Command } from '../types.ts';
import { required } from '../read-inputs.ts';

export const resetSecondFactor: Command = {
  name: 'reset-second-factor',
  about: 'Removes the second factors of a user and signs them out everywhere.',
  inputs: [{ name: 'user', type: 'string', required: true, about: 'User name.' }],
  outputs: [{ name: 'removed', type: 'integer', about: 'How many there were.' }],
  ways: 'everywhere',
  event: 'user-changed',
  run: async (inputs, { users }) => {
    const username = required(inputs, 'user');
    const user = await users.byName(username);
    if (!user) throw invalid(`There is no user '${username}'.`, 'user');
    await users.change(user.id, (kept) => ({ ...kept, factors: [] }));
    await users.endSessions(user.id);
    return [{ name: 'removed', valueInteger: user.factors?.length ?? 0 }];
  },
};
