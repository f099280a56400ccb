// Held: an upload that waits for its patient: whom it names, and how it is filed with better words or with a Patient.
// conformance/upload/by-health-id.md

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import type { ParametersParameter, Patient, Task } from 'fhir/r4';

export const heldCode = 'https://meridian.example/CodeSystem/upload-task|needs-identification';

/** What the upload says of the person. */
export const namedIn = ({ contained = [] }: Task): Patient | undefined =>
  contained.find((each): each is Patient => each.resourceType === 'Patient');

export type Identified =
  | {
      readonly kind: 'words';
      readonly uhid: string;
      readonly birthDate: string;
      readonly family: string;
    }
  /** Logical id of whom the clerk has recognised. */
  | { readonly kind: 'patient'; readonly id: string };

export interface Filing {
  readonly task: string;
  readonly as: Identified;
}

/** Completed when it was filed; as it was when the words do not fit either. */
export const fileUpload = (fhir: Fhir, { task, as }: Filing): Promise<Task> =>
  operate(fhir, `Task/${task}/$file-upload`, parametersOf(as));

export const cancelUpload = (
  fhir: Fhir,
  { task, reason }: { readonly task: string; readonly reason: string },
): Promise<Task> =>
  operate(
    fhir,
    `Task/${task}/$cancel-upload`,
    reason.trim() === '' ? [] : [{ name: 'reason', valueString: reason.trim() }],
  );

/** What is not said is taken as it was sent. */
export const parametersOf = (as: Identified): readonly ParametersParameter[] => {
  if (as.kind === 'patient')
    return [{ name: 'patient', valueReference: { reference: `Patient/${as.id}` } }];
  const { uhid, birthDate, family } = as;
  return [
    ...(uhid.trim() === '' ? [] : [{ name: 'uhid', valueString: uhid.trim() }]),
    ...(birthDate === '' ? [] : [{ name: 'birthDate', valueDate: birthDate }]),
    ...(family.trim() === '' ? [] : [{ name: 'family', valueString: family.trim() }]),
  ];
};
