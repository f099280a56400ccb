// UHID system: under which identifier system this network gives out health IDs, as its server says it.
// conformance/health-id.md

import type { NamingSystem } from 'fhir/r4';
import type { Fhir } from '../fhir/client.ts';
import { FhirFailure } from '../fhir/failure.ts';
import { read } from '../fhir/write.ts';

/** Asked for once by each client; after a failure it is asked for again. */
export const uhidSystemOf = (fhir: Fhir): Promise<string> => {
  const before = known.get(fhir);
  if (before !== undefined) return before;
  const asked = ask(fhir);
  known.set(fhir, asked);
  asked.catch(() => known.delete(fhir));
  return asked;
};

const known = new WeakMap<Fhir, Promise<string>>();

const ask = async (fhir: Fhir): Promise<string> => {
  const { uniqueId } = await read<NamingSystem>(fhir, 'NamingSystem', 'uhid');
  const system = uniqueId.find(({ type, preferred }) => type === 'uri' && preferred)?.value;
  if (system === undefined) throw new FhirFailure('fault', 0);
  return system;
};
