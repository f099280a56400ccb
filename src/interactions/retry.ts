// Retry: a write that nobody tied to a version is done again when another writer came between.
// https://hl7.org/fhir/R4/http.html#concurrency

import { Conflict } from '../store/port.ts';

/** Each try reads anew, so a condition of the client that no longer holds is found and told. */
export const retryConflicts = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Conflict) || tries === most) throw error;
    }
  }
};

// Of n writers at once one wins each round, so this is how many may meet on one resource.
const most = 64;
