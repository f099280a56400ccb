// Current: the versions of all resources that entries name by id, read in one question.

import type { Permit } from '../../access/permit.ts';
import { isId } from '../../fhir/reference.ts';
import type { Key, Version } from '../../store/port.ts';
import type { Entry } from '../bundle/read-entries.ts';
import { locate, locateToWrite } from '../locate.ts';
import type { Context } from '../types.ts';

/** By `Type/id`; what the caller may not see stands under `hidden Type/id` alone. */
export type Current = ReadonlyMap<string, Version | undefined>;

export const readCurrent = async (
  entries: readonly Entry[],
  permit: Permit,
  context: Context,
): Promise<Current> => {
  const keys = new Map<string, Key>();
  const deleted = new Set<string>();
  const rights = new Map<string, Permit>();
  for (const { request, permit: own } of entries) {
    const [type = '', id] = request.path.split('/');
    if (id !== undefined) keys.set(request.path, { type, id });
    if (request.method === 'DELETE') deleted.add(request.path);
    if (own) rights.set(request.path, own);
    // A conditional update without a match creates under the id that was sent.
    const sent = request.body?.plain.id;
    if (id === undefined && request.method === 'PUT' && typeof sent === 'string' && isId(sent))
      keys.set(`${type}/${sent}`, { type, id: sent });
  }
  const list = [...keys.values()];
  const isOpen = list.every(({ type }) => permit.filter(type, 'read').op === 'everything');
  const versions = await context.store.resources.read(list);
  // What the caller may not see is not told apart from what is not there, except where a write would hit it.
  const see = (key: Key): Promise<Version | undefined> => {
    const name = `${key.type}/${key.id}`;
    const by = rights.get(name) ?? permit;
    return deleted.has(name) ? locateToWrite(key, 'delete', by, context) : locate(key, by, context);
  };
  const seen = isOpen ? versions : await Promise.all(list.map(see));
  return new Map(
    [...keys.keys()].flatMap((name, place) => [
      [name, seen[place]],
      [`hidden ${name}`, seen[place] ? undefined : versions[place]],
    ]),
  );
};
