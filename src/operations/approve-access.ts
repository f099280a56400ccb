// Task/[id]/$approve-access: the patient gives what was asked, or less of it; the answer is the Consent that says so.

import type { Caller } from '../access/caller.ts';
import { businessRule } from '../fhir/problem.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, Handler } from '../interactions/types.ts';
import { approve } from '../sharing/answer-request.ts';
import type { Asked, Period } from '../sharing/asked.ts';
import type { SharingKind } from '../sharing/kinds.ts';
import { newsOf } from '../sharing/notify-patient.ts';
import type { SendToPatient } from '../sharing/patient-messages.ts';
import { nameInWords } from '../sharing/words.ts';
import { readInputs, type InputParameter } from './parameters.ts';
import { findAnswering } from './sharing/answerer.ts';
import { consentAnswer } from './sharing/consent-answer.ts';
import type { SharingParts } from './sharing/parts.ts';
import { readKinds, readPeriod } from './sharing/read-asking.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'kind', type: 'code', repeats: true },
  { name: 'period', type: 'Period' },
];

const approveAccessIn =
  ({ sendToPatient }: SharingParts): Handler =>
  async (request, permit, context) => {
    const inputs = readInputs(request, table);
    const [kinds, period] = [readKinds(inputs), readPeriod(inputs, context.now())];
    return retryConflicts(async () => {
      const { caller, request: waiting, until } = await findAnswering(request, permit, context);
      const given = cutShort(narrow(waiting.asked, { kinds, period }), until);
      const proxy = proxyIn(caller);
      const approval = { request: waiting, given, caller, ...(await asProxy(proxy, context)) };
      const { consent, changes } = await approve(approval, context);
      await context.store.resources.commit(changes);
      if (proxy !== undefined) await tell(waiting.patient, sendToPatient, context);
      return consentAnswer(consent, request);
    });
  };

interface Narrowing {
  /** None: all that were asked. */
  readonly kinds: readonly SharingKind[];
  readonly period: Period | undefined;
}

/** Throws 422 for more than was asked. */
const narrow = (asked: Asked, { kinds, period }: Narrowing): Asked => {
  const isWhole = asked.kinds.includes('everything');
  const other = kinds.find((kind) => !isWhole && !asked.kinds.includes(kind));
  if (other !== undefined)
    throw businessRule(`'${other}' was not asked for; give ${asked.kinds.join(', ')}.`, 'kind');
  if (period && period.end > asked.period.end)
    throw businessRule(`The request is for no longer than ${asked.period.end}.`, 'period.end');
  const start = period && period.start > asked.period.start ? period.start : asked.period.start;
  return {
    ...asked,
    kinds: kinds.length > 0 ? kinds : asked.kinds,
    period: { start, end: period?.end ?? asked.period.end },
  };
};

/** What stands for a patient ends before its own end. */
const cutShort = (given: Asked, until: number): Asked => {
  const { start, end } = given.period;
  return Date.parse(end) <= until
    ? given
    : { ...given, period: { start, end: new Date(until - 1).toISOString() } };
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
