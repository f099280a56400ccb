// Task/[id]/$file-upload: an upload that waits for its patient is filed, by better words or by a Patient whom the caller sees.

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import { businessRule, invalid, notFound, notSupported } from '../fhir/problem.ts';
import { readReference } from '../fhir/reference.ts';
import type { Resource } from '../fhir/resource.ts';
import { healthIdOf } from '../health-id/identifiers.ts';
import { readNumber } from '../health-id/number.ts';
import { locate } from '../interactions/locate.ts';
import { keyOf } from '../interactions/parts.ts';
import type { Context, FhirResponse, Handler } from '../interactions/types.ts';
import type { Chosen, Filed } from '../sharing/publish/attempt.ts';
import { findWaiting } from '../sharing/publish/held.ts';
import { hasDemographics } from '../sharing/publish/identification.ts';
import { refile, type Identified, type Refiling } from '../sharing/publish/refile.ts';
import { answerOf } from './enrol.ts';
import { readInputs, readJson, readText, type InputParameter, type Inputs } from './parameters.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'uhid', type: 'string' },
  { name: 'birthDate', type: 'date' },
  { name: 'family', type: 'string' },
  { name: 'patient', type: 'Reference' },
];

const fileUploadWith =
  (refiling: Refiling): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$file-upload is asked by POST.');
    const inputs = readInputs(request, table);
    const { id } = keyOf(request);
    const waiting = await findWaiting(id, permit, context);
    const identified = await readIdentified(inputs, refiling.system, permit, context);
    const filed = await refile({ waiting, identified }, refiling, permit, context);
    // The same for a number that nobody has and for one whose person does not agree.
    return filed ? answerFiled(id, filed, context) : answerOf(202, waiting.task);
  };

const readIdentified = async (
  inputs: Inputs,
  system: string,
  permit: Permit,
  context: Context,
): Promise<Identified> => {
  const given = readJson(inputs, 'patient');
  const said = readSaid(inputs);
  if (given === undefined) return { kind: 'said', ...said };
  if (said.number !== undefined || said.patients !== undefined)
    throw invalid("Send 'patient', or better words, not both.", 'patient');
  return { kind: 'patient', chosen: await readPatient(given, system, permit, context) };
};

const readSaid = (inputs: Inputs): Omit<Extract<Identified, { kind: 'said' }>, 'kind'> => {
  const [typed, birthDate, family] = ['uhid', 'birthDate', 'family'].map((name) =>
    readText(inputs, name),
  );
  const reading = typed === undefined ? undefined : readNumber(typed);
  if (reading?.ok === false) throw businessRule(reading.fault, 'uhid');
  const person: Resource = {
    resourceType: 'Patient',
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(family === undefined ? {} : { name: [{ family }] }),
  };
  const isSaid = birthDate !== undefined || family !== undefined;
  if (isSaid && !hasDemographics(person))
    throw businessRule('A birth date has year, month and day.', 'birthDate');
  return {
    ...(reading ? { number: reading.number } : {}),
    ...(isSaid ? { patients: [person] } : {}),
  };
};

/** Whom a clerk has recognised needs no agreeing words. */
const readPatient = async (
  given: Readonly<Record<string, unknown>>,
  system: string,
  permit: Permit,
  context: Context,
): Promise<Chosen> => {
  const { reference } = given;
  const named = typeof reference === 'string' ? readReference(reference) : undefined;
  if (named?.type !== 'Patient')
    throw invalid("Parameter 'patient' must refer to a Patient of this server.", 'patient');
  const patient = await locate({ type: 'Patient', id: named.id }, permit, context);
  if (!patient || patient.deleted) throw notFound('Patient', named.id);
  const resource = JSON.parse(patient.text) as Resource;
  if (survivorOf(resource) !== undefined)
    throw businessRule(`Patient/${named.id} was merged; name the one that remains.`, 'patient');
  return { patient, number: healthIdOf(resource, system) };
};

/** The Task alone: who files it may be one who may not read what was filed. The audit names it all. */
const answerFiled = async (
  id: string,
  { written }: Filed,
  { store }: Context,
): Promise<FhirResponse> => {
  const [task] = await store.resources.read([{ type: 'Task', id }]);
  if (!task) throw new Error('The Task that was completed is gone.');
  const shown = written.flatMap(({ version }) => (version ? [version] : []));
  return { ...answerOf(200, task), shown };
};

export const fileUpload = (refiling: Refiling): Operation => ({
  name: '$file-upload',
  definition: 'https://meridian.example/OperationDefinition/file-upload',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  right: 'update',
  handler: fileUploadWith(refiling),
});
