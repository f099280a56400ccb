// confirm-request: a request for access is given by a code that the patient told at a desk; the patient hears of it at once.

import type { Caller } from '../access/caller.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { approve } from './answer-request.ts';
import type { DeskCode } from './desk-codes.ts';
import { readRequest } from './find-request.ts';
import { newsOf } from './notify-patient.ts';
import type { SendToPatient } from './patient-messages.ts';
import { partiesInWords } from './words.ts';

/** At the desk. */
export interface Taker {
  readonly caller: Caller;
  /** `Organization/1` */
  readonly organization: string;
  /** `Practitioner/1`; absent where a system asks. */
  readonly person?: string;
}

/** The organization's Task, completed; undefined when the request waits no longer. */
export const confirmRequest = async (
  { patient, task }: DeskCode,
  taker: Taker,
  { sendToPatient }: { readonly sendToPatient: SendToPatient },
  context: Context,
): Promise<Version | undefined> => {
  const keys = [
    { type: 'Task', id: task },
    { type: 'Patient', id: patient },
  ];
  const [version, person] = await context.store.resources.read(keys);
  const request = version && !version.deleted ? readRequest(version, context.now()) : 'no request';
  if (typeof request === 'string') return undefined;

  const { caller, ...desk } = taker;
  const toldOf = `By a code told at the desk, ${await partiesInWords(taker, context)}`;
  const given = request.asked;
  const { own, changes } = await approve(
    { request, given, to: 'organization', labels: [], caller, desk, toldOf },
    context,
  );
  await context.store.resources.commit(changes);
  if (person && !person.deleted) sendToPatient(person.text, newsOf({ kind: 'access-given' }));
  return own;
};
