// useEncounter: the visit to which what is written belongs, as the address names it.

import { useSearchParams } from 'wouter';

/** Logical id; undefined outside of a visit. */
export const useEncounter = (): string | undefined => {
  const [parameters] = useSearchParams();
  return parameters.get('encounter') ?? undefined;
};
