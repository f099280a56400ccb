// What a promise was rejected with; the test fails when it was not.

import type { Problem } from '#src/fhir/problem.ts';

export const thrown = async (promise: Promise<unknown>): Promise<Problem> => {
  try {
    await promise;
  } catch (error) {
    return error as Problem;
  }
  throw new Error('Nothing was thrown.');
};
