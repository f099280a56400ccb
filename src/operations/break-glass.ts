// Patient/$break-glass: a clinician opens a record in an emergency, for a short time, with a reason, and before the eyes of all.
// https://profiles.ihe.net/ITI/PCF/volume-1.html

import type { Permit } from '../access/permit.ts';
import { forbidden, invalid, notFound, notSupported } from '../fhir/problem.ts';
import { checkMay } from '../interactions/may.ts';
import type { Context, Handler } from '../interactions/types.ts';
import { emergencyTask, type Opening } from '../sharing/emergency-task.ts';
import { asAskedBy } from '../sharing/keep.ts';
import { countAttempt, countMiss } from '../sharing/limit-emergencies.ts';
import { newsOf, noticeOf } from '../sharing/notify-patient.ts';
import { partiesInWords } from '../sharing/words.ts';
import type { Version } from '../store/port.ts';
import {
  answerWith,
  readInputs,
  readText,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import { lookFor } from './sharing/find-patient.ts';
import type { SharingParts } from './sharing/parts.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'identifier', type: 'Identifier' },
  { name: 'reason', type: 'string' },
  { name: 'purpose', type: 'code' },
];

const breakGlassIn =
  (parts: SharingParts): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$break-glass is asked by POST.');
    const opener = openerOf(permit);
    const inputs = readInputs(request, table);
    const [reason, purpose] = [readReason(inputs), readPurpose(inputs)];
    const look = lookFor(request, inputs, parts);
    await countAttempt(opener.caller, context);
    const patient = await look.find(context);
    const told = { caller: opener.caller, purpose, detail: reason };
    if (!patient) {
      await countMiss(opener.caller, context);
      await parts.reportEmergency({ ...told, outcome: 'not found' });
      throw notFound('Patient', look.named);
    }

    const until = context.now() + parts.emergencyMinutes * 60_000;
    const opening = { ...opener, patient: patient.id, reason, purpose, until };
    const task = await write(opening, context);
    // What cannot be recorded is not opened.
    await parts.reportEmergency({ ...told, patient: patient.id, outcome: 'opened' });
    const { organization } = opener;
    await parts.emergencies.open(opener.user, {
      ...{ patient: patient.id, until, organization, task: task.id },
    });
    parts.sendToPatient(patient.text, newsOf({ kind: 'emergency' }));
    const answer = answerWith([
      { name: 'patient', valueReference: { reference: `Patient/${patient.id}` } },
      { name: 'until', valueInstant: new Date(until).toISOString() },
      { name: 'task', valueReference: { reference: `Task/${task.id}` } },
    ]);
    return { ...answer, shown: [patient, task] };
  };

type Opener = Pick<Opening, 'caller' | 'organization' | 'person'> & { readonly user: string };

/** A person who can be asked about it later, never a system: throws 403, before anybody is looked for. */
const openerOf = (permit: Permit): Opener => {
  const { caller } = permit;
  const { role, user, fhirUser: person, organization } = caller ?? {};
  if (!caller || role !== 'clinician' || !user || !person || !organization)
    throw forbidden('$break-glass is for clinicians who have signed in for their organization.');
  checkMay(['read'], 'Patient', permit);
  // It opens the record to all apps of the person: one that only reads does not.
  checkMay(['create'], 'Task', permit);
  return { caller, user, person, organization };
};

const readReason = (inputs: Inputs): string => {
  const reason = (readText(inputs, 'reason') ?? '').trim();
  if (reason.length >= shortest && reason.length <= longest) return reason;
  throw invalid(
    `Parameter 'reason' must say in ${String(shortest)} to ${String(longest)} characters why the record is needed now; the patient reads it.`,
    'reason',
  );
};

const [shortest, longest] = [20, 1000];

const readPurpose = (inputs: Inputs): string => {
  const purpose = readText(inputs, 'purpose') ?? 'BTG';
  if (purpose === 'BTG' || purpose === 'ETREAT') return purpose;
  throw invalid("Parameter 'purpose' must be BTG or ETREAT.", 'purpose');
};

/** The Task for the review and the notice to the patient, in one commit. */
const write = async (opening: Opening, context: Context): Promise<Version> => {
  const { caller, patient, reason, until } = opening;
  const task = await emergencyTask(opening, context);
  const who = await partiesInWords(opening, context);
  const end = new Date(until).toISOString();
  const about = `Task/${task.version.id}`;
  const text = `${who} opened the record in an emergency, until ${end}: ${reason}`;
  const notice = await noticeOf(patient, { kind: 'emergency', about, text }, context);
  await context.store.resources.commit([
    ...(await asAskedBy(caller, [task], context)),
    ...(await asAskedBy(caller, [notice], context)),
  ]);
  return task.version;
};

export const breakGlass = (parts: SharingParts): Operation => ({
  name: '$break-glass',
  definition: 'https://meridian.example/OperationDefinition/break-glass',
  levels: ['type', 'instance'],
  types: ['Patient'],
  affectsState: true,
  handler: breakGlassIn(parts),
});
