// The registry of the server: the values by which its store finds resources: those of the search parameters, and those that
// the server asks for itself.

import type { Definitions } from './fhir/definitions/types.ts';
import { withMatchKeys } from './health-id/match/keys.ts';
import { withLongSlots } from './scheduling/long-slots.ts';
import { buildRegistry } from './search/build-registry.ts';
import type { Registry } from './search/registry.ts';
import { withSharingKeys } from './sharing/keys.ts';
import { withHashes } from './sharing/publish/hashes.ts';

/** `base` is the address of the FHIR base. */
export const createRegistry = (definitions: Definitions, base: string): Registry =>
  [withMatchKeys, withHashes, withLongSlots].reduce(
    (registry, more) => more(registry),
    withSharingKeys(buildRegistry(definitions, base), base),
  );
