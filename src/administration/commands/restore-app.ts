// restore-app: one of our own apps that an administrator disabled may be opened again.

import { ownApp, ownApps } from '../../access/own-apps.ts';
import { invalid } from '../../fhir/problem.ts';
import { restoreOwnClient } from '../../oauth/own-clients.ts';
import { required } from '../read-inputs.ts';
import type { Command } from '../types.ts';

export const restoreApp: Command = {
  name: 'restore-app',
  about: 'Lets one of our own apps be opened again after revoke-access disabled it.',
  inputs: [
    {
      ...{ name: 'app', type: 'code', required: true },
      about: `One of ${ownApps.map(({ id }) => id).join(', ')}.`,
    },
  ],
  outputs: [{ name: 'app', type: 'code', about: 'Which can be opened now.' }],
  ways: 'everywhere',
  event: 'registration',
  run: async (inputs, { base, context }) => {
    const app = ownApp(required(inputs, 'app'));
    if (!app) throw invalid(`'app' is one of ${ownApps.map(({ id }) => id).join(', ')}.`, 'app');
    await restoreOwnClient(context.store.records, app, base.slice(0, base.lastIndexOf('/fhir')));
    return [{ name: 'app', valueCode: app.id }];
  },
};
