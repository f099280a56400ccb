// Task/[id]/$cancel-upload: an upload that waits for its patient was a mistake, and is not filed.

import { notSupported } from '../fhir/problem.ts';
import { keyOf } from '../interactions/parts.ts';
import { writeEntries } from '../interactions/transaction.ts';
import type { Handler } from '../interactions/types.ts';
import { ending, findWaiting } from '../sharing/publish/held.ts';
import { heldKind } from '../sharing/publish/hold.ts';
import { answerOf } from './enrol.ts';
import { readInputs, readText, type InputParameter } from './parameters.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [{ name: 'reason', type: 'string' }];

/** What was sent stays in the history of its Binary, for those who keep it. */
const handler: Handler = async (request, permit, context) => {
  if (request.method !== 'POST') throw notSupported('$cancel-upload is asked by POST.');
  const reason = readText(readInputs(request, table), 'reason');
  const { id } = keyOf(request);
  const waiting = await findWaiting(id, permit, context);
  const more =
    reason === undefined ? [] : [{ op: 'add', path: '/statusReason', value: { text: reason } }];
  const entries = ending(waiting, { status: 'cancelled', place: 0, more });
  const written = await writeEntries(entries, { ...request, headers: {} }, permit, context);
  await context.store.records.take(heldKind, id);
  const task = written.find(({ version }) => version?.type === 'Task')?.version;
  if (!task) throw new Error('The Task was not written.');
  return answerOf(200, task);
};

export const cancelUpload: Operation = {
  name: '$cancel-upload',
  definition: 'https://meridian.example/OperationDefinition/cancel-upload',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  right: 'update',
  handler,
};
