// Task/[id]/$review-emergency: an administrator has looked whether a record was rightly opened in an emergency.

import { businessRule, forbidden, invalid } from '../fhir/problem.ts';
import { checkScope } from '../interactions/may.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Handler } from '../interactions/types.ts';
import { review } from '../sharing/emergency-task.ts';
import { asAskedBy } from '../sharing/keep.ts';
import { answerOf } from './enrol.ts';
import { readInputs, readText, type InputParameter, type Inputs } from './parameters.ts';
import { findEmergency } from './sharing/find-emergency.ts';
import type { SharingParts } from './sharing/parts.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'outcome', type: 'code' },
  { name: 'text', type: 'string' },
];

const reviewEmergencyIn =
  (parts: SharingParts): Handler =>
  async (request, permit, context) => {
    const { caller } = permit;
    // Never a colleague of the same ward, and never who opened it.
    if (caller?.role !== 'administrator')
      throw forbidden('Emergencies are reviewed by administrators.');
    checkScope('update', 'Task', permit, context);
    const inputs = readInputs(request, table);
    const [outcome, text] = [readOutcome(inputs), readText(inputs, 'text')];
    return retryConflicts(async () => {
      const emergency = await findEmergency(request, permit, context);
      if (emergency.isReviewed)
        throw businessRule('This emergency has been reviewed.', 'Task.status');
      // What was not right ends at once.
      if (outcome === 'unjustified') await parts.emergencies.end(emergency.version.id);
      const change = await review(emergency, { outcome, text }, context);
      await context.store.resources.commit(await asAskedBy(caller, [change], context));
      return answerOf(200, change.version);
    });
  };

const readOutcome = (inputs: Inputs): 'justified' | 'unjustified' => {
  const outcome = readText(inputs, 'outcome');
  if (outcome === 'justified' || outcome === 'unjustified') return outcome;
  throw invalid("Parameter 'outcome' must be justified or unjustified.", 'outcome');
};

export const reviewEmergency = (parts: SharingParts): Operation => ({
  name: '$review-emergency',
  definition: 'https://meridian.example/OperationDefinition/review-emergency',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  handler: reviewEmergencyIn(parts),
});
