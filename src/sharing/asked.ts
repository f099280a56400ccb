// asked: what somebody asks to see of a record, why and for how long; written into a Task's inputs and read from them.
// https://hl7.org/fhir/R4/task-definitions.html#Task.input

import { isObject, listOf, type Resource } from '../fhir/resource.ts';
import { isSharingKind, kindSystem, type SharingKind } from './kinds.ts';

export interface Period {
  /** ISO 8601. */
  readonly start: string;
  readonly end: string;
}

export interface Asked {
  readonly kinds: readonly SharingKind[];
  /** Code of v3-ActReason. */
  readonly purpose: string;
  /** How long the record would be open. */
  readonly period: Period;
  /** In the words of who asks; '' when there are none. */
  readonly text: string;
  /** `Organization/1` */
  readonly organization: string;
  /** `Practitioner/1`; absent where a system asks. */
  readonly person?: string;
}

export const purposeSystem = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

/** The elements of a Task that say what is asked. */
export const writeAsked = ({ kinds, purpose, period, text, organization, person }: Asked) => ({
  ...(text === '' ? {} : { description: text }),
  requester: { reference: person ?? organization },
  reasonCode: { coding: [{ system: purposeSystem, code: purpose }] },
  input: [
    ...kinds.map((code) => ({
      type: { text: 'kind' },
      valueCoding: { system: kindSystem, code },
    })),
    { type: { text: 'period' }, valuePeriod: period },
    { type: { text: 'organization' }, valueReference: { reference: organization } },
    ...(person === undefined
      ? []
      : [{ type: { text: 'person' }, valueReference: { reference: person } }]),
  ],
});

/** Of a Task that `writeAsked` has made. */
export const readAsked = (task: Resource): Asked => {
  const inputs = listOf(task['input']);
  const valuesOf = (name: string, value: string): readonly Record<string, unknown>[] =>
    inputs
      .filter(({ type }) => isObject(type) && type['text'] === name)
      .map((input) => input[value])
      .filter(isObject);
  const referenceOf = (name: string): string | undefined => {
    const reference = valuesOf(name, 'valueReference')[0]?.['reference'];
    return typeof reference === 'string' ? reference : undefined;
  };
  const { reasonCode } = task as { readonly reasonCode?: { readonly coding?: unknown } };
  const [organization, person] = [referenceOf('organization'), referenceOf('person')];
  return {
    kinds: valuesOf('kind', 'valueCoding')
      .map(({ code }) => String(code))
      .filter(isSharingKind),
    purpose: String(listOf(reasonCode?.coding)[0]?.['code']),
    period: valuesOf('period', 'valuePeriod')[0] as unknown as Period,
    text: typeof task['description'] === 'string' ? task['description'] : '',
    organization: organization ?? '',
    ...(person === undefined ? {} : { person }),
  };
};
