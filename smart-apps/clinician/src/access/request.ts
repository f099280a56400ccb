// Request: what a clinician asks a patient for, as the operation takes it, and what its Task says afterwards.
// conformance/sharing/requests.md

import type { ParametersParameter, Task } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { uhidSystemOf } from '@meridian/ui/identity/uhid-system.ts';

/** https://meridian.example/CodeSystem/sharing-kind */
export const kinds = [
  ...(['everything', 'allergies', 'medications', 'conditions', 'results', 'vitals'] as const),
  ...(['documents', 'immunizations', 'procedures', 'visits', 'plans', 'lifestyle'] as const),
  'appointments',
] as const;

/** Of v3-ActReason: those for which a clinician asks. */
export const purposes = ['TREAT', 'CAREMGT', 'COC', 'HRESCH', 'PUBHLTH'] as const;

export interface Wanted {
  /** As it was typed: the server says what is wrong with it. */
  readonly uhid: string;
  readonly kinds: readonly string[];
  readonly purpose: string;
  /** The last day, a date. */
  readonly until: string;
  readonly text: string;
  /** The patient is here and gets a code to tell. */
  readonly isAtDesk: boolean;
}

/** Answers the Task to look at, the same whether there is such a patient or not. */
export const requestAccess = async (fhir: Fhir, wanted: Wanted): Promise<Task> => {
  const asked = { system: await uhidSystemOf(fhir), now: Date.now() };
  return operate<Task>(fhir, 'Patient/$request-access', parametersOf(wanted, asked));
};

export const confirmAccess = (
  fhir: Fhir,
  { task, code }: { readonly task: string; readonly code: string },
): Promise<Task> =>
  operate<Task>(fhir, `Task/${task}/$confirm-access`, [
    { name: 'code', valueString: code.replaceAll(/\s/g, '') },
  ]);

interface Asked {
  /** Of the health IDs of the network. */
  readonly system: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const parametersOf = (
  wanted: Wanted,
  { system, now }: Asked,
): readonly ParametersParameter[] => {
  const { uhid, purpose, until, text, isAtDesk } = wanted;
  return [
    { name: 'identifier', valueIdentifier: { system, value: uhid.trim() } },
    // Everything is everything: what is named besides says nothing more.
    ...(wanted.kinds.includes('everything') ? ['everything'] : wanted.kinds).map((kind) => ({
      ...{ name: 'kind', valueCode: kind },
    })),
    { name: 'purpose', valueCode: purpose },
    { name: 'period', valuePeriod: { start: new Date(now).toISOString(), end: endOf(until) } },
    ...(text.trim() === '' ? [] : [{ name: 'text', valueString: text.trim() }]),
    ...(isAtDesk ? [{ name: 'desk', valueBoolean: true }] : []),
  ];
};

/** The last second of the day here. */
const endOf = (until: string): string => new Date(`${until}T23:59:59`).toISOString();

export type RequestState = 'waiting' | 'given' | 'over';

/** A denial is not told: it looks like no answer. */
export const stateOf = ({ status, executionPeriod }: Task, now: number): RequestState => {
  if (status === 'completed') return 'given';
  const answerBy = Date.parse(executionPeriod?.end ?? '');
  return status === 'requested' && !(answerBy <= now) ? 'waiting' : 'over';
};

/** The id of the Patient, once access was given. */
export const patientOf = ({ output = [] }: Task): string | undefined =>
  output
    .find(({ type }) => type.text === 'patient')
    ?.valueReference?.reference?.replace(/^Patient\//, '');

export const uhidOfRequest = (task: Task): string => task.for?.identifier?.value ?? '';

export const kindsOf = ({ input = [] }: Task): readonly string[] =>
  input
    .filter(({ type }) => type.text === 'kind')
    .flatMap(({ valueCoding }) => valueCoding?.code ?? []);

/** Until when the record would be open. */
export const openUntil = ({ input = [] }: Task): string | undefined =>
  input.find(({ type }) => type.text === 'period')?.valuePeriod?.end;
