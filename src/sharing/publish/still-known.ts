// still-known: whether who has sent an upload could still sign in: only then it is filed by itself, under their rights.

import { isObject } from '../../fhir/resource.ts';
import type { RecordStore } from '../../store/port.ts';
import type { Sender } from './hold.ts';

/** False once the client was removed, or its user was removed or disabled. */
export const isStillKnown = async (
  { client, user }: Sender,
  records: Pick<RecordStore, 'get'>,
): Promise<boolean> => {
  if ((await records.get('Client', client)) === undefined) return false;
  if (user === undefined) return true;
  const found = await records.get('user', user);
  return isObject(found) && found['status'] === 'active';
};
