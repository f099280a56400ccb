// estimate: how many rows an arm has, from counting the first of them.

import { performance } from 'node:perf_hooks';
import { rowsOf, type Connection } from '../connection.ts';
import { guarded } from '../guard.ts';
import type { Arm } from './arm.ts';
import { limit, sql } from './sql.ts';

export interface Estimator {
  rows(arm: Arm): number;
}

/** Rows counted of one arm: more would cost more than a wrong choice. */
const sample = 1000;
/** An estimate only chooses the way; a stale one costs time and never a wrong answer. */
const keptMilliseconds = 20_000;
const keptEstimates = 5000;
/** Where the sample was full and its keys say nothing of the rest. */
const unknownFactor = 8;
/** Steps that counting may take inside chains. */
const budget = 4000;

export const createEstimator = (connection: Connection): Estimator => {
  const kept = new Map<string, { readonly rows: number; readonly until: number }>();
  let last = { key: 0, until: 0 };

  const lastKey = (): number => {
    if (last.until < performance.now()) {
      const row = connection.row('SELECT ifnull(max(key), 0) FROM resource', []);
      last = { key: Number(row![0]), until: performance.now() + 1000 };
    }
    return last.key;
  };

  const count = (arm: Arm): number => {
    const query = sql`SELECT count(*), min(k), max(k) FROM (SELECT ${arm.focus.key} AS k FROM ${arm.from} WHERE ${arm.bounds} ${limit(sample)})`;
    const row = guarded(connection, { steps: budget }, () => rowsOf(connection, query)[0]!);
    if (row === undefined) return sample * unknownFactor;
    const [rows, first, end] = row.map(Number) as [number, number, number];
    if (rows < sample) return rows;
    // In the order of the keys, the sample's share of the keys tells how dense the rows lie.
    return arm.ordered
      ? Math.max(rows, (rows * (lastKey() - first + 1)) / (end - first + 1))
      : rows * unknownFactor;
  };

  return {
    rows: (arm) => {
      if (arm.guess !== undefined) return arm.guess;
      const key = JSON.stringify([
        arm.from.text,
        arm.bounds.text,
        arm.from.values,
        arm.bounds.values,
      ]);
      const known = kept.get(key);
      if (known !== undefined && known.until > performance.now()) return known.rows;
      if (kept.size >= keptEstimates) kept.clear();
      const rows = count(arm);
      kept.set(key, { rows, until: performance.now() + keptMilliseconds });
      return rows;
    },
  };
};
