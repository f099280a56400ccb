// access: the way to the resources of a plan. One conjunct is found by an index and drives; the others are looked at on
// each resource it finds. SQLite's own planner is not asked: it walks value ranges where it should probe.

import type { From, Or, Plan, To } from '../../../search/plan.ts';
import { gather, type Arm, type Source } from './arm.ts';
import {
  arrange,
  guessShare,
  inProbeOrder,
  mostProbes,
  probe,
  probesOf,
  rowsUntil,
  visit,
  type Weighed,
} from './cost.ts';
import { datesSource } from './entry-sources.ts';
import { datesOf, partsOf, typesOf } from './parts.ts';
import type { Estimator } from './estimate.ts';
import { holds } from './holds.ts';
import { everySource, typeSource } from './resource-sources.ts';
import { live, paramIds, type Scope } from './scope.ts';
import { sourcesOf } from './source.ts';
import { all, always, join, never, oneOf, sql, type Sql } from './sql.ts';

/** What planning needs besides the plan. */
export interface Planner {
  readonly scope: Scope;
  readonly estimator: Estimator;
}

/** The arms find candidates; `rest` must hold of each. `cost` is in rows looked at, more or less microseconds. */
export interface Access {
  readonly words: string;
  readonly arms: readonly Arm[];
  readonly rest: readonly Plan[];
  readonly rows: number;
  readonly cost: number;
}

interface Candidate {
  readonly source: Source;
  readonly rows: number;
}

interface Conjunct extends Weighed {
  readonly candidates: readonly Candidate[];
}

/** What is known of a plan before a way is chosen. */
export interface Analysis {
  readonly conjuncts: readonly Conjunct[];
  readonly base: Candidate;
  /** Resources for which the plan holds, supposing that conjuncts have nothing to do with each other. */
  readonly matches: number;
}

export const analyze = (plan: Plan, planner: Planner): Analysis => {
  const types = typesOf(plan);
  const base = baseOf(types, planner);
  const parts = partsOf(plan, types);
  const direct = new Map(
    parts.filter(isDirect).map((part) => [part, candidatesOf(part, { types, parts }, planner)]),
  );
  const fewest = fewestOf([...direct.values()].flat());
  const conjuncts = parts.map((part): Conjunct => {
    const least = direct.has(part) ? 0 : leastIfHopeless(part, { types, fewest }, planner);
    if (least > 0) return { plan: part, candidates: [], share: shareOf(least, base) };
    const candidates = direct.get(part) ?? candidatesOf(part, { types, parts }, planner);
    const share = candidates.length === 0 ? guessShare(part) : shareOf(fewestOf(candidates), base);
    return { plan: part, candidates, share };
  });
  const matches = conjuncts.reduce((rows, { share }) => rows * share, base.rows);
  return { conjuncts, base, matches: Math.min(matches, ...fewestRows(conjuncts)) };
};

const isDirect = ({ op }: Plan): boolean => op !== 'or' && op !== 'to' && op !== 'from';

interface Around {
  readonly types: readonly string[] | undefined;
  readonly parts: readonly Plan[];
}

const candidatesOf = (
  part: Plan,
  { types, parts }: Around,
  planner: Planner,
): readonly Candidate[] =>
  [...sourcesOfPart(part, types, planner), ...sourcesTogether(part, parts, planner.scope)].map(
    (source) => ({ source, rows: rowsOfArms(source.arms, planner) }),
  );

const fewestOf = (candidates: readonly Candidate[]): number =>
  Math.min(...candidates.map(({ rows }) => rows));

const shareOf = (rows: number, base: Candidate): number =>
  Math.min(1, rows / Math.max(1, base.rows));

/**
 * How many rows a way by this part would look at at least, when another conjunct has found so few that no such way can be the
 * cheapest; 0 when one might be. What a caller may see is such a part in every search: laying out its ways would cost more than
 * asking the few.
 */
const leastIfHopeless = (
  part: Plan,
  { types, fewest }: { readonly types: Around['types']; readonly fewest: number },
  planner: Planner,
): number => {
  if (fewest > fewEnough) return 0;
  const least = leastRows(part, types, planner);
  return least !== Infinity && least > fewest * probesOf(part) * marginOfProbe ? least : 0;
};

const fewEnough = 100;
/** A resource is asked for the price of this many rows of an index at most. */
const marginOfProbe = 5;

