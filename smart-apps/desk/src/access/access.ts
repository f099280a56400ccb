// Access: requests of the hospital for a patient's record that wait for a code, told at the counter.
// conformance/operations/confirm-access.md

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import type { Period, Task } from 'fhir/r4';

export const requestCode = 'https://meridian.example/CodeSystem/sharing-task|request-access';

export interface Request {
  /** Codes of the CodeSystem sharing-kind. */
  readonly kinds: readonly string[];
  readonly period: Period | undefined;
  /** The number or handle by which the patient was named. */
  readonly named: string;
  /** `Practitioner/1` */
  readonly by: string | undefined;
}

export const requestOf = ({ input = [], for: patient, requester }: Task): Request => ({
  kinds: input.flatMap(({ type, valueCoding }) =>
    type.text === 'kind' && valueCoding?.code !== undefined ? [valueCoding.code] : [],
  ),
  period: input.find(({ type }) => type.text === 'period')?.valuePeriod,
  named: patient?.identifier?.value ?? '',
  by: requester?.reference,
});

/** Fails with `invalid` for a wrong code, one that is over, and for a patient who is not there: all alike. */
export const confirmAccess = (
  fhir: Fhir,
  { task, code }: { readonly task: string; readonly code: string },
): Promise<Task> =>
  operate(fhir, `Task/${task}/$confirm-access`, [
    { name: 'code', valueString: code.replace(/\D/g, '') },
  ]);
