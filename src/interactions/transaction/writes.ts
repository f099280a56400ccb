// Writes: which resource each writing entry of a transaction is about, settled before anything is changed.
// https://hl7.org/fhir/R4/http.html#trules

import type { Permit } from '../../access/permit.ts';
import { gone, invalid, notFound, notSupported, Problem } from '../../fhir/problem.ts';
import { isId } from '../../fhir/reference.ts';
import type { Document } from '../../fhir/resource.ts';
import type { Expect, Key, Version } from '../../store/port.ts';
import { atEntry } from '../bundle/at-entry.ts';
import type { Entry } from '../bundle/read-entries.ts';
import { checkIfMatch, checkIfNoneMatch } from '../conditional.ts';
import { locate } from '../locate.ts';
import { criteriaOf } from '../parts.ts';
import { nothingMatches } from '../patch.ts';
import { checkReach } from '../prepare.ts';
import type { Context } from '../types.ts';
import { findMatch, type Found } from './find-match.ts';

export type Write = Put | Patch | Delete | Kept;

interface Common {
  readonly entry: Entry;
  readonly type: string;
  readonly expect: readonly Expect[];
}
/** A create or update. */
export interface Put extends Common {
  readonly kind: 'put';
  readonly method: 'POST' | 'PUT';
  readonly id: string;
  readonly previous?: Version | undefined;
}
export interface Patch extends Common {
  readonly kind: 'patch';
  readonly id: string;
  readonly previous: Version;
}
export interface Delete extends Common {
  readonly kind: 'delete';
  /** undefined when criteria found nothing. */
  readonly id?: string | undefined;
  /** undefined when there is nothing to delete. */
  readonly previous?: Version | undefined;
}
/** A conditional create that found its resource: nothing is written. */
export interface Kept extends Common {
  readonly kind: 'kept';
  readonly id: string;
  readonly previous: Version;
}

/** A resource as it will be written. */
export interface Drafted {
  readonly write: Put | Patch;
  readonly document: Document;
}

