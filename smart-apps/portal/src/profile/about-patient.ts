// About a patient: what each part of the profile is given.

import type { Patient } from 'fhir/r4';

export interface AboutPatient {
  readonly patient: Patient;
  /** Reads the Patient again. */
  readonly again: () => void;
}
