// Task/[id]/$deny-access: the patient says no. Who asked is not told.

import { retryConflicts } from '../interactions/retry.ts';
import type { Handler } from '../interactions/types.ts';
import { deny } from '../sharing/answer-request.ts';
import { answerOf } from './enrol.ts';
import { readInputs, readText, type InputParameter } from './parameters.ts';
import { findAnswering } from './sharing/answerer.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [{ name: 'reason', type: 'string' }];

const denyAccessHandler: Handler = async (request, permit, context) => {
  const reason = readText(readInputs(request, table), 'reason');
  return retryConflicts(async () => {
    const { caller, request: waiting } = await findAnswering(request, permit, context);
    const { task, changes } = await deny(waiting, { caller, reason }, context);
    await context.store.resources.commit(changes);
    return answerOf(200, task);
  });
};

export const denyAccess: Operation = {
  name: '$deny-access',
  definition: 'https://meridian.example/OperationDefinition/deny-access',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  handler: denyAccessHandler,
};
