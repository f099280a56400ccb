// useEncounter: the visit to which what is written belongs, as the address names it.

import { useSearchParams } from 'wouter';

/** Logical id; undefined outside of a visit. Below PatientPage it is one of the patient in view. */
export const useEncounter = (): string | undefined => {
  const [parameters] = useSearchParams();
  return parameters.get('encounter') ?? undefined;
};
