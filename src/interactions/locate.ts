// Locate: the version a caller asks for by its key, if it exists for this caller.
// https://hl7.org/fhir/R4/http.html#read

import type { Permit, WriteRight } from '../access/permit.ts';
import { canDecide, decide } from '../search/decide.ts';
import type { Plan } from '../search/plan.ts';
import type { Version } from '../store/port.ts';
import { aboutSamePatients } from './same-patients.ts';
import type { Context } from './types.ts';

interface InstanceKey {
  readonly type: string;
  readonly id: string;
}

/** The current version, a deletion included; undefined when there is none or the caller may not see it. */
export const locate = (
  key: InstanceKey,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<Version | undefined> => locateAmong(key, permit.filter(key.type, 'read'), context);

/** The same for who writes: also what may be written without being read. */
export const locateToWrite = async (
  key: InstanceKey,
  right: WriteRight,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<Version | undefined> =>
  (await locate(key, permit, context)) ??
  (await locateAmong(key, permit.filter(key.type, right), context));

const locateAmong = async (
  { type, id }: InstanceKey,
  filter: Plan,
  { store }: Pick<Context, 'store'>,
): Promise<Version | undefined> => {
  // Most of what is read may be seen for whose it is. All else takes the same way whether it is there or not, so that time
  // does not tell which.
  if (canDecide(filter)) {
    const [current] = await store.resources.read([{ type, id }]);
    if (filter.op === 'everything') return current;
    if (current && !current.deleted && decide(filter, current) === true) return current;
  }
  const { items } = await store.resources.versions({ type, id }, filter, { size: 1 });
  return items[0];
};

/** One version of those a resource had; seen by whoever may see the resource as it is now, if it was about the same patients. */
export const locateVersion = async (
  { type, id, version }: InstanceKey & { readonly version: string },
  permit: Permit,
  context: Pick<Context, 'store' | 'registry'>,
): Promise<Version | undefined> => {
  const isOpen = permit.filter(type, 'read').op === 'everything';
  if (!isOpen && !(await locate({ type, id }, permit, context))) return undefined;
  const [found] = await context.store.resources.read([{ type, id, version }]);
  return found && (await aboutSamePatients([found], permit, context))[0];
};
