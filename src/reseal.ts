// The command `npm run reseal`: after KEY_SECRET was changed, with the secret before it in KEY_SECRET_FORMER, seals the keys in the
// store by the new one. Servers must be stopped.

import { loadDefinitions } from './fhir/definitions/load.ts';
import { readConfig } from './platform/config.ts';
import { productionFaults } from './platform/production.ts';
import { indexFingerprint } from './search/index-fingerprint.ts';
import { openStore } from './store/open.ts';
import { resealKeys } from './store/reseal-keys.ts';

const run = async (): Promise<string> => {
  const config = readConfig(process.env);
  const faults = productionFaults(config).filter((fault) => fault.startsWith('KEY_SECRET'));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const { dataDir, mongo, formerKeySecret: former, keySecret: secret } = config;
  const store = await openStore({
    ...{ dataDir, mongo, fingerprint: indexFingerprint(loadDefinitions()) },
    searchSeconds: config.limits.searchSeconds,
  });
  try {
    const { resealed, left } = await resealKeys(store, { former, secret });
    const now = secret === undefined ? 'lie open now' : 'are sealed by KEY_SECRET now';
    return `${String(resealed)} keys ${now}; ${String(left)} did before. Backups from before open by the former secret.`;
  } finally {
    await store.close();
  }
};

process.exitCode = await run().then(
  (said) => {
    process.stdout.write(`${said}\n`);
    return 0;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  },
);
