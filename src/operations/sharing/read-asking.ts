// read-asking: the parameters that say what somebody asks of a record, read and checked before anybody is looked for.

import { readDateRange } from '../../fhir/date.ts';
import { businessRule, invalid, type Problem } from '../../fhir/problem.ts';
import { readNumber } from '../../health-id/number.ts';
import type { Asked, Period } from '../../sharing/asked.ts';
import { isSharingKind, sharingKinds, type SharingKind } from '../../sharing/kinds.ts';
import {
  readFlag,
  readJson,
  readText,
  readTexts,
  type InputParameter,
  type Inputs,
} from '../parameters.ts';
import type { Asker } from './asker.ts';

export const askingTable: readonly InputParameter[] = [
  { name: 'identifier', type: 'Identifier' },
  { name: 'kind', type: 'code', repeats: true },
  { name: 'purpose', type: 'code' },
  { name: 'period', type: 'Period' },
  { name: 'text', type: 'string' },
  { name: 'desk', type: 'boolean' },
];

/** Throws 400 and 422 that name the parameter and the remedy. */
export const readAsking = (inputs: Inputs, asker: Asker, now: number): Asked => {
  const { organization, person } = asker;
  const kinds = readKinds(inputs);
  if (kinds.length === 0)
    throw invalid(`Parameter 'kind' is needed: ${sharingKinds.join(', ')}.`, 'kind');
  const period = readPeriod(inputs, now) ?? { start: isoOf(now), end: isoOf(now + standardPeriod) };
  if (isAtDesk(inputs)) checkDeskPeriod(period, now);
  return {
    ...{ kinds, organization, period, purpose: readPurpose(inputs) },
    ...(person === undefined ? {} : { person }),
    text: readAskingText(inputs),
  };
};

/** Whether a one-time code is to be sent, which the patient tells at the desk. */
export const isAtDesk = (inputs: Inputs): boolean => readFlag(inputs, 'desk') === true;

/** Who tells a code at a desk reads no terms: it opens the record for days, not years. */
const checkDeskPeriod = ({ end }: Period, now: number): void => {
  if (Date.parse(end) <= now + longestAtDesk) return;
  throw businessRule(
    "A code at the desk opens a record for 31 days at most: send a shorter 'period', or ask without 'desk' for the patient's own answer.",
    'period.end',
  );
};

/** By what a patient is named: a health ID, or a handle that the patient has handed out. */
export interface Named {
  readonly system?: string;
  /** Without dashes and spaces. */
  readonly value: string;
}

/** A number that cannot be any is refused: that is arithmetic and tells nothing. What a handle must look like, `resolve` knows. */
export const readNamed = (inputs: Inputs, system: string): Named => {
  const { system: of = system, value } = readJson(inputs, 'identifier') ?? {};
  if (typeof value !== 'string')
    throw invalid("Parameter 'identifier' must hold the patient's health ID.", 'identifier');
  if (of !== system)
    throw businessRule(`Parameter 'identifier' takes a number of ${system} only.`, 'identifier');
  if (/\p{L}/u.test(value)) return { value: value.replaceAll(/[\s-]/g, '').toUpperCase() };
  const reading = readNumber(value);
  if (!reading.ok) throw malformed(reading.fault);
  return { system, value: reading.number };
};

export const malformed = (why: string): Problem =>
  businessRule(`Parameter 'identifier': ${why}`, 'identifier');

export const readKinds = (inputs: Inputs): readonly SharingKind[] => {
  const kinds = [...new Set(readTexts(inputs, 'kind'))];
  const wrong = kinds.find((kind) => !isSharingKind(kind));
  if (wrong !== undefined)
    throw invalid(`'${wrong}' is no kind of record; there are ${sharingKinds.join(', ')}.`, 'kind');
  return kinds.filter(isSharingKind);
};

/** With both ends, in the future; undefined when none was sent. */
export const readPeriod = (inputs: Inputs, now: number): Period | undefined => {
  const given = readJson(inputs, 'period');
  if (given === undefined) return undefined;
  const start = given['start'] === undefined ? now : rangeOf(given['start'], 'start').low;
  if (given['end'] === undefined)
    throw invalid("Parameter 'period' needs an end: nothing is shared for ever.", 'period.end');
  const end = rangeOf(given['end'], 'end').high - 1;
  if (end <= now || end <= start)
    throw businessRule(
      "Parameter 'period' must end in the future and after its start.",
      'period.end',
    );
  return { start: isoOf(start), end: isoOf(end) };
};

const rangeOf = (value: unknown, name: string) => {
  const range = typeof value === 'string' ? readDateRange(value) : undefined;
  if (range) return range;
  throw invalid(`Parameter 'period': ${name} must be a date such as 2030-01-31.`, `period.${name}`);
};

const readPurpose = (inputs: Inputs): string => {
  const purpose = readText(inputs, 'purpose') ?? 'TREAT';
  if (purposes.includes(purpose)) return purpose;
  throw invalid(`Parameter 'purpose' must be one of ${purposes.join(', ')}.`, 'purpose');
};

/** Of v3-ActReason. Emergencies have an operation of their own. */
const purposes = ['TREAT', 'CAREMGT', 'COC', 'HPAYMT', 'HOPERAT', 'HRESCH', 'PUBHLTH'];

const readAskingText = (inputs: Inputs): string => {
  const text = (readText(inputs, 'text') ?? '').trim();
  if (text.length <= longestText) return text;
  throw invalid(`Parameter 'text' may have ${String(longestText)} characters.`, 'text');
};

const longestText = 1000;
const standardPeriod = 30 * 86_400_000;
/** The days a month may have, with what is left of today. */
const longestAtDesk = 32 * 86_400_000;

const isoOf = (time: number): string => new Date(time).toISOString();
