// Task/[id]/$approve-access: the patient gives what was asked, or less of it; the answer is the Consent that says so.

import { businessRule } from '../fhir/problem.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Handler } from '../interactions/types.ts';
import { approve } from '../sharing/answer-request.ts';
import type { Asked, Period } from '../sharing/asked.ts';
import type { SharingKind } from '../sharing/kinds.ts';
import { readInputs, type InputParameter } from './parameters.ts';
import { findAnswering } from './sharing/answerer.ts';
import { consentAnswer } from './sharing/consent-answer.ts';
import { readKinds, readPeriod } from './sharing/read-asking.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'kind', type: 'code', repeats: true },
  { name: 'period', type: 'Period' },
];

const approveAccessHandler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, table);
  const [kinds, period] = [readKinds(inputs), readPeriod(inputs, context.now())];
  return retryConflicts(async () => {
    const { caller, request: waiting } = await findAnswering(request, permit, context);
    const given = narrow(waiting.asked, { kinds, period });
    const approval = { request: waiting, given, caller };
    const { consent, changes } = await approve(approval, context);
    await context.store.resources.commit(changes);
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

export const approveAccess: Operation = {
  name: '$approve-access',
  definition: 'https://meridian.example/OperationDefinition/approve-access',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  handler: approveAccessHandler,
};
