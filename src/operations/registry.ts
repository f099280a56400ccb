// The table of operations: the router and the CapabilityStatement read it.
// https://hl7.org/fhir/R4/operations.html

import { docref } from './docref.ts';
import { encounterEverything } from './encounter-everything.ts';
import { everything } from './everything.ts';
import { expand } from './expand.ts';
import { launchableApps } from './launchable-apps.ts';
import { lookup } from './lookup.ts';
import { metaAdd } from './meta-add.ts';
import { metaDelete } from './meta-delete.ts';
import { meta } from './meta.ts';
import { permissions } from './permissions.ts';
import { schedulingOperations } from './scheduling.ts';
import { smartLaunch } from './smart-launch.ts';
import { subsumes } from './subsumes.ts';
import { summary } from './summary.ts';
import type { Operation } from './types.ts';
import { validateCodeInCodeSystem, validateCodeInValueSet } from './validate-code.ts';
import { validate } from './validate.ts';

export const operations: readonly Operation[] = [
  validate,
  everything,
  encounterEverything,
  summary,
  docref,
  meta,
  metaAdd,
  metaDelete,
  expand,
  validateCodeInValueSet,
  validateCodeInCodeSystem,
  lookup,
  subsumes,
  smartLaunch,
  launchableApps,
  permissions,
  ...schedulingOperations,
];
