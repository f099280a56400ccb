// include: resources added to a page of matches because they are referred to, or refer to them.
// https://hl7.org/fhir/R4/search.html#include

import { tooCostly } from '../fhir/problem.ts';
import { and, or, type Plan } from './plan.ts';

/** One _include or _revinclude, read. */
export interface Include {
  readonly direction: 'include' | 'revinclude';
  /** Follows what it added, too. */
  readonly iterate: boolean;
  /** Reference parameters that join, by the type that has them. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  /** The types they may lead to. */
  readonly targets: readonly string[];
}

export interface Identity {
  readonly type: string;
  readonly id: string;
}

/**
 * Finds at most `size` current resources of these types for which the plan holds. The interaction passes it in and narrows it
 * to what the caller may see, type by type.
 */
export type Reach<T> = (
  types: readonly string[],
  plan: Plan,
  size: number,
) => Promise<readonly T[]>;

/**
 * What the includes add to one page, each resource once, without the matches themselves, in the order found. Throws a 400 when
 * it would be more than `limits.includes`.
 */
export const followIncludes = async <T extends Identity>(
  matches: readonly T[],
  includes: readonly Include[],
  reach: Reach<T>,
  limits: { readonly includes: number },
): Promise<readonly T[]> => {
  const seen = new Set(matches.map(keyOf));
  const added: T[] = [];
  let frontier = matches;
  for (
    let round = includes;
    round.length > 0 && frontier.length > 0;
    round = round.filter(iterates)
  ) {
    const questions = round.flatMap((include) => questionOf(include, frontier));
    const size = limits.includes + 1;
    const found = await Promise.all(questions.map(({ types, plan }) => reach(types, plan, size)));
    const fresh = found.flat().filter((each) => isFresh(each, seen));
    added.push(...fresh);
    if (added.length > limits.includes)
      throw tooCostly(
        `_include and _revinclude would add more than ${String(limits.includes)} resources (LIMIT_INCLUDES); ask for fewer with _count or a target type.`,
      );
    frontier = fresh;
  }
  return added;
};

const iterates = ({ iterate }: Include): boolean => iterate;

const keyOf = ({ type, id }: Identity): string => `${type}/${id}`;

const isFresh = (each: Identity, seen: Set<string>): boolean => {
  const key = keyOf(each);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
};

interface Question {
  readonly types: readonly string[];
  readonly plan: Plan;
}

const questionOf = (include: Include, frontier: readonly Identity[]): readonly Question[] =>
  include.direction === 'include' ? forward(include, frontier) : backward(include, frontier);

/** Resources that those of the frontier refer to. */
const forward = (
  { params, targets }: Include,
  frontier: readonly Identity[],
): readonly Question[] => {
  const plans = [...idsByType(frontier)].flatMap(([type, ids]): readonly Plan[] => {
    const joins = params.get(type);
    const here = and({ op: 'type', types: [type] }, { op: 'id', ids });
    return joins === undefined ? [] : [{ op: 'from', params: joins, plan: here }];
  });
  return plans.length === 0 ? [] : [{ types: targets, plan: or(...plans) }];
};

/** Resources that refer to those of the frontier. */
const backward = (
  { params, targets }: Include,
  frontier: readonly Identity[],
): readonly Question[] => {
  const keys = frontier.filter(({ type }) => targets.includes(type)).map(keyOf);
  if (keys.length === 0 || params.size === 0) return [];
  const joins = [...params.values()].flat();
  return [{ types: [...params.keys()], plan: { op: 'reference', params: joins, targets: keys } }];
};

const idsByType = (frontier: readonly Identity[]): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>();
  for (const { type, id } of frontier) groups.set(type, [...(groups.get(type) ?? []), id]);
  return groups;
};
