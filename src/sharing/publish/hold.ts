// Hold: an upload whose patient nobody can be sure of waits, as it was sent, in the worklist of who sent it.

import { createHash } from 'node:crypto';
import type { Caller } from '../../access/caller.ts';
import { serversPermit, type Permit } from '../../access/permit.ts';
import { documentOf, stringify } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import { binaryOf } from '../../interactions/binary-bytes.ts';
import { commit } from '../../interactions/commit.ts';
import { prepare } from '../../interactions/prepare.ts';
import { uploadTaskSystem } from '../../interactions/servers-tasks.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import { and, nothing, type Plan } from '../../search/plan.ts';
import { valueParams } from '../../search/value-params.ts';
import type { Version } from '../../store/port.ts';
import type { Identification } from './identification.ts';

/** Record kind, by the id of the Task: what no client can change, because it is filed by it. */
export const heldKind = 'held-upload';

export interface Held {
  /** The whole body of the request as JSON, in the store of bytes. */
  readonly bytes: string;
  /** The Binary by which the organization can look at it. */
  readonly binary: string;
  /** Of the FHIR base it was sent to. */
  readonly base: string;
  readonly sender: Sender;
}

/** Who has sent it, without what was theirs for that moment. */
export type Sender = Pick<Caller, 'client' | 'user' | 'fhirUser' | 'role' | 'organization'>;

export interface Holding {
  readonly request: FhirRequest;
  readonly identification: Identification;
  readonly system: string;
}

/** The Task, kept by the sender's organization and told to nobody else. The same upload sent again is the same Task. */
export const hold = async (
  { request, identification, system }: Holding,
  permit: Permit,
  context: Context,
): Promise<Version> => {
  const { bytes, resources, records } = { ...context.store };
  const text = Buffer.from(stringify(request.body!.exact));
  const name = nameOf(text);
  return retryConflicts(async () => {
    const same = samePlan(name, permit, context);
    const { items } = await resources.search(same, { sort: [], size: 1 });
    if (items[0]) return items[0];
    const staged = await bytes.stage(once(text));
    const own = keeping(permit);
    const binary = await prepare(
      {
        ...{ type: 'Binary', id: context.newId(), method: 'POST', adopts: [staged.id] },
        document: binaryOf({ contentType: 'application/fhir+json', bytes: staged.id }),
      },
      own,
      context,
    );
    const { id } = binary.version;
    const document = documentOf(
      taskOf({ identification, system, name, binary: id }, permit, context),
    );
    const draft = { type: 'Task', id: context.newId(), method: 'POST', document } as const;
    const task = await prepare({ ...draft, expect: [{ op: 'none', plan: same }] }, own, context);
    const { base } = request;
    const held: Held = { bytes: staged.id, binary: id, base, sender: senderOf(permit.caller!) };
    // It is there before the Task is: what waits and cannot be filed must not be.
    await records.put(heldKind, task.version.id, held);
    await commit([binary.change, task.change], { headers: {} }, permit, context);
    return task.version;
  });
};

/** The server's own, for the sender's organization: no caller writes such a Task. */
const keeping = ({ custodian }: Permit): Permit => serversPermit({ custodian });

const senderOf = ({ client, user, fhirUser, role, organization }: Caller): Sender => ({
  ...{ client, role },
  ...(user === undefined ? {} : { user }),
  ...(fhirUser === undefined ? {} : { fhirUser }),
  ...(organization === undefined ? {} : { organization }),
});

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** https://www.rfc-editor.org/rfc/rfc6920#section-3 */
const nameOf = (text: Uint8Array): string =>
  `ni:///sha-256;${createHash('sha256').update(text).digest('base64url')}`;

const uris = 'urn:ietf:rfc:3986';

const samePlan = (name: string, { custodian }: Permit, context: Context): Plan =>
  custodian === undefined
    ? nothing
    : and(
        waiting(context),
        { op: 'custodian', organizations: [custodian] },
        {
          ...{ op: 'token', params: valueParams('Task', 'identifier', context.definitions) },
          any: [{ system: uris, code: name }],
        },
      );

/** The Tasks of all uploads that wait. */
export const waiting = ({ definitions }: Pick<Context, 'definitions'>): Plan => {
  const token = (
    code: string,
    value: { readonly system?: string; readonly code: string },
  ): Plan => ({
    ...{ op: 'token', params: valueParams('Task', code, definitions), any: [value] },
  });
  return and(
    { op: 'type', types: ['Task'] },
    token('code', { system: uploadTaskSystem, code: 'needs-identification' }),
    token('status', { code: 'requested' }),
  );
};

interface Waiting {
  readonly identification: Identification;
  readonly system: string;
  readonly name: string;
  readonly binary: string;
}

/** It says whom the upload names and no word of what is in it: a front desk works on it. */
const taskOf = (
  { identification: { number, patients }, system, name, binary }: Waiting,
  { custodian, caller }: Permit,
  { now }: Context,
): Resource => ({
  resourceType: 'Task',
  contained: [personOf(patients, { system, number })],
  identifier: [{ system: uris, value: name }],
  groupIdentifier: { system, value: number },
  ...{ status: 'requested', intent: 'order' },
  code: {
    coding: [{ system: uploadTaskSystem, code: 'needs-identification' }],
    text: 'This upload needs its patient identified.',
  },
  focus: { reference: '#person' },
  authoredOn: new Date(now()).toISOString(),
  requester: caller?.fhirUser
    ? { reference: caller.fhirUser }
    : { identifier: { value: caller?.client ?? 'unknown' } },
  ...(custodian?.startsWith('Organization/') ? { owner: { reference: custodian } } : {}),
  input: [{ type: { text: 'upload' }, valueReference: { reference: `Binary/${binary}` } }],
});

const personOf = (
  patients: readonly Resource[],
  { system, number }: { readonly system: string; readonly number: string },
): Resource => {
  const all = Object.assign({}, ...patients) as Resource;
  const said = ['name', 'gender', 'birthDate'].flatMap((each) =>
    all[each] === undefined ? [] : [[each, all[each]]],
  );
  return {
    ...{ resourceType: 'Patient', id: 'person', identifier: [{ system, value: number }] },
    ...(Object.fromEntries(said) as object),
  };
};
