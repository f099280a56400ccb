// search: a plan and a window as the statements that give a page.

import type { Plan } from '../../../search/plan.ts';
import type { Position, Window } from '../../../search/window.ts';
import {
  analyze,
  cheapest,
  conditionsOf,
  costOfWalk,
  keysOf,
  noKeys,
  obvious,
  type Access,
  type Analysis,
  type Planner,
} from './access.ts';
import { isBeyond, isNullable, isSortRow, orderBy, sortValue, type Reading } from './order.ts';
import { holds } from './holds.ts';
import { all, always, join, limit, raw, sql, type Sql } from './sql.ts';
import { typesOf } from './parts.ts';
import { walkOf, type Piece, type Walk } from './walk.ts';

/**
 * The statements to run in turn until the page is full, each made when it is needed. A row is: key, sort values, name,
 * version, at, deleted, method, custodian, text. `cost` is about microseconds.
 */
export interface Compiled {
  readonly words: string;
  readonly cost: number;
  readonly statements: readonly (() => Sql)[];
}

/** What one page is made of. */
interface Request {
  readonly plan: Plan;
  readonly sort: Window['sort'];
  readonly reading: Reading;
  readonly position: Position | undefined;
  /** One more than the page has, to know whether there is more. */
  readonly wanted: number;
}

export const compileSearch = (plan: Plan, window: Window, planner: Planner): Compiled => {
  const request: Request = {
    plan,
    sort: window.sort,
    reading: window.before === undefined ? 'forward' : 'backward',
    position: window.before ?? window.after,
    wanted: window.size + 1,
  };
  return window.sort.length === 0 ? inDefaultOrder(request, planner) : inOrderOf(request, planner);
};

const inDefaultOrder = (request: Request, planner: Planner): Compiled => {
  const access =
    obvious(request.plan, planner) ?? cheapest(analyze(request.plan, planner), request.wanted);
  return {
    words: access.words,
    cost: access.cost,
    statements: [() => withVersions(firstKeys(access, request, planner), 0)],
  };
};

/** Up to `wanted` keys of the plan in default order: what a conditional request asks. */
export const compileKeys = (plan: Plan, wanted: number, planner: Planner): Sql => {
  const access = obvious(plan, planner) ?? cheapest(analyze(plan, planner), wanted);
  return firstKeys(
    access,
    { plan, sort: [], reading: 'forward', position: undefined, wanted },
    planner,
  );
};

/** Every arm gives its keys in order; UNION merges them and drops what comes twice. */
const firstKeys = (
  access: Access,
  { reading, position, wanted }: Request,
  { scope }: Planner,
): Sql => {
  const arms = conditionsOf(access, scope);
  const isOne = arms.length === 1;
  const parts = arms.map(({ arm: { from, focus }, condition }) => {
    const beyond = position === undefined ? always : isBeyond([], [focus.key], position, reading);
    return sql`SELECT ${raw(isOne ? 'DISTINCT' : '')} ${focus.key} AS key FROM ${from} WHERE ${all([condition, beyond])}`;
  });
  if (parts.length === 0) return noKeys;
  const order = isOne ? arms[0]!.arm.focus.key : raw('key');
  return sql`${join(parts, ' UNION ')} ORDER BY ${orderBy([], [order], reading)} ${limit(wanted)}`;
};

/** Either all matches are found and put in order, or an index in that order is gone through until the page is full. */
const inOrderOf = (request: Request, planner: Planner): Compiled => {
  const analysis = analyze(request.plan, planner);
  const access = cheapest(analysis, Infinity);
  const collect = access.cost + access.rows * sortingCost * request.sort.length;
  const parts = analysis.conjuncts.map((conjunct) => conjunct.plan);
  const walk = walkOf(request.sort[0]!, { types: typesOf(request.plan), parts }, planner.scope);
  const walking =
    walk === undefined ? Infinity : costOfWalk(analysis, rowsOfWalk(walk, planner), request.wanted);
  if (walk === undefined || collect <= walking) {
    return {
      words: `${access.words}, then sorted`,
      cost: collect,
      statements: [() => withVersions(sortedKeys(access, request, planner), request.sort.length)],
    };
  }
  return {
    words: walk.words,
    cost: walking,
    statements: walkStatements(walk, analysis, request, planner),
  };
};

/** Of a sort value and its place among the others, in rows looked at. */
const sortingCost = 1.2;

const sortedKeys = (access: Access, request: Request, planner: Planner): Sql => {
  const { sort, reading, position, wanted } = request;
  const focus = { key: raw('found.key') };
  const names = sort.map((_, place) => raw(`s${String(place)}`));
  const values = sort.map(
    (each, place) => sql`${sortValue(each, focus, planner.scope)} AS ${names[place]!}`,
  );
  const columns = [...names, raw('key')];
  const beyond = position === undefined ? always : isBeyond(sort, columns, position, reading);
  // Materialized, so that a sort value is computed once however often the order asks for it.
  return sql`SELECT * FROM (WITH valued AS MATERIALIZED (SELECT found.key AS key, ${join(values, ', ')} FROM (SELECT DISTINCT key FROM (${keysOf(access, planner.scope)})) found) SELECT * FROM valued WHERE ${beyond} ORDER BY ${orderBy(sort, columns, reading)} ${limit(wanted)})`;
};

const rowsOfWalk = ({ pieces, focus }: Walk, { estimator }: Planner): number =>
  pieces.reduce(
    (sum, piece) => sum + estimator.rows({ ...piece, focus, filter: always, ordered: false }),
    0,
  );

