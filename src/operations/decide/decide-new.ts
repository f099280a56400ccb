// decide-new: the person is nobody who is known. Who is no Patient yet becomes one; who is gets a health ID.

import { businessRule } from '../../fhir/problem.ts';
import { decideTask, outputOf, type OpenTask } from '../../health-id/open-task.ts';
import { planNewPatient, planNumber } from '../../health-id/plan-new.ts';
import { commit } from '../../interactions/commit.ts';
import type { FhirResponse } from '../../interactions/types.ts';
import { answerOf } from '../enrol.ts';
import type { Deciding, Exchange } from './parts.ts';
import { patientOf } from './person-of.ts';
import { tellDecided, waitingFor } from './tell.ts';

/** 201 with the new Patient, or 200 with the one that has a health ID now. */
export const decideNew = async (
  task: OpenTask,
  exchange: Exchange,
  { enrolling, onDecided }: Deciding,
): Promise<FhirResponse> => {
  const { request, permit, context } = exchange;
  const { about } = task;
  const { id } = task.version;
  const isAwaited = (await waitingFor(id, context)) !== undefined;
  // Who waits gets an account for who is new: never for a Patient there was, whom somebody has written into the Task.
  if (isAwaited && about.kind === 'patient')
    throw businessRule(`Task/${id} is about somebody who is no Patient yet.`, 'Task.focus');
  const parts = { enrolling, context };
  // Who came by themself, or through a guardian, is not the hospital's whose clerk has looked.
  const keeper = isAwaited ? 'patient' : 'organization';
  const prepared =
    about.kind === 'person'
      ? await planNewPatient(about.person, keeper, permit, parts)
      : await planNumber(await patientOf(about.id, exchange), permit, parts);
  const { change, version } = prepared;
  const noted = { status: 'completed', output: outputOf('decided: new', version.id) };
  const closed = await decideTask(task, noted, permit, context);
  await commit([change, closed], request, permit, context);
  await tellDecided(id, { patient: version.id, as: 'new' }, onDecided, context);
  if (about.kind === 'patient') return answerOf(200, version);
  const answer = answerOf(201, version);
  const location = `${request.base}/Patient/${version.id}/_history/1`;
  return { ...answer, headers: { ...answer.headers, location } };
};
