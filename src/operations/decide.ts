// Task/[id]/$decide: a clerk says of a Task of the identity worklist who the person is. One decision counts, whoever is quicker.

import { invalid, notSupported } from '../fhir/problem.ts';
import { openTask } from '../health-id/open-task.ts';
import { retryConflicts } from '../interactions/retry.ts';
import { keyOf } from '../interactions/parts.ts';
import type { Handler } from '../interactions/types.ts';
import { decideNew } from './decide/decide-new.ts';
import { decideSame } from './decide/decide-same.ts';
import { decisionTable, readDecision } from './decide/read-decision.ts';
import type { Deciding } from './decide/parts.ts';
import { personOf } from './decide/person-of.ts';
import { readInputs } from './parameters.ts';
import type { Operation } from './types.ts';

const decideIn =
  (parts: Deciding): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$decide is asked by POST.');
    const { id } = keyOf(request);
    const decision = readDecision(readInputs(request, decisionTable), parts.enrolling.system);
    const exchange = { request, permit, context };
    // First of all the Task: of one that is not the caller's nothing is told, and nobody is asked.
    const task = await openTask(id, permit, context);
    if (decision.kind === 'ask') {
      const { person, self } = await personOf(task, exchange);
      return parts.askPerson.ask({ task: id, person, self, healthId: decision.healthId });
    }
    if (decision.kind === 'new')
      return retryConflicts(async () =>
        decideNew(await openTask(id, permit, context), exchange, parts),
      );
    const proven =
      decision.kind === 'prove'
        ? await parts.askPerson.prove(id, decision.ticket, decision.code)
        : undefined;
    if (decision.kind === 'prove' && proven === undefined) throw wrongCode();
    const patient = decision.kind === 'same' ? decision.patient : proven!;
    return retryConflicts(async () =>
      decideSame(
        { task: await openTask(id, permit, context), patient, by: proven ? 'proof' : 'sight' },
        exchange,
        parts,
      ),
    );
  };

const wrongCode = () =>
  invalid(
    'The code is not right, or cannot be used any more. After five wrong codes, ask the person again.',
    'code',
  );

export const decide = (parts: Deciding): Operation => ({
  name: '$decide',
  definition: 'https://meridian.example/OperationDefinition/decide',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  right: 'update',
  handler: decideIn(parts),
});