/**
 * The pieces of the way in turn, and resources without a sort value, which are in no index, before or after them. A
 * condition on the sort value itself is met by none of those.
 */
const walkStatements = (
  walk: Walk,
  analysis: Analysis,
  request: Request,
  planner: Planner,
): Compiled['statements'] => {
  const { position, reading, sort } = request;
  const first = sort[0]!;
  const pieces = isFalling(request) ? walk.pieces.toReversed() : walk.pieces;
  const walked = (from: Position | undefined) =>
    pieces.map((piece) => () => {
      const keys = walkedKeys({ walk, piece }, analysis, { ...request, position: from }, planner);
      return withVersions(keys, sort.length);
    });
  const missing = (from: Position | undefined) => () =>
    withVersions(missingKeys(analysis, { ...request, position: from }, planner), sort.length);
  const isNeeded = analysis.conjuncts.some(({ plan }) => needsValue(plan, first));
  if (!isNullable(first) || isNeeded) return walked(position);
  const isMissing = position?.[0] === null;
  if (reading === 'forward')
    return isMissing ? [missing(position)] : [...walked(position), missing(undefined)];
  return isMissing ? [missing(position), ...walked(undefined)] : walked(position);
};

const isFalling = ({ sort, reading }: Request): boolean =>
  (sort[0]!.direction === 'desc') !== (reading === 'backward');

/** Whether only resources with a value of the sort key meet the condition. */
const needsValue = (plan: Plan, sort: Window['sort'][number]): boolean =>
  plan.op === 'date' &&
  plan.op === sort.by &&
  plan.params.every((param) => sort.params.includes(param));

const walkedKeys = (
  { walk, piece }: { readonly walk: Walk; readonly piece: Piece },
  { conjuncts }: Analysis,
  request: Request,
  { scope }: Planner,
): Sql => {
  const { sort, reading, position, wanted } = request;
  const others = sort.slice(1).map((each) => sortValue(each, walk.focus, scope));
  const columns = [walk.column, ...others, walk.focus.key];
  const start = position && [walk.toColumn(position[0]!), ...position.slice(1)];
  const direction = raw(isFalling(request) ? '<=' : '>=');
  const isImplied = ({ plan }: Analysis['conjuncts'][number]): boolean =>
    plan.op === 'type' && walk.types.every((type) => plan.types.includes(type));
  const conditions = [
    piece.bounds,
    // Said apart from the position so that the index begins there.
    start === undefined ? always : sql`${walk.column} ${direction} ${start[0]!}`,
    sql`tick(${walk.focus.key})`,
    ...conjuncts
      .filter((conjunct) => !isImplied(conjunct))
      .map(({ plan }) => holds(plan, walk.focus, scope)),
    start === undefined ? always : isBeyond(sort, columns, start, reading),
    walk.isFirst,
  ];
  const values = [walk.value, ...others].map(
    (value, place) => sql`${value} AS s${raw(String(place))}`,
  );
  // Every row of the way has a value, so the index need not be asked for those without.
  const order = orderBy(
    [{ by: 'updated', direction: sort[0]!.direction }, ...sort.slice(1)],
    columns,
    reading,
  );
  return sql`SELECT DISTINCT ${walk.focus.key} AS key, ${join(values, ', ')} FROM ${piece.from} WHERE ${all(conditions)} ORDER BY ${order} ${limit(wanted)}`;
};

/** The matches without a value of the first sort key, in the order of the other keys. */
const missingKeys = (analysis: Analysis, request: Request, planner: Planner): Sql => {
  const first = request.sort[0]!;
  if (!('params' in first)) throw new Error('Every resource has a value of this sort key.');
  const { scope } = planner;
  const access = cheapest(analysis, Infinity);
  const arms = access.arms.map((arm) => {
    const t = scope.alias();
    const none = sql`NOT EXISTS (SELECT 1 FROM ${raw(first.by)} ${t} WHERE ${t}.key = ${arm.focus.key} AND ${isSortRow(first.by, first.params, t, scope)})`;
    return { ...arm, filter: all([arm.filter, none]) };
  });
  const rest: Request = {
    ...request,
    sort: request.sort.slice(1),
    position: request.position?.slice(1),
  };
  const keys =
    rest.sort.length === 0
      ? firstKeys({ ...access, arms }, rest, planner)
      : sortedKeys({ ...access, arms }, rest, planner);
  const columns = rest.sort.map(
    (_, place) => sql`s${raw(String(place))} AS s${raw(String(place + 1))}`,
  );
  return sql`SELECT ${join([raw('key'), raw('NULL AS s0'), ...columns], ', ')} FROM (${keys})`;
};

/** What `toVersion` reads, of the aliases r (resource) and v (version). */
export const versionColumns = raw(
  'r.name, v.version, v.at, v.deleted, v.method, v.custodian, v.text',
);

/** The inner statement's order stays: its rows are gone through one by one. */
const withVersions = (keys: Sql, sortKeys: number): Sql => {
  const values = Array.from({ length: sortKeys }, (_, place) => raw(`page.s${String(place)}`));
  const columns = join([raw('page.key'), ...values], ', ');
  return sql`SELECT ${columns}, ${versionColumns} FROM (${keys}) page CROSS JOIN resource r ON r.key = page.key CROSS JOIN version v ON v.seq = r.seq`;
};
