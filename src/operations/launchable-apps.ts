// $launchable-apps: the registered apps that staff can open for the patient in view, for the gallery of whoever plays the EHR.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-ehr-launch

import { ownApp } from '../access/own-apps.ts';
import { isStaffRole } from '../access/staff.ts';
import { forbidden } from '../fhir/problem.ts';
import type { Handler } from '../interactions/types.ts';
import { answerWith, readInputs, type OutputParameter } from './parameters.ts';
import type { Operation } from './types.ts';

const handler: Handler = async (request, { caller }, { store }) => {
  readInputs(request, []);
  if (caller && !isStaffRole(caller.role))
    throw forbidden('Only staff of a hospital open apps for a patient in view.');
  const clients = (await store.records.find('Client', {})) as readonly Client[];
  const apps = clients.filter(isLaunchable).toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return answerWith(apps.map(describe));
};

export const launchableApps: Operation = {
  name: '$launchable-apps',
  definition: 'https://meridian.example/OperationDefinition/launchable-apps',
  levels: ['system'],
  affectsState: false,
  handler,
};

/** The part of a client's record that is read here; a client that was disabled has none. */
interface Client {
  readonly client_id: string;
  readonly client_name?: string;
  readonly client_uri?: string;
  readonly logo_uri?: string;
  readonly launch_uri?: string;
  readonly smart_scope?: string;
}

/** Our own apps are where the gallery is; an app that may not ask for `launch` cannot be opened so. */
const isLaunchable = ({ client_id: id, launch_uri: uri, smart_scope: scope }: Client): boolean =>
  uri !== undefined && URL.canParse(uri) && ownApp(id) === undefined && mayLaunch(scope);

const mayLaunch = (scope: string | undefined): boolean =>
  scope === undefined || scope.split(' ').includes('launch');

const nameOf = ({ client_name: name, client_id: id }: Client): string => name ?? id;

const describe = (client: Client): OutputParameter => ({
  name: 'app',
  part: [
    { name: 'client', valueString: client.client_id },
    { name: 'name', valueString: nameOf(client) },
    { name: 'origin', valueUrl: new URL(client.launch_uri!).origin },
    ...addressOf('site', client.client_uri),
    ...addressOf('logo', client.logo_uri),
    ...(client.smart_scope?.split(' ') ?? []).map((scope) => ({
      ...{ name: 'scope', valueString: scope },
    })),
  ],
});

/** What a client says of itself goes into a page: an address on the web, or nothing. */
const addressOf = (name: string, address: string | undefined): readonly OutputParameter[] =>
  address !== undefined && /^https:\/\//.test(address) && URL.canParse(address)
    ? [{ name, valueUrl: address }]
    : [];
