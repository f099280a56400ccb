// read-answer: what a patient gives of what was asked: as much, or less.

import { businessRule, invalid } from '../../fhir/problem.ts';
import type { Asked, Period } from '../../sharing/asked.ts';
import type { Giving } from '../../sharing/consent-for.ts';
import type { SharingKind } from '../../sharing/kinds.ts';
import { readText, type InputParameter, type Inputs } from '../parameters.ts';
import { readKinds, readPeriod } from './read-asking.ts';

export const answerTable: readonly InputParameter[] = [
  { name: 'kind', type: 'code', repeats: true },
  { name: 'period', type: 'Period' },
  { name: 'to', type: 'code' },
  { name: 'label', type: 'Coding', repeats: true },
];

export interface Answer {
  /** None: all that were asked. */
  readonly kinds: readonly SharingKind[];
  readonly period: Period | undefined;
  readonly to: Giving['to'];
  readonly labels: Giving['labels'];
}

/** Throws 400 that names the parameter and the remedy. */
export const readAnswer = (inputs: Inputs, now: number): Answer => ({
  ...{ kinds: readKinds(inputs), period: readPeriod(inputs, now) },
  ...{ to: readTo(inputs), labels: readLabels(inputs) },
});

/** Throws 422 for more than was asked. Nothing is given for longer than until (milliseconds since 1970). */
export const narrow = (asked: Asked, { kinds, period, to }: Answer, until: number): Asked => {
  const isWhole = asked.kinds.includes('everything');
  const other = kinds.find((kind) => !isWhole && !asked.kinds.includes(kind));
  if (other !== undefined)
    throw businessRule(`'${other}' was not asked for; give ${asked.kinds.join(', ')}.`, 'kind');
  if (period && period.end > asked.period.end)
    throw businessRule(`The request is for no longer than ${asked.period.end}.`, 'period.end');
  if (to === 'person' && asked.person === undefined)
    throw businessRule('A system has asked, no person: give it to the organization.', 'to');
  const start = period && period.start > asked.period.start ? period.start : asked.period.start;
  const end = cutShort(period?.end ?? asked.period.end, until);
  return { ...asked, kinds: kinds.length > 0 ? kinds : asked.kinds, period: { start, end } };
};

const readTo = (inputs: Inputs): Giving['to'] => {
  const to = readText(inputs, 'to') ?? 'organization';
  if (to === 'organization' || to === 'person') return to;
  throw invalid("Parameter 'to' must be organization or person.", 'to');
};

const readLabels = (inputs: Inputs): Giving['labels'] =>
  (inputs.get('label') ?? []).map((label) => {
    const { system, code } = label as Readonly<Record<string, unknown>>;
    if (typeof system === 'string' && typeof code === 'string') return { system, code };
    throw invalid("Parameter 'label' needs a system and a code.", 'label');
  });

const cutShort = (end: string, until: number): string =>
  Date.parse(end) <= until ? end : new Date(until - 1).toISOString();
