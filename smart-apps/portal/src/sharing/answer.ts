// Answer: the operations by which a person answers a request for access, and takes back what was given.

import type { Consent, ParametersParameter, Task } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate, update } from '@meridian/ui/fhir/write.ts';
import { labelsOf } from './kinds.ts';
import { endOf } from './days.ts';
import type { AccessRequest } from './requests.ts';

export interface Approval {
  readonly task: Task;
  readonly asked: AccessRequest;
  readonly given: {
    readonly kinds: readonly string[];
    readonly sensitive: readonly string[];
    /** A day. */
    readonly until: string;
    readonly to: 'organization' | 'person';
  };
}

export const approve = (fhir: Fhir, { task, asked, given }: Approval): Promise<Consent> => {
  const parameters: readonly ParametersParameter[] = [
    ...given.kinds.map((kind) => ({ name: 'kind', valueCode: kind })),
    { name: 'period', valuePeriod: { end: endOf(given.until, asked.until) } },
    ...(asked.person === undefined ? [] : [{ name: 'to', valueCode: given.to }]),
    ...labelsOf(given.sensitive).map((label) => ({ name: 'label', valueCoding: label })),
  ];
  return operate(fhir, `Task/${task.id ?? ''}/$approve-access`, parameters);
};

export const deny = (
  fhir: Fhir,
  { task, reason }: { readonly task: Task; readonly reason: string },
): Promise<Task> =>
  operate(
    fhir,
    `Task/${task.id ?? ''}/$deny-access`,
    reason.trim() === '' ? [] : [{ name: 'reason', valueString: reason.trim() }],
  );

/** Holds for the very next request of whoever was named. */
export const takeBack = (fhir: Fhir, consent: Consent): Promise<Consent> =>
  update<Consent>(fhir, { ...consent, status: 'inactive' });
