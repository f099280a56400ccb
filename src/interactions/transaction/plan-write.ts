// Plans one writing entry: finds its resource, by id or by criteria, and checks the conditions it is written under.
// https://hl7.org/fhir/R4/http.html#trules

import type { Permit } from '../../access/permit.ts';
import { conflict, gone, invalid, notFound, notSupported } from '../../fhir/problem.ts';
import { isId } from '../../fhir/reference.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Expect, Key, Version } from '../../store/port.ts';
import type { Entry } from '../bundle/read-entries.ts';
import { checkIfMatch, checkIfNoneMatch, type Criteria } from '../conditional.ts';
import { criteriaOf } from '../parts.ts';
import { nothingMatches } from '../patch.ts';
import { checkMayWrite } from '../may.ts';
import { checkReach, rightOf } from '../prepare.ts';
import type { Context } from '../types.ts';
import type { Current } from './current.ts';
import { findMatch, type Found } from './find-match.ts';
import type { Removed, Write } from './writes.ts';

export interface Circumstances {
  readonly current: Current;
  readonly removed: Removed;
  readonly permit: Permit;
  readonly context: Context;
}

/** Throws what makes the write impossible. */
export const planWrite = async (entry: Entry, around: Circumstances): Promise<Write> => {
  const { request } = entry;
  const parts = request.path.split('/');
  const [type = '', id] = parts;
  refuseAddress(entry, parts, around.context);
  checkMayWrite({ method: request.method, type }, around.permit);
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
  if (criteria === undefined) return { ...create, expect: entry.expect ?? [] };
  const { plan, match } = await find({ type, criteria, base: entry.request.base }, around);
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
      `The resource has id '${sent}' and the address '${id}'; they must be the same.`,
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
  const { plan, match } = await find(criteriaIn(entry, type), around);
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
  if (!isId(sent)) throw invalid(`'${sent}' is not an id.`, 'resource.id');
  const there = around.current.get(`${type}/${sent}`);
  if (there && !there.deleted)
    throw conflict(
      `${type}/${sent} is there already, and the criteria do not find it.`,
      'resource.id',
    );
  return overwrite(entry, { type, id: sent, expect }, around);
};

interface Target {
  readonly type: string;
  readonly id: string;
  readonly expect: readonly Expect[];
}

const overwrite = async (
  entry: Entry,
  { type, id, expect }: Target,
  { current, permit, context }: Circumstances,
): Promise<Write> => {
  const name = `${type}/${id}`;
  const previous = current.get(name) ?? current.get(`hidden ${name}`);
  // Whether the version before is hidden comes first: a refused precondition would tell that it is there.
  if (previous) await checkReach(previous, rightOf(previous), permit, context);
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
  const { plan, match } = await find(criteriaIn(entry, type), around);
  if (!match) return { expect: [] };
  return { previous: match, expect: [{ op: 'only', plan, key: { type, id: match.id } }] };
};

/** The path of an entry is not routed, so its type is told here. */
const criteriaIn = ({ request }: Entry, type: string): Criteria => criteriaOf({ ...request, type });

const find = (asked: Criteria, { removed, permit, context }: Circumstances): Promise<Found> =>
  findMatch({ ...asked, except: removed.get(asked.type) ?? [] }, permit, context);

const requireResource = ({ request }: Entry): Resource => {
  if (request.body) return request.body.plain;
  throw invalid(`${request.method} needs a 'resource'.`, 'resource');
};
