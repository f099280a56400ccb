// versions: the history of an instance, a type or everything, newest first.
// https://hl7.org/fhir/R4/http.html#history

import type { Plan } from '../../../search/plan.ts';
import type { HistoryWindow, Key } from '../../port.ts';
import { analyze, cheapest, keysOf, type Planner } from './access.ts';
import { holds } from './holds.ts';
import { versionColumns } from './search.ts';
import { all, always, limit, never, oneOf, raw, sql, type Sql } from './sql.ts';

export interface History {
  readonly of: Partial<Key>;
  readonly plan: Plan;
  readonly window: Omit<HistoryWindow, 'size'>;
}

/** A row is: key, at, seq, and what `toVersion` reads. The planner's scope counts deleted resources as well. */
export const compileVersions = (history: History, size: number, planner: Planner): Sql => {
  const { from, conditions } = rowsOfHistory(history, planner);
  const back = history.window.before !== undefined;
  const direction = raw(back ? 'ASC' : 'DESC');
  return sql`SELECT v.key, v.at, v.seq, ${versionColumns} FROM (SELECT v.* FROM ${from} WHERE ${all([...conditions, beyond(history.window)])} ORDER BY v.at ${direction}, v.seq ${direction} ${limit(size + 1)}) v CROSS JOIN resource r ON r.key = v.key`;
};

/**
 * The newest version of one resource alone, which is what a read within rights asks: no list is put in order for it. A row is as
 * above, and whether there are older ones.
 */
export const compileNewest = (
  { type, id }: Pick<Key, 'type' | 'id'>,
  plan: Plan,
  { scope }: Pick<Planner, 'scope'>,
): Sql => {
  const allowed = holds(plan, { key: sql`r.key`, resource: sql`r` }, scope);
  const older = sql`EXISTS (SELECT 1 FROM version w INDEXED BY version_key WHERE w.key = r.key AND w.seq < r.seq)`;
  return sql`SELECT v.key, v.at, v.seq, ${versionColumns}, ${older} FROM resource r CROSS JOIN version v ON v.seq = r.seq WHERE ${all([sql`r.name = ${`${type}/${id}`}`, allowed])}`;
};

/** Whether the history asked for is just that. */
export const isNewest = (of: Partial<Key>, window: HistoryWindow): of is Key =>
  of.type !== undefined &&
  of.id !== undefined &&
  of.version === undefined &&
  window.size === 1 &&
  Object.values(window).filter((value) => value !== undefined).length === 1;

export const compileVersionCount = (history: History, planner: Planner): Sql => {
  const { from, conditions } = rowsOfHistory(history, planner);
  return sql`SELECT count(*) FROM ${from} WHERE ${all(conditions)}`;
};

const rowsOfHistory = (
  { of, plan, window }: History,
  planner: Planner,
): { readonly from: Sql; readonly conditions: readonly Sql[] } => {
  const during = [
    window.since === undefined ? always : sql`+v.at >= ${window.since}`,
    window.at === undefined ? always : wasCurrent(window.at),
    of.version === undefined ? always : sql`v.version = ${of.version}`,
    sql`tick(v.seq)`,
  ];
  const allowed = holds(plan, { key: sql`v.key` }, planner.scope);
  if (of.type !== undefined && of.id !== undefined) {
    const key = sql`v.key = (SELECT key FROM resource WHERE name = ${`${of.type}/${of.id}`})`;
    return { from: sql`version v INDEXED BY version_key`, conditions: [key, ...during, allowed] };
  }
  const asked = of.type === undefined ? window.types : [of.type];
  const types = asked?.flatMap((type) => planner.scope.names.findType(type) ?? []);
  const few = fewKeys(plan, planner);
  if (few !== undefined) {
    return {
      from: sql`(SELECT DISTINCT key FROM (${few})) found CROSS JOIN version v INDEXED BY version_key ON v.key = found.key`,
      conditions: [types === undefined ? always : oneOf(sql`+v.type`, types), ...during],
    };
  }
  if (types?.length === 1) {
    return {
      from: sql`version v INDEXED BY version_type`,
      conditions: [sql`v.type = ${types[0]!}`, notBefore(window.since), ...during, allowed],
    };
  }
  return {
    from: sql`version v INDEXED BY version_at`,
    conditions: [
      types === undefined ? always : types.length === 0 ? never : oneOf(sql`+v.type`, types),
      notBefore(window.since),
      ...during,
      allowed,
    ],
  };
};

// Said without the `+`, so that the walk of the index ends there.
const notBefore = (since: number | undefined): Sql =>
  since === undefined ? sql`v.at > -9e15` : sql`v.at >= ${since}`;

/** The resources, when so few are allowed that their histories are better put in order than everybody's searched. */
const fewKeys = (plan: Plan, planner: Planner): Sql | undefined => {
  if (plan.op === 'everything' || plan.op === 'type') return undefined;
  const access = cheapest(analyze(plan, planner), Infinity);
  return access.cost < 2000 ? keysOf(access, planner.scope) : undefined;
};

/** From its time until that of the version after it. */
const wasCurrent = ({ low, high }: { readonly low: number; readonly high: number }): Sql =>
  sql`+v.at < ${high} AND NOT EXISTS (SELECT 1 FROM version w INDEXED BY version_key WHERE w.key = v.key AND +w.seq > v.seq AND +w.at <= ${low})`;

/** Positions are [at, seq]; newest first. */
const beyond = ({ after, before }: Omit<HistoryWindow, 'size'>): Sql => {
  const position = before ?? after;
  if (position === undefined) return always;
  const [at, seq] = [position[0]!, position[1]!];
  return before === undefined
    ? sql`v.at <= ${at} AND (v.at < ${at} OR v.seq < ${seq})`
    : sql`v.at >= ${at} AND (v.at > ${at} OR v.seq > ${seq})`;
};
