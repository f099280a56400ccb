// fingerprint: whether the index values in the store were extracted by the definitions the server has now.

import type { mongo } from 'mongoose';
import type { RecordStore } from '../port.ts';
import type { SettingDocument } from './schema.ts';

interface Present {
  readonly fingerprint: string;
  readonly log: (message: string) => void;
}

/** An old store goes on with its old index values until it is reindexed; only searches by what is new miss something. */
export const checkFingerprint = async (
  settings: mongo.Collection<SettingDocument>,
  records: RecordStore,
  { fingerprint, log }: Present,
): Promise<void> => {
  const stored = await settings.findOneAndUpdate(
    { _id: 'fingerprint' },
    { $set: { value: fingerprint } },
    { upsert: true, returnDocument: 'before' },
  );
  if (stored !== null && stored.value !== fingerprint)
    await records.put('reindex', 'wanted', { from: stored.value, to: fingerprint });
  if ((await records.get('reindex', 'wanted')) !== undefined)
    log('What is indexed has changed since resources were stored: run `npm run reindex`.');
};
