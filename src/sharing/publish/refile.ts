// Refile: an upload that waited is filed, with a person identified by a clerk or found by better words.

import type { Authorize } from '../../access/authorize.ts';
import type { Permit } from '../../access/permit.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import type { Context } from '../../interactions/types.ts';
import { attempt, findPatient, type Chosen, type Filed, type Publishing } from './attempt.ts';
import { ending, reopen, type Waiting } from './held.ts';
import { heldKind } from './hold.ts';
import type { Identification } from './identification.ts';
import { reportTypes } from './upload.ts';

export interface Refiling extends Publishing {
  readonly authorize: Authorize;
}

/** Who it is: a Patient, or other words than those that were sent. */
export type Identified =
  { readonly kind: 'patient'; readonly chosen: Chosen } | ({ readonly kind: 'said' } & Said);

export interface Said {
  readonly number?: string | undefined;
  readonly patients?: Identification['patients'] | undefined;
}

/**
 * Writes under the rights of who had sent it, in the name of who files it now; undefined when nobody fits: then it waits on.
 * Throws what makes it impossible.
 */
export const refile = async (
  { waiting, identified }: { readonly waiting: Waiting; readonly identified: Identified },
  refiling: Refiling,
  by: Permit,
  context: Context,
): Promise<Filed | undefined> => {
  const { system, authorize } = refiling;
  const { upload, permit: sent } = await reopen(waiting.held, authorize, system, context);
  const permit: Permit = by.caller ? { ...sent, caller: by.caller } : sent;
  const choose = (): Promise<Chosen | undefined> => {
    if (identified.kind === 'patient') return Promise.resolve(identified.chosen);
    const { number, patients } = upload.identification;
    const said = { number: identified.number ?? number, patients: identified.patients ?? patients };
    return findPatient(said, refiling, by, context);
  };
  const closing = (entries: readonly Entry[]): readonly Entry[] => {
    const place = Math.max(...entries.map((entry) => entry.place)) + 1;
    return ending(waiting, { status: 'completed', place, more: outputsOf(entries) });
  };
  const filed = await attempt({ publishing: refiling, upload, choose, closing }, permit, context);
  if (filed) await context.store.records.take(heldKind, waiting.task.id);
  return filed;
};

/** A patch of the Task: the reports, by the addresses they will have. */
const outputsOf = (entries: readonly Entry[]): readonly object[] => {
  const reports = entries.filter(
    ({ request }) => reportTypes.has(request.path) && request.path !== 'List',
  );
  const value = reports.map(({ fullUrl }) => ({
    ...{ type: { text: 'filed' }, valueReference: { reference: fullUrl } },
  }));
  return value.length > 0 ? [{ op: 'add', path: '/output', value }] : [];
};
