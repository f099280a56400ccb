// Patient/$register: a person who comes to the desk gets a record with a health ID, unless they may have one already: then
// nothing is created before a clerk has decided.

import type { Permit } from '../access/permit.ts';
import type { OnDecided } from '../access/registered.ts';
import { documentOf } from '../fhir/json.ts';
import { invalid, notFound, notSupported } from '../fhir/problem.ts';
import { readReference } from '../fhir/reference.ts';
import { type Resource } from '../fhir/resource.ts';
import { enrol, type Enrolling } from '../health-id/complete-patient.ts';
import { refuseForeignFaults, refuseOwn } from '../health-id/identifiers.ts';
import { closeTask, withDraft } from '../health-id/worklist.ts';
import { commit } from '../interactions/commit.ts';
import { locate } from '../interactions/locate.ts';
import { prepare } from '../interactions/prepare.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from '../interactions/types.ts';
import { tellDecided } from './decide/tell.ts';
import { answerOf } from './enrol.ts';
import { readFlag, readInputs, readJson, type InputParameter, type Inputs } from './parameters.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'resource', type: 'Patient' },
  // What a clerk has decided: the same as this one, or a new person.
  { name: 'same', type: 'Reference' },
  { name: 'new', type: 'boolean' },
  { name: 'task', type: 'Reference' },
];

const registerIn =
  (enrolling: Enrolling, onDecided: OnDecided): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$register is asked by POST.');
    const inputs = readInputs(request, table);
    const same = readId(inputs, 'same', 'Patient');
    const isNew = readFlag(inputs, 'new') === true;
    if (same !== undefined && isNew)
      throw invalid("Send 'same' or 'new', not both: a clerk decides for one of them.", 'same');
    const asked = { request, task: readId(inputs, 'task', 'Task'), onDecided };
    if (same !== undefined) return confirm(same, asked, permit, context);
    const patient = readPatient(inputs);
    refuseOwn(patient, enrolling.system);
    refuseForeignFaults(patient);
    return retryConflicts(() =>
      registerOnce({ ...asked, patient, isNew }, permit, context, enrolling),
    );
  };

interface Asked {
  readonly request: FhirRequest;
  /** The Task that the clerk's decision closes. */
  readonly task: string | undefined;
  readonly onDecided: OnDecided;
}

const readId = (inputs: Inputs, name: string, type: string): string | undefined => {
  const given = readJson(inputs, name);
  if (given === undefined) return undefined;
  const { reference } = given;
  const found = typeof reference === 'string' ? readReference(reference) : undefined;
  if (found?.type === type) return found.id;
  throw invalid(`Parameter '${name}' must refer to a ${type} of this server.`, name);
};

const readPatient = (inputs: Inputs): Resource => {
  const patient = readJson(inputs, 'resource');
  if (!patient) throw invalid("Parameter 'resource' must hold the Patient to register.");
  // `readInputs` has seen its resourceType.
  return patient as Resource;
};

/** The clerk has recognized the person: the record there is. */
const confirm = async (
  id: string,
  { request, task, onDecided }: Asked,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const current = await locate({ type: 'Patient', id }, permit, context);
  if (!current || current.deleted) throw notFound('Patient', id);
  await retryConflicts(async () => {
    const closed = await closeTask(task, permit, context);
    if (closed.length > 0) await commit(closed, request, permit, context);
  });
  if (task !== undefined) await tellDecided(task, { patient: id, as: 'same' }, onDecided, context);
  return answerOf(200, current);
};

interface Registration extends Asked {
  readonly patient: Resource;
  readonly isNew: boolean;
}

const registerOnce = async (
  { request, task, patient, isNew, onDecided }: Registration,
  permit: Permit,
  context: Context,
  enrolling: Enrolling,
): Promise<FhirResponse> => {
  const asking: Context = {
    ...context,
    completePatient: (draft, by) => enrol(draft, by, enrolling, isNew ? 'decided' : 'ask'),
  };
  const id = context.newId();
  const draft = { type: 'Patient', id, document: documentOf(patient), method: 'POST' } as const;
  const { change, also, version } = await prepare(draft, permit, asking);
  const [doubt] = also;
  if (doubt) {
    // The person waits in the Task: no Patient is written.
    const waiting = withDraft(doubt, patient, context);
    await commit([waiting], request, permit, context);
    return answerOf(202, waiting.version);
  }
  const closed = await closeTask(task, permit, context);
  await commit([change, ...closed], request, permit, context);
  if (task !== undefined) await tellDecided(task, { patient: id, as: 'new' }, onDecided, context);
  const location = `${request.base}/Patient/${id}/_history/1`;
  const answer = answerOf(201, version);
  return { ...answer, headers: { ...answer.headers, location } };
};

export const register = (enrolling: Enrolling, onDecided: OnDecided): Operation => ({
  name: '$register',
  definition: 'https://meridian.example/OperationDefinition/register',
  levels: ['type'],
  types: ['Patient'],
  affectsState: true,
  right: 'create',
  handler: registerIn(enrolling, onDecided),
});
