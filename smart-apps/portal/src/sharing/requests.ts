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
