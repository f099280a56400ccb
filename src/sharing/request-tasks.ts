// request-tasks: a request for access as two Tasks: one that the asking organization keeps and looks at, one in the record of
// the patient. Nothing leads from the first to the second, so that the first looks alike whether there is a patient or not.

import type { Resource } from '../fhir/resource.ts';
import type { Put } from '../interactions/prepare.ts';
import { sharingTaskSystem } from '../access/sharing-task.ts';
import type { Context } from '../interactions/types.ts';
import { writeAsked, type Asked } from './asked.ts';
import { keep } from './keep.ts';

export interface AccessRequest {
  readonly asked: Asked;
  readonly identifier: { readonly system?: string; readonly value: string };
  /** Logical id; of an unknown number one that nobody has or ever gets. */
  readonly patient: string;
  /** Until when it may be answered, milliseconds since 1970. */
  readonly answerBy: number;
}

export interface RequestTasks {
  /** Kept by the organization that asks. */
  readonly own: Put;
  /** Kept by the patient. */
  readonly patients: Put;
}

export const requestTasks = async (
  request: AccessRequest,
  context: Context,
): Promise<RequestTasks> => {
  const { asked, identifier, patient } = request;
  const [ownId, id] = [context.newId(), context.newId()];
  const common = commonOf(request, context.now());
  const own: Resource = { ...common, for: { type: 'Patient', identifier } };
  const keeper = `Patient/${patient}`;
  const patients: Resource = {
    ...common,
    basedOn: [{ reference: `Task/${ownId}` }],
    for: { reference: keeper },
    owner: { reference: keeper },
  };
  const [ownTask, patientsTask] = await Promise.all([
    keep({ keeper: asked.organization, id: ownId, resource: own }, context),
    keep({ keeper, id, resource: patients }, context),
  ]);
  return { own: ownTask, patients: patientsTask };
};

const commonOf = ({ asked, answerBy }: AccessRequest, at: number): Resource => {
  const [start, end] = [at, answerBy].map((time) => new Date(time).toISOString());
  return {
    resourceType: 'Task',
    ...{ status: 'requested', intent: 'proposal' },
    code: { coding: [{ system: sharingTaskSystem, code: 'request-access' }] },
    authoredOn: start,
    // How long it waits for an answer; a search parameter finds it, unlike that of \`restriction\`.
    executionPeriod: { start, end },
    ...writeAsked(asked),
  };
};
