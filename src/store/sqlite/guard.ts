// guard: the SQL function `tick`, which long statements call for every row they look at, so that they can be stopped.

import { performance } from 'node:perf_hooks';
import type { Connection } from './connection.ts';

/** What a statement may cost: rows looked at, or a moment (of `performance.now()`) by which it must be done. */
export interface Allowance {
  readonly steps?: number;
  readonly until?: number;
}

interface Guard {
  allowance: Allowance;
  steps: number;
}

const guards = new WeakMap<Connection, Guard>();

class Stopped extends Error {}

/** Every connection that runs compiled plans has the function. */
export const installGuard = (connection: Connection): void => {
  const guard: Guard = { allowance: {}, steps: 0 };
  guards.set(connection, guard);
  connection.database.function('tick', { deterministic: false, varargs: true }, () => {
    guard.steps += 1;
    if (isOver(guard)) throw new Stopped();
    return 1;
  });
};

// Looking at the time costs about as much as a quick row; a slow one asks hundreds of other rows.
const isOver = ({ allowance, steps }: Guard): boolean =>
  (allowance.steps !== undefined && steps > allowance.steps) ||
  (allowance.until !== undefined && (steps & 15) === 0 && performance.now() > allowance.until);

/** The result, or undefined when the allowance was used up before. */
export const guarded = <T>(
  connection: Connection,
  allowance: Allowance,
  run: () => T,
): T | undefined => {
  const guard = guards.get(connection)!;
  const outer = { ...guard };
  guard.allowance = allowance;
  guard.steps = 0;
  try {
    return run();
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw error;
  } finally {
    guard.allowance = outer.allowance;
    guard.steps = outer.steps;
  }
};
