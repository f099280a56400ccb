// Plans the writes of a transaction: what is deleted, then everything else, and no resource twice.
// https://hl7.org/fhir/R4/http.html#trules

import type { Permit } from '../../access/permit.ts';
import { invalid, Problem } from '../../fhir/problem.ts';
import { atEntry } from '../bundle/at-entry.ts';
import type { Entry } from '../bundle/read-entries.ts';
import type { Context } from '../types.ts';
import { readCurrent } from './current.ts';
import { inSlices } from './in-slices.ts';
import { planWrite } from './plan-write.ts';
import { removedBy, type Removed, type Write } from './writes.ts';

/** The order is that of the entries. Throws what makes the transaction impossible, naming the entry. */
export const planWrites = async (
  entries: readonly Entry[],
  permit: Permit,
  context: Context,
): Promise<readonly Write[]> => {
  const current = await readCurrent(entries, permit, context);
  const plan = (entry: Entry, removed: Removed): Promise<Write> =>
    planWrite(entry, { current, removed, permit: entry.permit ?? permit, context }).catch(
      (error: unknown) => {
        throw error instanceof Problem
          ? atEntry(entry.place, error, entry.request.body?.plain.resourceType)
          : error;
      },
    );
  // What is deleted is gone before any other criteria are asked.
  const isDelete = ({ request }: Entry): boolean => request.method === 'DELETE';
  const deletes = await inSlices(entries.filter(isDelete), (entry) => plan(entry, new Map()));
  const removed = removedBy(deletes);
  const others = await inSlices(
    entries.filter((entry) => !isDelete(entry)),
    (entry) => plan(entry, removed),
  );
  const writes = [...deletes, ...others].sort((one, other) => one.entry.place - other.entry.place);
  refuseDoubles(writes);
  return writes;
};

/** "A resource can only appear in a transaction once (by identity)." */
const refuseDoubles = (writes: readonly Write[]): void => {
  const known = new Map<string, Entry>();
  for (const write of writes) {
    const names = [];
    if (write.id !== undefined) names.push(`${write.type}/${write.id}`);
    if (write.entry.fullUrl !== undefined) names.push(write.entry.fullUrl);
    for (const name of names) {
      const first = known.get(name);
      if (first && first !== write.entry) throw double(first, write.entry, name);
      known.set(name, write.entry);
    }
  }
};

const double = (first: Entry, second: Entry, name: string): Problem =>
  atEntry(
    second.place,
    invalid(
      `${name} is there already as Bundle.entry[${String(first.place)}]; a resource can be in a transaction once.`,
      '',
    ),
  );