/** Rows that any way by the plan's indexes looks at; 0 where saying it would need a chain, Infinity where there is no way. */
const leastRows = (plan: Plan, types: Around['types'], planner: Planner): number => {
  switch (plan.op) {
    case 'or':
      return Math.max(0, ...plan.plans.map((each) => leastRows(each, types, planner)));
    case 'and':
      return Math.min(...plan.plans.map((each) => leastRows(each, types, planner)));
    case 'to':
    case 'from':
      return 0;
    default:
      return Math.min(
        ...sourcesOfPart(plan, types, planner).map(({ arms }) => rowsOfArms(arms, planner)),
      );
  }
};

const fewestRows = (conjuncts: readonly Conjunct[]): readonly number[] =>
  conjuncts.flatMap(({ candidates }) => candidates.map(({ rows }) => rows));

/**
 * The way of a plan whose one conjunct an index holds in default order: then nothing is to be compared, and counting
 * rows would cost more than the search. undefined for all other plans.
 */
export const obvious = (plan: Plan, planner: Planner): Access | undefined => {
  const types = typesOf(plan);
  const parts = partsOf(plan, types);
  if (parts.length !== 1 || ['or', 'to', 'from'].includes(parts[0]!.op)) return undefined;
  const sources = sourcesOfPart(parts[0]!, types, planner);
  const source = sources.length === 1 ? sources[0]! : undefined;
  if (source === undefined || !source.exact || source.arms.some((arm) => !arm.ordered))
    return undefined;
  return { words: source.words, arms: source.arms, rest: [], rows: 0, cost: 0 };
};

/** The cheapest way to the first `wanted` matches in default order; to all of them when `wanted` is Infinity. */
export const cheapest = (analysis: Analysis, wanted: number): Access => {
  const accesses = [
    accessBy(analysis, analysis.base, undefined, wanted),
    ...analysis.conjuncts.flatMap((conjunct) =>
      conjunct.candidates.map((candidate) => accessBy(analysis, candidate, conjunct, wanted)),
    ),
  ];
  return accesses.reduce((best, access) => (access.cost < best.cost ? access : best));
};

const accessBy = (
  { conjuncts, matches }: Analysis,
  { source, rows }: Candidate,
  driver: Conjunct | undefined,
  wanted: number,
): Access => {
  const rest = inProbeOrder(conjuncts.filter((conjunct) => conjunct !== driver || !source.exact));
  const each = visit + probe * mostProbes(rest);
  const ordered = source.arms.every((arm) => arm.ordered);
  const seen = ordered ? rowsUntil(wanted, rows, matches) : rows;
  return {
    words: source.words,
    arms: source.arms,
    rest: rest.map(({ plan }) => plan),
    rows: Math.min(rows, matches),
    cost: seen * (ordered ? each : each + arrange) + source.arms.length,
  };
};

/** The cost of going through resources in an order of which the plan knows nothing, until `wanted` are found. */
export const costOfWalk = (
  { base, conjuncts, matches }: Analysis,
  rows: number,
  wanted: number,
): number =>
  rowsUntil(wanted, Math.min(rows, base.rows), matches) *
  (visit + probe * (1 + Math.max(1, mostProbes(conjuncts))));

/** The arms with everything a statement says of their rows; `tick` lets it be stopped. */
export const conditionsOf = (
  { arms, rest }: Access,
  scope: Scope,
): readonly { readonly arm: Arm; readonly condition: Sql }[] =>
  arms
    .map((arm) => {
      const holding = rest.map((plan) => holds(plan, arm.focus, scope));
      const condition = all([arm.bounds, arm.filter, sql`tick(${arm.focus.key})`, ...holding]);
      return { arm, condition };
    })
    .filter(({ condition }) => condition !== never);

/** The keys of all resources an access leads to, some perhaps twice. */
export const keysOf = (access: Access, scope: Scope): Sql => {
  const parts = conditionsOf(access, scope).map(
    ({ arm, condition }) => sql`SELECT ${arm.focus.key} AS key FROM ${arm.from} WHERE ${condition}`,
  );
  return parts.length === 0 ? noKeys : join(parts, ' UNION ALL ');
};

export const noKeys = sql`SELECT 0 AS key WHERE 0`;

const baseOf = (types: readonly string[] | undefined, planner: Planner): Candidate => {
  const source =
    types === undefined ? everySource(planner.scope) : typeSource(types, planner.scope);
  return { source, rows: rowsOfArms(source.arms, planner) };
};

const rowsOfArms = (arms: readonly Arm[], { estimator }: Planner): number =>
  arms.reduce((sum, arm) => sum + estimator.rows(arm), 0);

