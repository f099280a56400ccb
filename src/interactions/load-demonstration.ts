// The demonstration: a transaction Bundle that fills an empty store, loaded as a client would.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Permit } from '../access/permit.ts';
import { parseDocument } from '../fhir/json.ts';
import type { Log } from '../platform/log.ts';
import { everything } from '../search/plan.ts';
import type { Context } from './types.ts';

const file = join(import.meta.dirname, '../../seed/demonstration.json');

/** Does nothing when there are resources already or the file is not there. */
export const loadDemonstration = async (
  context: Context,
  base: string,
  permit: Permit,
  log: Log,
): Promise<void> => {
  const { items } = await context.store.resources.search(everything, { sort: [], size: 1 });
  if (items.length > 0) return;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const body = parseDocument(text, context.limits.depth);
  await context.dispatch(
    { method: 'POST', path: '', query: [], headers: { prefer: 'return=minimal' }, body, base },
    permit,
  );
  log.info('the demonstration was loaded into the empty store');
};
