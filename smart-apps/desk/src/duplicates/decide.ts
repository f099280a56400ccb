// Decide: what a clerk says of a Task of the identity worklist, and what came of it.
// profiles/OperationDefinition-decide.json

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { uhidSystemOf } from '@meridian/ui/identity/uhid-system.ts';
import type { Parameters, ParametersParameter, Patient, Task } from 'fhir/r4';

export type Decision =
  | { readonly kind: 'new' }
  /** Logical id. */
  | { readonly kind: 'same'; readonly patient: string }
  /** A code goes to the contact on file of the one who is certain, or who has the number that the person tells. */
  | { readonly kind: 'ask'; readonly uhid?: string }
  | { readonly kind: 'prove'; readonly ticket: string; readonly code: string };

export type Decided =
  | { readonly state: 'patient'; readonly patient: Patient }
  /** The network merges the two. */
  | { readonly state: 'proposed' }
  | { readonly state: 'asked'; readonly ticket: string };

export interface Deciding {
  /** Logical id. */
  readonly task: string;
  readonly decision: Decision;
}

export const decide = async (fhir: Fhir, { task, decision }: Deciding): Promise<Decided> =>
  decidedOf(
    await operate<Patient | Task | Parameters>(
      fhir,
      `Task/${task}/$decide`,
      parametersOf(decision, await uhidSystemOf(fhir)),
    ),
  );

/** `system` of the health IDs of the network. */
export const parametersOf = (
  decision: Decision,
  system: string,
): readonly ParametersParameter[] => {
  switch (decision.kind) {
    case 'new':
      return [{ name: 'new', valueBoolean: true }];
    case 'same':
      return [{ name: 'same', valueReference: { reference: `Patient/${decision.patient}` } }];
    case 'ask': {
      const { uhid } = decision;
      if (uhid === undefined) return [{ name: 'ask-person', valueBoolean: true }];
      const identifier = { system, value: uhid };
      return [{ name: 'same', valueReference: { identifier } }];
    }
    case 'prove':
      return [
        { name: 'ticket', valueString: decision.ticket },
        { name: 'code', valueString: decision.code.replace(/\s/g, '') },
      ];
  }
};

export const decidedOf = (answer: Patient | Task | Parameters): Decided => {
  if (answer.resourceType === 'Patient') return { state: 'patient', patient: answer };
  if (answer.resourceType === 'Task') return { state: 'proposed' };
  const ticket = answer.parameter?.find(({ name }) => name === 'ticket')?.valueString;
  return { state: 'asked', ticket: ticket ?? '' };
};

/** Whom a Task is about: somebody inside it, who is no Patient yet, or a Patient by reference. */
export const aboutOf = (
  task: Task,
): { readonly person: Patient } | { readonly id: string } | undefined => {
  const person = task.contained?.find(({ id }) => id === 'person');
  if (task.focus?.reference === '#person')
    return person?.resourceType === 'Patient' ? { person: person as Patient } : undefined;
  const [type, id] = task.focus?.reference?.split('/') ?? [];
  return type === 'Patient' && id !== undefined ? { id } : undefined;
};
