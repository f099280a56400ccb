// Held: an upload that waits, found by its Task, with the rights it was sent under.

import { serversPermit, type Permit } from '../../access/permit.ts';
import type { Authorize } from '../../access/authorize.ts';
import { parseDocument } from '../../fhir/json.ts';
import { businessRule, notFound } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import { locate } from '../../interactions/locate.ts';
import { checkReach } from '../../interactions/prepare.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import { heldKind, type Held } from './hold.ts';
import { readUpload, type Upload } from './upload.ts';

export interface Waiting {
  readonly task: Version;
  readonly held: Held;
}

/**
 * Throws 404 for a Task that is not there for the caller or that another organization keeps, 403 for who may not work on it, 422
 * for one that is no upload or has ended.
 */
export const findWaiting = async (
  id: string,
  permit: Permit,
  context: Context,
): Promise<Waiting> => {
  const task = await locate({ type: 'Task', id }, permit, context);
  const isOwn = permit.caller?.role === 'network' || task?.custodian === permit.custodian;
  if (!task || task.deleted || !isOwn) throw notFound('Task', id);
  await checkReach(task, 'update', permit, context);
  const held = await heldBy(task, context);
  if (held) return { task, held };
  throw businessRule(`Task/${id} is no upload that waits for its patient.`, 'Task');
};

/** undefined when nothing waits there, or not any more. */
export const heldBy = async (
  { id, text }: Version,
  { store }: Pick<Context, 'store'>,
): Promise<Held | undefined> => {
  const held = (await store.records.get(heldKind, id)) as Held | undefined;
  return (JSON.parse(text) as Resource)['status'] === 'requested' ? held : undefined;
};

export interface Reopened {
  readonly upload: Upload;
  /** What its sender could do, whatever the scopes of the token were: those were looked at when it came. */
  readonly permit: Permit;
}

/** As it was sent. */
export const reopen = async (
  { bytes, base, sender }: Held,
  authorize: Authorize,
  system: string,
  context: Context,
): Promise<Reopened> => {
  const scopes = ['system/*.cruds', 'user/*.cruds'];
  const permit = await authorize({ ...sender, scopes, token: 'held-upload' });
  const chunks: Uint8Array[] = [];
  for await (const chunk of context.store.bytes.open(bytes)) chunks.push(chunk);
  const body = parseDocument(Buffer.concat(chunks).toString('utf8'), Infinity);
  const { resourceType } = body.plain;
  const type = resourceType === 'Bundle' ? {} : { type: resourceType };
  const path = resourceType === 'Bundle' ? '' : resourceType;
  const request: FhirRequest = {
    ...type,
    method: 'POST',
    path,
    query: [],
    headers: {},
    base,
    body,
  };
  return { upload: readUpload(request, system, permit, context), permit };
};

/** What ends the waiting: the Task says so, and the Binary that shows what was sent goes. */
export const ending = (
  { task, held }: Waiting,
  { status, place, more = [] }: Ending,
): readonly Entry[] => {
  const { custodian } = task;
  const permit = serversPermit({ custodian });
  const common = { query: [], headers: {}, base: held.base, nested: true } as const;
  // One who has ended it at the same moment has done it all.
  const json = [
    { op: 'test', path: '/status', value: 'requested' },
    { op: 'replace', path: '/status', value: status },
    ...more,
  ];
  return [
    { place, permit, request: { ...common, method: 'PATCH', path: `Task/${task.id}`, json } },
    {
      ...{ place: place + 1, permit },
      request: { ...common, method: 'DELETE', path: `Binary/${held.binary}` },
    },
  ];
};

export interface Ending {
  readonly status: 'completed' | 'cancelled';
  /** Behind those of what else is written. */
  readonly place: number;
  /** Further operations of a JSON Patch on the Task. */
  readonly more?: readonly object[];
}
