// Rehearse: everything that filing would do, but for the last step, with the patient still named by number alone. So what is not
// valid or not allowed is refused before anybody is looked up, whoever has the number.

import type { Permit } from '../../access/permit.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import { writeEntries } from '../../interactions/transaction.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';

export const rehearse = async (
  entries: readonly Entry[],
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<void> => {
  const { store } = context;
  const resources = { ...store.resources, commit: () => Promise.resolve() };
  await writeEntries(entries, request, permit, { ...context, store: { ...store, resources } });
};