/** The order is that of the entries. Throws what makes the transaction impossible, naming the entry. */
export const planWrites = async (
  entries: readonly Entry[],
  permit: Permit,
  context: Context,
): Promise<readonly Write[]> => {
  const current = await readCurrent(entries, permit, context);
  const plan = (entry: Entry, removed: Removed): Promise<Write> =>
    planWrite(entry, { current, removed, permit, context }).catch((error: unknown) => {
      throw error instanceof Problem
        ? atEntry(entry.place, error, entry.request.body?.plain.resourceType)
        : error;
    });
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

/** Ids by type of what the transaction deletes. */
export type Removed = ReadonlyMap<string, readonly string[]>;

export const removedBy = (writes: readonly Write[]): Removed => {
  const removed = new Map<string, string[]>();
  for (const { kind, type, previous } of writes) {
    if (kind !== 'delete' || !previous) continue;
    const ids = removed.get(type);
    if (ids) ids.push(previous.id);
    else removed.set(type, [previous.id]);
  }
  return removed;
};

type Current = ReadonlyMap<string, Version | undefined>;

/** All resources that entries name by id, in one question. */
const readCurrent = async (
  entries: readonly Entry[],
  permit: Permit,
  context: Context,
): Promise<Current> => {
  const keys = new Map<string, Key>();
  for (const { request } of entries) {
    const [type = '', id] = request.path.split('/');
    if (id !== undefined) keys.set(request.path, { type, id });
    // A conditional update without a match creates under the id that was sent.
    const sent = request.body?.plain.id;
    if (id === undefined && request.method === 'PUT' && typeof sent === 'string' && isId(sent))
      keys.set(`${type}/${sent}`, { type, id: sent });
  }
  const list = [...keys.values()];
  const isOpen = list.every(({ type }) => permit.filter(type).op === 'everything');
  const versions = await context.store.resources.read(list);
  // What the caller may not see is not told apart from what is not there, except where a write would hit it.
  const seen = isOpen
    ? versions
    : await Promise.all(list.map((key) => locate(key, permit, context)));
  return new Map(
    [...keys.keys()].flatMap((name, place) => [
      [name, seen[place]],
      [`hidden ${name}`, seen[place] ? undefined : versions[place]],
    ]),
  );
};

interface Circumstances {
  readonly current: Current;
  readonly removed: Removed;
  readonly permit: Permit;
  readonly context: Context;
}

const planWrite = async (entry: Entry, around: Circumstances): Promise<Write> => {
  const { request } = entry;
  const parts = request.path.split('/');
  const [type = '', id] = parts;
  refuseAddress(entry, parts, around.context);
  switch (request.method) {
    case 'POST':
      return planCreate(entry, type, around);
    case 'PUT':
      return id === undefined
        ? planConditionalUpdate(entry, type, around)
        : planUpdate(entry, { type, id }, around);
    case 'PATCH':
      return planPatch(entry, { type, id }, around);
    case 'DELETE':
      return planDelete(entry, { type, id }, around);
    case 'GET':
    case 'HEAD':
      throw new Error('A read is no write.');
  }
};

const refuseAddress = (
  { request }: Entry,
  parts: readonly string[],
  { definitions }: Context,
): void => {
  const { method, path } = request;
  const [type = '', id] = parts;
  if (path.includes('$'))
    throw notSupported(
      `An operation (${path}) cannot be part of a transaction; use a batch.`,
      'request.url',
    );
  if (parts.length > (method === 'POST' ? 1 : 2) || type === '')
    throw invalid(`${method} is not possible on '${path}'.`, 'request.url');
  if (!definitions.resourceTypes.includes(type))
    throw invalid(`'${type}' is not a FHIR R4 resource type.`, 'request.url');
  if (id !== undefined && !isId(id))
    throw invalid(
      `'${id}' is not an id: 1 to 64 letters, digits, '-' and '.' make one.`,
      'request.url',
    );
};

const planCreate = async (entry: Entry, type: string, around: Circumstances): Promise<Write> => {
  const { context } = around;
  requireResource(entry);
  const criteria = entry.request.headers['if-none-exist'];
  const common = { entry, type } as const;
  const create = { ...common, kind: 'put', method: 'POST', id: context.newId() } as const;
  if (criteria === undefined) return { ...create, expect: [] };
  const { plan, match } = await find(entry, type, criteria, around);
  if (!match) return { ...create, expect: [{ op: 'none', plan }] };
  const { id } = match;
  const expect: readonly Expect[] = [{ op: 'only', plan, key: { type, id } }];
  return { ...common, kind: 'kept', id, previous: match, expect };
};

const planUpdate = async (
  entry: Entry,
  { type, id }: { readonly type: string; readonly id: string },
  around: Circumstances,
): Promise<Write> => {
  const sent = requireResource(entry).id;
  if (sent === undefined)
    throw invalid(`The resource has no id; it must have the address's, '${id}'.`, 'resource.id');
  if (sent !== id)
    throw invalid(
      `The resource has id '${String(sent)}' and the address '${id}'; they must be the same.`,
      'resource.id',
    );
  return overwrite(entry, { type, id, expect: [] }, around);
};

const planConditionalUpdate = async (
  entry: Entry,
  type: string,
  around: Circumstances,
): Promise<Write> => {
  const sent = requireResource(entry).id;
  const { plan, match } = await find(entry, type, criteriaOf(entry.request), around);
  if (match) {
    if (sent !== undefined && sent !== match.id)
      throw invalid(
        `The criteria find ${type}/${match.id}, the resource has id '${sent}'.`,
        'resource.id',
      );
    checkConditions(entry, match, match);
    const expect: readonly Expect[] = [{ op: 'only', plan, key: { type, id: match.id } }];
    return { entry, type, kind: 'put', method: 'PUT', id: match.id, previous: match, expect };
  }
  const expect: readonly Expect[] = [{ op: 'none', plan }];
  if (sent === undefined)
    return overwrite(entry, { type, id: around.context.newId(), expect }, around);
  if (!isId(sent)) throw invalid(`'${String(sent)}' is not an id.`, 'resource.id');
  const there = around.current.get(`${type}/${sent}`);
  if (there && !there.deleted)
    throw new Problem(409, [
      {
        ...{ severity: 'error', code: 'conflict', expression: ['resource.id'] },
        diagnostics: `${type}/${sent} is there already, and the criteria do not find it.`,
      },
    ]);
  return overwrite(entry, { type, id: sent, expect }, around);
};

const overwrite = async (
  entry: Entry,
  {
    type,
    id,
    expect,
  }: { readonly type: string; readonly id: string; readonly expect: readonly Expect[] },
  { current, permit, context }: Circumstances,
): Promise<Write> => {
  const name = `${type}/${id}`;
  const previous = current.get(name) ?? current.get(`hidden ${name}`);
  // Whether the version before is hidden comes first: a refused precondition would tell that it is there.
  if (previous) await checkReach(previous, permit, context);
  checkConditions(entry, { type, id }, previous);
  return { entry, type, kind: 'put', method: 'PUT', id, previous, expect };
};

const checkConditions = ({ request }: Entry, key: Key, previous: Version | undefined): void => {
  checkIfMatch(request.headers['if-match'], key, previous);
  checkIfNoneMatch(request.headers['if-none-match'], key, previous);
};

const planPatch = async (entry: Entry, named: Named, around: Circumstances): Promise<Write> => {
  const { type } = named;
  const { previous, expect } = await currentOf(entry, named, around);
  if (!previous) throw named.id === undefined ? nothingMatches(type) : notFound(type, named.id);
  const { id } = previous;
  if (previous.deleted) throw gone(type, id);
  checkIfMatch(entry.request.headers['if-match'], { type, id }, previous);
  return { entry, type, kind: 'patch', id, previous, expect };
};

const planDelete = async (entry: Entry, named: Named, around: Circumstances): Promise<Write> => {
  const { type } = named;
  const { previous, expect } = await currentOf(entry, named, around);
  const id = named.id ?? previous?.id;
  if (id !== undefined) checkIfMatch(entry.request.headers['if-match'], { type, id }, previous);
  return {
    entry,
    type,
    kind: 'delete',
    id,
    expect,
    previous: previous?.deleted ? undefined : previous,
  };
};

/** A resource by id, or without one by the criteria of the address. */
interface Named {
  readonly type: string;
  readonly id: string | undefined;
}

const currentOf = async (
  entry: Entry,
  { type, id }: Named,
  around: Circumstances,
): Promise<{ readonly previous?: Version | undefined; readonly expect: readonly Expect[] }> => {
  if (id !== undefined) return { previous: around.current.get(`${type}/${id}`), expect: [] };
  const { plan, match } = await find(entry, type, criteriaOf(entry.request), around);
  if (!match) return { expect: [] };
  return { previous: match, expect: [{ op: 'only', plan, key: { type, id: match.id } }] };
};

const find = (
  { request }: Entry,
  type: string,
  criteria: string,
  { removed, permit, context }: Circumstances,
): Promise<Found> =>
  findMatch(
    { type, criteria, base: request.base, except: removed.get(type) ?? [] },
    permit,
    context,
  );

const requireResource = ({ request }: Entry) => {
  if (request.body) return request.body.plain;
  throw invalid(`${request.method} needs a 'resource'.`, 'resource');
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

/** Not all at once: thousands of questions would fill the queue before the first answer. */
const inSlices = async <From, To>(
  list: readonly From[],
  ask: (one: From) => Promise<To>,
): Promise<readonly To[]> => {
  const answers: To[] = [];
  for (let start = 0; start < list.length; start += 64)
    answers.push(...(await Promise.all(list.slice(start, start + 64).map(ask))));
  return answers;
};
