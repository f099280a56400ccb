// decide-same: the person is a Patient who is known. Who is no Patient yet is answered with the one there is; of two Patients
// one remains, merged by who may reach into every organization's records and proposed by everybody else.

import { serversPermit, unrestricted } from '../../access/permit.ts';
import { documentOf } from '../../fhir/json.ts';
import { survivorOf } from '../../fhir/merged.ts';
import { businessRule, notFound } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import { decideTask, openTask, outputOf, type OpenTask } from '../../health-id/open-task.ts';
import { commit } from '../../interactions/commit.ts';
import { locate } from '../../interactions/locate.ts';
import { prepare, type Put } from '../../interactions/prepare.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import { identityTaskSystem } from '../../interactions/servers-tasks.ts';
import type { FhirRequest, FhirResponse } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import { answerOf } from '../enrol.ts';
import { isNetwork } from '../merge/check-merge.ts';
import type { Deciding, Exchange } from './parts.ts';
import { tellDecided, waitingFor } from './tell.ts';

export interface Sameness {
  readonly task: OpenTask;
  /** Logical id of who the person is. */
  readonly patient: string;
  /** Seen by the clerk, or proven by a code that the person told. */
  readonly by: 'sight' | 'proof';
}

/** 200 with the Patient; 202 with the Task where the network has to merge. */
export const decideSame = async (
  sameness: Sameness,
  exchange: Exchange,
  parts: Deciding,
): Promise<FhirResponse> => {
  const { about } = sameness.task;
  if (about.kind === 'person') return answerWith(sameness, exchange, parts);
  if (about.id === sameness.patient)
    throw businessRule('A Patient is the same as itself; name the other one.', 'same');
  return isNetwork(exchange.permit)
    ? merge(about.id, sameness, exchange, parts)
    : propose(sameness, exchange);
};

const answerWith = async (
  { task, patient, by }: Sameness,
  { request, permit, context }: Exchange,
  { onDecided }: Deciding,
): Promise<FhirResponse> => {
  const { id } = task.version;
  const current = await find({ patient, by }, { request, permit, context });
  const noted = { status: 'completed', output: outputOf('decided: same', patient) };
  const closed = await decideTask(task, noted, permit, context);
  const isAtDesk = (await waitingFor(id, context)) === undefined;
  const care =
    by === 'proof' && isAtDesk ? [await careOf(patient, { request, permit, context })] : [];
  await commit([closed, ...care], request, permit, context);
  await tellDecided(id, { patient, as: 'same' }, onDecided, context);
  return isAtDesk || by === 'sight' ? answerOf(200, current) : answerOf(200, closed.version);
};

/** What the clerk saw must be there for the clerk; what the person has proven is there. */
const find = async (
  { patient, by }: Pick<Sameness, 'patient' | 'by'>,
  { permit, context }: Exchange,
): Promise<Version> => {
  const key = { type: 'Patient', id: patient };
  const current = await locate(key, by === 'proof' ? unrestricted : permit, context);
  if (!current || current.deleted) throw notFound('Patient', patient);
  return current;
};

/** From now on the hospital has the person in its care: it sees who they are, and nothing that others keep of them. */
const careOf = async (patient: string, { permit, context }: Exchange): Promise<Put> => {
  const { custodian } = permit;
  const episode: Resource = {
    ...{ resourceType: 'EpisodeOfCare', status: 'active' },
    patient: { reference: `Patient/${patient}` },
    ...(custodian === undefined ? {} : { managingOrganization: { reference: custodian } }),
    period: { start: new Date(context.now()).toISOString() },
  };
  const id = context.newId();
  const draft = {
    ...({ type: 'EpisodeOfCare', method: 'POST' } as const),
    ...{ id, document: documentOf(episode) },
  };
  return (await prepare(draft, serversPermit(permit), context)).change;
};

/** A clerk has decided; the two become one when the network says so as well. */
const propose = async (
  { task, patient, by }: Sameness,
  { request, permit, context }: Exchange,
): Promise<FhirResponse> => {
  if (task.status === 'accepted')
    throw businessRule(
      `Task/${task.version.id} was decided: the merge is proposed to the network.`,
      'Task',
    );
  await find({ patient, by }, { request, permit, context });
  const proposed = {
    status: 'accepted',
    code: { coding: [{ system: identityTaskSystem, code: 'propose-merge' }], text: proposal },
    input: [{ type: { text: 'candidate' }, valueReference: { reference: `Patient/${patient}` } }],
    output: outputOf('decided: same', patient),
  };
  const change = await decideTask(task, proposed, permit, context);
  await commit([change], request, permit, context);
  return answerOf(202, change.version);
};

const proposal = 'A clerk has found the two to be one person; merge them.';

/** By the operation that merges, with its own log; then the Task, which refers to who remains by then. */
const merge = async (
  source: string,
  { task, patient: target }: Sameness,
  { request, permit, context }: Exchange,
  { onDecided }: Deciding,
): Promise<FhirResponse> => {
  const { id } = task.version;
  if (!(await isMergedInto(source, target, context)))
    await context.dispatch(askMerge(source, target, request), permit);
  await retryConflicts(async () => {
    const noted = { status: 'completed', output: outputOf('decided: same', target) };
    const closed = await decideTask(await openTask(id, permit, context), noted, permit, context);
    await commit([closed], request, permit, context);
  });
  await tellDecided(id, { patient: target, as: 'same' }, onDecided, context);
  return answerOf(200, await find({ patient: target, by: 'sight' }, { request, permit, context }));
};

/** What was begun before and broken off after the merge is finished now. */
const isMergedInto = async (
  source: string,
  target: string,
  { store }: Exchange['context'],
): Promise<boolean> => {
  const [found] = await store.resources.read([{ type: 'Patient', id: source }]);
  return found?.deleted === false && survivorOf(JSON.parse(found.text) as Resource) === target;
};

const askMerge = (source: string, target: string, { base, headers }: FhirRequest): FhirRequest => {
  const parameter = [
    { name: 'source-patient', valueReference: { reference: `Patient/${source}` } },
    { name: 'target-patient', valueReference: { reference: `Patient/${target}` } },
  ];
  return {
    ...({ method: 'POST', path: 'Patient/$merge', query: [], nested: true } as const),
    ...{ base, headers, body: documentOf({ resourceType: 'Parameters', parameter }) },
  };
};
