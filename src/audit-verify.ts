// The command `npm run audit:verify`: proves that the audit of a data folder is as it was written; also of a copy, elsewhere.
//
//   npm run audit:verify -- [data folder] [--key <public key>] [--events]
//
// --key: the public key as it was noted down elsewhere. --events: the AuditEvents in the store are compared, too.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SigningKey } from './audit/chain.ts';
import { compareEvents, type Compared } from './audit/compare-events.ts';
import { journalFolder, listFiles } from './audit/files.ts';
import type { Place } from './audit/ingest.ts';
import { folderOf, recordKinds, type RecordedHead } from './audit/recorded.ts';
import { verifyJournal } from './audit/verify.ts';
import { loadDefinitions } from './fhir/definitions/load.ts';
import { indexFingerprint } from './search/index-fingerprint.ts';
import { readConfig } from './platform/config.ts';
import { openStore } from './store/open.ts';
import { sealKeys } from './store/seal-keys.ts';
import { InUse, type Store } from './store/port.ts';
import { fileName } from './store/sqlite/file-name.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, events: { type: 'boolean', default: false } },
});
const config = readConfig(process.env);
const dataDir = positionals[0] ?? config.dataDir;
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** undefined, with the reason on the screen, when there is no store here or a server holds it. */
const openIfThere = async (): Promise<Store | undefined> => {
  const isThere = await access(join(dataDir, fileName)).then(
    () => true,
    () => false,
  );
  if (!isThere && !config.mongo) {
    print('There is no database here; the journal is looked at by itself.');
    return undefined;
  }
  const fingerprint = indexFingerprint(loadDefinitions());
  const { searchSeconds } = config.limits;
  const mongo = isThere ? undefined : config.mongo;
  return openStore({ dataDir, searchSeconds, fingerprint, mongo }).catch((error: unknown) => {
    if (!(error instanceof InUse)) throw error;
    print('A server holds the database: what it remembers of the journal is not compared.');
    print('Stop it, or copy the folder and verify the copy, to compare that too.');
    return undefined;
  });
};

const store = await openIfThere();
const keys = store && sealKeys(store.records, config.keySecret);
const known = (await keys?.get(recordKinds.key, 'audit')) as SigningKey | undefined;
const heads = (await store?.records.find(recordKinds.head, {})) as RecordedHead[] | undefined;
const folder = journalFolder(dataDir);
const [first] = await listFiles(folder);
const place = first && (await store?.records.get(recordKinds.place, folderOf(first.chain)));
const compare: Compared | undefined =
  values.events && store ? compareEvents(store, place as Place | undefined) : undefined;
const result = await verifyJournal({
  ...{ folder, key: values.key ?? known?.public, heads },
  ...(compare ? { each: compare.each } : {}),
});
const unlike = (await compare?.end()) ?? [];
await store?.close();

const faults = [...result.faults, ...unlike];
if (values.events && !store)
  faults.push('The AuditEvents cannot be compared without the database.');
print(`Journal      ${folder}`);
print(`Files        ${String(result.files)}, of ${String(result.chains)} runs of the server`);
print(`Rows         ${String(result.rows)}`);
print(
  `Signatures   ${String(result.signatures)}; the last ${String(result.unsigned)} rows are not signed yet`,
);
print(`Key          ${result.key ?? 'none'}`);
if (values.key === undefined && known === undefined)
  print('             as the files say; give the one you noted down by --key');
if (compare) print(`AuditEvents  ${String(compare.count())} compared`);
for (const note of result.notes) print(`Note: ${note}`);
for (const fault of faults) print(`BROKEN: ${fault}`);
print(
  faults.length === 0
    ? 'The audit is sound.'
    : `The audit is broken: ${String(faults.length)} faults.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
