// Own clients: our apps in the list of clients, as public clients like any other. Written at each start, so that nobody else's
// record can take the name, and the address may change.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#register-app-with-ehr

import { ownApps, pathOf, type OwnApp } from '../access/own-apps.ts';
import type { RecordStore } from '../store/port.ts';
import { endAccess } from './end-access.ts';

export const writeOwnClients = async (records: RecordStore, publicUrl: string): Promise<void> => {
  for (const app of ownApps)
    if ((await records.get(withdrawnKind, app.id)) === undefined)
      await writeOne(app, publicUrl, records);
};

/** Nobody opens it any more, over restarts too. What it was granted is for the caller to end. */
export const withdrawOwnClient = async (
  records: Pick<RecordStore, 'put' | 'take'>,
  { id }: OwnApp,
): Promise<void> => {
  await records.put(withdrawnKind, id, { id });
  await records.take('Client', id);
};

export const restoreOwnClient = async (
  records: RecordStore,
  app: OwnApp,
  publicUrl: string,
): Promise<void> => {
  await records.take(withdrawnKind, app.id);
  await writeOne(app, publicUrl, records);
};

/** Kind of record: by its id, an app that an administrator disabled. */
const withdrawnKind = 'withdrawn-app';

const writeOne = async (app: OwnApp, publicUrl: string, records: RecordStore): Promise<void> => {
  const client = clientOf(app, publicUrl);
  const before = (await records.get('Client', app.id)) as Partial<typeof client> | undefined;
  await records.put('Client', app.id, client);
  // It was another's, or at another address: what that one was allowed is not ours.
  if (before && before.redirect_uris?.[0] !== client.redirect_uris[0])
    await endAccess(records, { clientId: app.id });
};

const clientOf = (app: OwnApp, publicUrl: string) => {
  const home = `${publicUrl}${pathOf(app)}`;
  return {
    client_id: app.id,
    client_name: app.name,
    client_uri: home,
    redirect_uris: [home],
    launch_uri: `${home}launch`,
    post_logout_redirect_uris: [home],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    smart_scope: app.scope,
  };
};
