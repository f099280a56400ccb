// Patient/$break-glass: a clinician opens a record in an emergency, for a short time, with a reason, and before the eyes of all.
// https://profiles.ihe.net/ITI/PCF/volume-1.html

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import { forbidden, invalid, notFound, notSupported, throttled } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { checkMay } from '../interactions/may.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import { emergencyTask, type Opening } from '../sharing/emergency-task.ts';
import { asAskedBy } from '../sharing/keep.ts';
import { newsOf, noticeOf } from '../sharing/notify-patient.ts';
import { hasSlot, takeSlot } from '../sharing/slots.ts';
import { partiesInWords } from '../sharing/words.ts';
import type { Version } from '../store/port.ts';
import {
  answerWith,
  readInputs,
  readText,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import type { SharingParts } from './sharing/parts.ts';
import { readHealthId } from './sharing/read-asking.ts';
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
    await countAttempt(opener, context);
    const patient = await look(context);
    const told = { caller: opener.caller, purpose, detail: reason };
    if (!patient) {
      await noteMiss(opener, context);
      await parts.reportEmergency({ ...told, outcome: 'not found' });
      throw notFound('Patient', request.id ?? 'with this health ID');
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

type Look = (context: Context) => Promise<Version | undefined>;

/** By health ID, or by the id in the address; who was merged is the survivor. */
const lookFor = (request: FhirRequest, inputs: Inputs, { resolve, system }: SharingParts): Look => {
  const { id } = request;
  if (id === undefined) {
    const number = readHealthId(inputs, system);
    return async () => {
      const found = await resolve(number);
      return found.kind === 'known' ? found.version : undefined;
    };
  }
  if (inputs.has('identifier'))
    throw invalid("Send the id in the address or 'identifier', not both.", 'identifier');
  return (context) => readLast(id, context);
};

const readLast = async (id: string, { store }: Context): Promise<Version | undefined> => {
  const [found] = await store.resources.read([{ type: 'Patient', id }]);
  if (!found || found.deleted) return undefined;
  const survivor = survivorOf(JSON.parse(found.text) as Resource);
  if (survivor === undefined) return found;
  const [last] = await store.resources.read([{ type: 'Patient', id: survivor }]);
  return last && !last.deleted ? last : undefined;
};

/** Emergencies are rare; who guesses numbers is not in one. */
const countAttempt = async ({ caller, user }: Opener, context: Context): Promise<void> => {
  const sources = { records: context.store.records, now: context.now };
  context.meter?.checkLookUp(caller);
  const hasMisses = await hasSlot({ ...misses, of: user }, sources);
  if (hasMisses && (await takeSlot({ ...attempts, of: user }, sources))) return;
  throw throttled('Too many emergencies within an hour.', 3600);
};

const noteMiss = async ({ caller, user }: Opener, context: Context): Promise<void> => {
  context.meter?.missedLookUp(caller);
  await takeSlot({ ...misses, of: user }, { records: context.store.records, now: context.now });
};

const attempts = { kind: 'emergency-attempt', most: 20 } as const;
const misses = { kind: 'emergency-miss', most: 5 } as const;

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
