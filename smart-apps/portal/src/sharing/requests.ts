// Requests: what somebody asks to see, read from the Task in the patient's record. conformance/sharing/requests.md

import type { Task, TaskInput } from 'fhir/r4';

export const requestCode = 'https://meridian.example/CodeSystem/sharing-task|request-access';
export const emergencyCode = 'https://meridian.example/CodeSystem/sharing-task|review-emergency';

export interface AccessRequest {
  readonly kinds: readonly string[];
  /** `Organization/1` */
  readonly organization: string | undefined;
  /** `Practitioner/1`, where a person asks. */
  readonly person: string | undefined;
  /** Until when the record would be open, as an instant. */
  readonly until: string | undefined;
  /** Until when it may be answered. */
  readonly answerBy: string | undefined;
  /** In the words of who asks. */
  readonly text: string | undefined;
}

export const requestIn = ({ input = [], executionPeriod, description }: Task): AccessRequest => {
  const named = (name: string): readonly TaskInput[] =>
    input.filter(({ type }) => type.text === name);
  return {
    kinds: named('kind').flatMap(({ valueCoding }) => valueCoding?.code ?? []),
    organization: named('organization')[0]?.valueReference?.reference,
    person: named('person')[0]?.valueReference?.reference,
    until: named('period')[0]?.valuePeriod?.end,
    answerBy: executionPeriod?.end,
    text: description,
  };
};

/** The last moment of a day of this device, but never later than asked for; an instant. */
export const endOf = (day: string, latest?: string): string => {
  const end = Date.parse(`${day}T23:59:59`);
  return new Date(Math.min(end, latest === undefined ? end : Date.parse(latest))).toISOString();
};

/** The day of this device on which an instant lies, as `input type=date` wants it. */
export const dayOf = (instant: string | number): string => {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