const sourcesOfPart = (
  part: Plan,
  types: readonly string[] | undefined,
  planner: Planner,
): readonly Source[] => {
  switch (part.op) {
    case 'or':
      return orSource(part, planner);
    case 'to':
      return [toSource(part, planner)];
    case 'from':
      return [fromSource(part, planner)];
    case 'and':
    case 'not':
    case 'everything':
    case 'nothing':
      return [];
    default:
      return sourcesOf(part, types, planner.scope).map(withoutEmptyArms);
  }
};

/** A beginning and an end asked of the same date narrow far more together than each by itself. */
const sourcesTogether = (part: Plan, parts: readonly Plan[], scope: Scope): readonly Source[] => {
  if (part.op !== 'date') return [];
  const leaves = datesOf(part.params, parts, scope);
  return leaves.length > 1 && leaves[0] === part ? [datesSource(leaves, scope)] : [];
};

/** An arm of names the store does not know has no index to look them up in. */
const withoutEmptyArms = (source: Source): Source => ({
  ...source,
  arms: source.arms.filter(({ bounds, filter }) => bounds !== never && filter !== never),
});

const orSource = ({ plans }: Or, planner: Planner): readonly Source[] => {
  const few = plans.length <= mostArms;
  const ways = few ? planner : { ...planner, estimator: uncounted };
  const accesses = plans.map((plan) => cheapest(analyze(plan, ways), Infinity));
  const arms = accesses.flatMap(({ arms, rest }) =>
    arms.map((arm): Arm => {
      const filter = all([
        arm.filter,
        ...rest.map((plan) => holds(plan, arm.focus, planner.scope)),
      ]);
      return { ...arm, filter };
    }),
  );
  const words = accesses.slice(0, mostArms).map((access) => access.words);
  const rows = accesses.reduce((sum, access) => sum + access.rows, 0);
  const isFew = few && arms.length <= mostArms;
  const gathered = isFew ? arms : gather(arms, rows, planner.scope);
  return [{ words: words.join(' or '), exact: true, arms: gathered }];
};

const mostArms = 64;

/** Of hundreds of alternatives none is worth counting: what is looked up by its value is taken to be rare. */
const uncounted: Estimator = { rows: ({ guess, ordered }) => guess ?? (ordered ? 200 : 20) };

/** From the resources for which the inner plan holds back along the references. */
const toSource = (plan: To, planner: Planner): Source => {
  const { keys, rows, words } = innerKeys(plan.plan, planner);
  const { scope } = planner;
  const [inner, r, t] = [scope.alias(), scope.alias(), scope.alias()];
  const arm: Arm = {
    from: sql`(${keys}) ${inner} CROSS JOIN resource ${r} ON ${r}.key = ${inner}.key CROSS JOIN reference ${t} INDEXED BY reference_value ON ${oneOf(sql`${t}.param`, paramIds(plan.params, scope))} AND ${t}.target = ${r}.name`,
    bounds: always,
    filter: always,
    focus: { key: sql`${t}.key` },
    ordered: false,
    ...guessOf(rows),
  };
  return { words: `what refers to (${words})`, exact: true, arms: [arm] };
};

/** From the resources for which the inner plan holds along their references. */
const fromSource = (plan: From, planner: Planner): Source => {
  const { keys, rows, words } = innerKeys(plan.plan, planner);
  const { scope } = planner;
  const [inner, t, r] = [scope.alias(), scope.alias(), scope.alias()];
  const params = paramIds(plan.params, live(scope));
  const arm: Arm = {
    from: sql`(${keys}) ${inner} CROSS JOIN reference ${t} ON ${t}.key = ${inner}.key AND ${oneOf(sql`+${t}.param`, params)} CROSS JOIN resource ${r} ON ${r}.name = ${t}.target`,
    bounds: scope.rows === 'live' ? sql`+${r}.type > 0` : always,
    filter: always,
    focus: { key: sql`${r}.key`, resource: r },
    ordered: false,
    ...guessOf(rows),
  };
  return { words: `what is referred to by (${words})`, exact: true, arms: [arm] };
};

const innerKeys = (
  plan: Plan,
  { scope, estimator }: Planner,
): { readonly keys: Sql; readonly rows: number; readonly words: string } => {
  const inner = live(scope);
  const access = cheapest(analyze(plan, { scope: inner, estimator }), Infinity);
  return { keys: keysOf(access, inner), rows: access.cost, words: access.words };
};

/** With many inner resources even counting the first would go through all of them. */
const guessOf = (rows: number): { readonly guess?: number } =>
  rows > 2000 ? { guess: rows * 4 } : {};
