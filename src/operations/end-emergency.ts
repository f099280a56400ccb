// Task/[id]/$end-emergency: who opened a record in an emergency needs it no longer.

import { forbidden } from '../fhir/problem.ts';
import { checkMay } from '../interactions/may.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Handler } from '../interactions/types.ts';
import { endNow } from '../sharing/emergency-task.ts';
import { asAskedBy } from '../sharing/keep.ts';
import { answerOf } from './enrol.ts';
import { readInputs } from './parameters.ts';
import { findEmergency } from './sharing/find-emergency.ts';
import type { SharingParts } from './sharing/parts.ts';
import type { Operation } from './types.ts';

const endEmergencyIn =
  (parts: SharingParts): Handler =>
  async (request, permit, context) => {
    readInputs(request, []);
    checkMay(['update'], 'Task', permit);
    return retryConflicts(async () => {
      const emergency = await findEmergency(request, permit, context);
      const { version, requester, until, patient } = emergency;
      const { caller } = permit;
      if (caller?.fhirUser !== requester)
        throw forbidden('An emergency is ended by who opened the record, or by its time.');
      await parts.emergencies.end(version.id);
      // Over already: nothing to be done, and nothing to be told.
      if (until <= context.now()) return answerOf(200, version);
      const change = await endNow(emergency, context);
      await context.store.resources.commit(await asAskedBy(caller, [change], context));
      const detail = `Task/${version.id}`;
      await parts.reportEmergency({ caller, patient, purpose: 'BTG', detail, outcome: 'ended' });
      return answerOf(200, change.version);
    });
  };

export const endEmergency = (parts: SharingParts): Operation => ({
  name: '$end-emergency',
  definition: 'https://meridian.example/OperationDefinition/end-emergency',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  handler: endEmergencyIn(parts),
});
