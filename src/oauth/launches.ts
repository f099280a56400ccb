// Launches: open ones, each known to the store by the hash of an id that lives a quarter of an hour and works once.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-ehr-launch

import { randomBytes } from 'node:crypto';
import type { Launch, OpenLaunch } from '../access/launch.ts';
import type { RecordStore } from '../store/port.ts';
import { recordId } from './record-id.ts';

const kind = 'launch';
/** Long enough to sign in with a second factor and to read a consent page. */
const launchSeconds = 15 * 60;

/** The launch address of the app with `iss` and `launch`, to which the EHR sends the user. */
export const createOpenLaunch =
  (records: RecordStore, fhirBase: string): OpenLaunch =>
  async (launch) => {
    const client = (await records.get('Client', launch.client)) as
      { readonly launch_uri?: string } | undefined;
    if (client?.launch_uri === undefined || !URL.canParse(client.launch_uri)) return undefined;
    const id = randomBytes(24).toString('base64url');
    await records.put(kind, recordId(id), launch, new Date(Date.now() + launchSeconds * 1000));
    const address = new URL(client.launch_uri);
    address.searchParams.set('iss', fhirBase);
    address.searchParams.set('launch', id);
    return address.href;
  };

/** Looks without using it up. */
export const findLaunch = async (records: RecordStore, id: string): Promise<Launch | undefined> =>
  (await records.get(kind, recordId(id))) as Launch | undefined;

/** Uses it up: of two who ask, one gets it. */
export const takeLaunch = async (records: RecordStore, id: string): Promise<Launch | undefined> =>
  (await records.take(kind, recordId(id))) as Launch | undefined;
