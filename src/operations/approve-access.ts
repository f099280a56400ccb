// Task/[id]/$approve-access: the patient gives what was asked, or less of it; the answer is the Consent that says so.

import type { Caller } from '../access/caller.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, Handler } from '../interactions/types.ts';
import { approve } from '../sharing/answer-request.ts';
import { newsOf } from '../sharing/notify-patient.ts';
import type { SendToPatient } from '../sharing/patient-messages.ts';
import { nameInWords } from '../sharing/words.ts';
import { readInputs } from './parameters.ts';
import { findAnswering } from './sharing/answerer.ts';
import { consentAnswer } from './sharing/consent-answer.ts';
import type { SharingParts } from './sharing/parts.ts';
import { answerTable, narrow, readAnswer } from './sharing/read-answer.ts';
import type { Operation } from './types.ts';

const approveAccessIn =
  ({ sendToPatient }: SharingParts): Handler =>
  async (request, permit, context) => {
    const answer = readAnswer(readInputs(request, answerTable), context.now());
    return retryConflicts(async () => {
      const { caller, request: waiting, until } = await findAnswering(request, permit, context);
      const proxy = proxyIn(caller);
      const approval = {
        ...{ request: waiting, caller, to: answer.to, labels: answer.labels },
        given: narrow(waiting.asked, answer, until),
        ...(await asProxy(proxy, context)),
      };
      const { consent, changes } = await approve(approval, context);
      await context.store.resources.commit(changes);
      if (proxy !== undefined) await tell(waiting.patient, sendToPatient, context);
      return consentAnswer(consent, request);
    });
  };

const proxyIn = ({ role, fhirUser }: Caller): string | undefined =>
  role === 'proxy' ? fhirUser : undefined;

/** What a proxy gives, the patient hears of. */
const asProxy = async (
  proxy: string | undefined,
  context: Context,
): Promise<{ readonly proxy?: string; readonly toldOf?: string }> =>
  proxy === undefined ? {} : { proxy, toldOf: await nameInWords(proxy, context) };

const tell = async (id: string, send: SendToPatient, { store }: Context): Promise<void> => {
  const [patient] = await store.resources.read([{ type: 'Patient', id }]);
  if (patient && !patient.deleted) send(patient.text, newsOf({ kind: 'access-given' }));
};

export const approveAccess = (parts: SharingParts): Operation => ({
  name: '$approve-access',
  definition: 'https://meridian.example/OperationDefinition/approve-access',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  handler: approveAccessIn(parts),
});
