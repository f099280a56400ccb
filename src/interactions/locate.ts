// Locate: the version a caller asks for by its key, if it exists for this caller.
// https://hl7.org/fhir/R4/http.html#read

import type { Permit } from '../access/permit.ts';
import { decide } from '../search/decide.ts';
import type { Version } from '../store/port.ts';
import type { Context } from './types.ts';

interface InstanceKey {
  readonly type: string;
  readonly id: string;
}

/** The current version, a deletion included; undefined when there is none or the caller may not see it. */
export const locate = async (
  { type, id }: InstanceKey,
  permit: Permit,
  { store }: Pick<Context, 'store'>,
): Promise<Version | undefined> => {
  const filter = permit.filter(type, 'read');
  const [current] = await store.resources.read([{ type, id }]);
  if (filter.op === 'everything') return current;
  // Most of what is read may be seen for whose it is. All else takes the same way whether it is there or not, so that time
  // does not tell which.
  if (current && !current.deleted && decide(filter, current) === true) return current;
  const { items } = await store.resources.versions({ type, id }, filter, { size: 1 });
  return items[0];
};

/** One version of those a resource had; seen by whoever may see the resource as it is now. */
export const locateVersion = async (
  { type, id, version }: InstanceKey & { readonly version: string },
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<Version | undefined> => {
  const isOpen = permit.filter(type, 'read').op === 'everything';
  if (!isOpen && !(await locate({ type, id }, permit, context))) return undefined;
  return (await context.store.resources.read([{ type, id, version }]))[0];
};
