// create-registration-token: lets a developer register one client without an administrator.
// https://www.rfc-editor.org/rfc/rfc7591#section-3

import type { Command } from '../types.ts';

export const createRegistrationToken: Command = {
  name: 'create-registration-token',
  about: 'Gives an initial access token, with which one client can register itself.',
  inputs: [],
  outputs: [{ name: 'token', type: 'string', about: 'Works once, for a day.' }],
  ways: 'everywhere',
  event: 'administration',
  run: async (_inputs, { issueInitialAccessToken }) => [
    { name: 'token', valueString: await issueInitialAccessToken() },
  ],
};
