// Failure: what a client is told when the store refuses. The entries of a batch use the same words as the request itself.

import { conflict, Problem, tooCostly, tooLarge, unavailable } from '../fhir/problem.ts';
import { Conflict, TooLarge, TooSlow, Unavailable } from '../store/port.ts';

/** undefined when the error is a fault of ours. */
export const asProblem = (error: unknown): Problem | undefined => {
  if (error instanceof Problem) return error;
  if (error instanceof Conflict) return conflictProblem(error);
  if (error instanceof TooSlow)
    return tooCostly(
      'The search took longer than LIMIT_SEARCH_SECONDS; narrow it with another parameter.',
    );
  if (error instanceof TooLarge) return tooLarge(error.message);
  if (error instanceof Unavailable)
    return unavailable(
      `${error.message} Try again; whether a write was done must be looked up first.`,
    );
  return undefined;
};

const conflictProblem = ({ expect }: Conflict): Problem => {
  const what = expect.op === 'none' ? 'What the criteria find' : nameOf(expect.key);
  return conflict(`${what} was changed by another request at the same time; try again.`);
};

const nameOf = ({ type, id }: { readonly type: string; readonly id: string }): string =>
  `${type}/${id}`;
