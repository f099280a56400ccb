// answer-request: what a patient's answer to a request for access writes: a Consent and both Tasks, or the word no.

import type { Caller } from '../access/caller.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Change, Version } from '../store/port.ts';
import type { Asked } from './asked.ts';
import { consentFor, type Giving } from './consent-for.ts';
import type { WaitingRequest } from './find-request.ts';
import { asAskedBy, keep } from './keep.ts';
import { noticeOf } from './notify-patient.ts';
import { partiesInWords } from './words.ts';

export interface Approval {
  readonly request: WaitingRequest;
  /** What is given: no more than was asked. */
  readonly given: Asked;
  readonly to: Giving['to'];
  readonly labels: Giving['labels'];
  readonly caller: Caller;
  readonly proxy?: string;
  readonly desk?: NonNullable<Giving['desk']>;
  /** Who gave it, where that is not the patient: the patient reads it. */
  readonly toldOf?: string;
}

export interface Approved {
  readonly consent: Version;
  /** The organization's Task as it will be, if there still is one. */
  readonly own: Version | undefined;
  readonly changes: readonly Change[];
}

/** The Consent and both Tasks completed, for one commit that holds only while both are as they were. */
export const approve = async (approval: Approval, context: Context): Promise<Approved> => {
  const { request, given, to, labels, caller, proxy, desk, toldOf } = approval;
  const { patient } = request;
  const id = context.newId();
  const resource = consentFor({
    ...{ asked: given, to, labels, patient, at: context.now() },
    ...(proxy === undefined ? {} : { proxy }),
    ...(desk === undefined ? {} : { desk }),
  });
  const keeper = `Patient/${patient}`;
  const consent = await keep({ keeper, id, resource }, context);
  const output = outputOf(keeper, `Consent/${id}`);
  const end = { status: 'completed', output };
  const task = await ending(request.version, request.task, end, context);
  const own = await endingOfOwn(request.ownTask, end, context);
  const notices = toldOf === undefined ? [] : [await noticeOfGiving(id, toldOf, approval, context)];
  return {
    ...{ consent: consent.version, own: own?.version },
    changes: [
      ...(await asAskedBy(caller, [task, consent, ...notices], context)),
      ...(own ? await asAskedBy(caller, [own], context) : []),
    ],
  };
};

const noticeOfGiving = async (
  consent: string,
  giver: string,
  { request, given }: Approval,
  context: Context,
): Promise<Put> => {
  const until = given.period.end.slice(0, 10);
  const to = await partiesInWords(given, context);
  const text = `${giver} gave ${to} access to ${given.kinds.join(', ')} until ${until}.`;
  return noticeOf(
    request.patient,
    { kind: 'access-given', about: `Consent/${consent}`, text },
    context,
  );
};

/** Who asked is not told: a denial would say that there is such a patient. Their Task ends with its time. */
export const deny = async (
  { version, task }: WaitingRequest,
  { caller, reason }: { readonly caller: Caller; readonly reason: string | undefined },
  context: Context,
): Promise<{ readonly task: Version; readonly changes: readonly Change[] }> => {
  const because = reason === undefined ? {} : { statusReason: { text: reason } };
  const change = await ending(version, task, { status: 'rejected', ...because }, context);
  return { task: change.version, changes: await asAskedBy(caller, [change], context) };
};

const ending = (previous: Version, task: Resource, end: object, context: Context): Promise<Put> => {
  const { id, custodian: keeper = '' } = previous;
  return keep({ keeper, id, previous, resource: { ...task, ...end } }, context);
};

const endingOfOwn = async (id: string, end: object, context: Context): Promise<Put | undefined> => {
  const [own] = await context.store.resources.read([{ type: 'Task', id }]);
  return own && !own.deleted
    ? ending(own, JSON.parse(own.text) as Resource, end, context)
    : undefined;
};

/** From here on the asking organization knows whose record it is. */
const outputOf = (patient: string, consent: string) => [
  { type: { text: 'patient' }, valueReference: { reference: patient } },
  { type: { text: 'consent' }, valueReference: { reference: consent } },
];
