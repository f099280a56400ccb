// include: resources added to a page of matches because they are referred to, or refer to them.
// https://hl7.org/fhir/R4/search.html#include

import { tooCostly } from '../fhir/problem.ts';
import type { LiteralReference } from '../fhir/reference.ts';
import type { Entry } from './entry.ts';
import { linksOf } from './links.ts';
import { and, nothing, or, type Plan } from './plan.ts';

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
  readonly version?: string;
}

/** How includes come to resources. The interaction passes it in and narrows it to what the caller may see, type by type. */
export interface Reach<T> {
  /** At most `size` current resources of these types for which the plan holds. */
  search(types: readonly string[], plan: Plan, size: number): Promise<readonly T[]>;
  /** Versions that references name; those that are not there are left out. */
  read(versions: readonly Required<Identity>[]): Promise<readonly T[]>;
  /** Whether some reference of the resource may name a version. */
  namesVersions(resource: T): boolean;
  /** Its index values, a reference that names a version right behind the same one without it. */
  entriesOf(resource: T): readonly Entry[];
}

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
  const seen = new Set(matches.flatMap(namesOf));
  const added: T[] = [];
  let found: Found<T> = { current: matches, named: [] };
  for (
    let round = includes;
    round.length > 0 && sizeOf(found) > 0;
    round = round.filter(iterates)
  ) {
    found = fresh(await followRound(frontierOf(found, reach), round, reach, limits), seen);
    added.push(...found.current, ...found.named);
    if (added.length > limits.includes)
      throw tooCostly(
        `_include and _revinclude would add more than ${String(limits.includes)} resources (LIMIT_INCLUDES); ask for fewer with _count or a target type.`,
      );
  }
  return added;
};

const iterates = ({ iterate }: Include): boolean => iterate;

/** Resources as they are now, and versions that references named, which may be older. */
interface Found<T> {
  readonly current: readonly T[];
  readonly named: readonly T[];
}

const sizeOf = <T>({ current, named }: Found<T>): number => current.length + named.length;

const keyOf = ({ type, id }: Identity): string => `${type}/${id}`;
const versionKeyOf = (each: Identity): string => `${keyOf(each)}/_history/${each.version ?? ''}`;
const namesOf = (each: Identity): readonly string[] => [keyOf(each), versionKeyOf(each)];

/** A resource is added as it is now and in each other version that is named. */
const fresh = <T extends Identity>({ current, named }: Found<T>, seen: Set<string>): Found<T> => {
  const take = (names: readonly string[]): boolean => {
    if (names.some((name) => seen.has(name))) return false;
    for (const name of names) seen.add(name);
    return true;
  };
  return {
    current: current.filter((each) => take(namesOf(each))),
    named: named.filter((each) => take([versionKeyOf(each)])),
  };
};

/** What the next round starts from: most is joined by the index, which knows what current resources refer to. */
interface Frontier<T> {
  readonly indexed: readonly T[];
  /** Their references are read: they are older versions, or refer to some. */
  readonly read: readonly T[];
}

const frontierOf = <T>({ current, named }: Found<T>, reach: Reach<T>): Frontier<T> => {
  const read = current.filter((each) => reach.namesVersions(each));
  if (read.length === 0) return { indexed: current, read: named };
  const isRead = new Set(read);
  return { indexed: current.filter((each) => !isRead.has(each)), read: [...read, ...named] };
};

interface Question {
  readonly types: readonly string[];
  readonly plan: Plan;
  readonly versions: readonly Required<Identity>[];
}

const followRound = async <T extends Identity>(
  frontier: Frontier<T>,
  round: readonly Include[],
  reach: Reach<T>,
  limits: { readonly includes: number },
): Promise<Found<T>> => {
  const questions = round.map((include) =>
    include.direction === 'include'
      ? forward(include, frontier, reach)
      : backward(include, frontier),
  );
  const size = limits.includes + 1;
  const [current, named] = await Promise.all([
    Promise.all(
      questions
        .filter(({ plan }) => plan.op !== 'nothing')
        .map(({ types, plan }) => reach.search(types, plan, size)),
    ),
    reach.read(unique(questions.flatMap(({ versions }) => versions)).slice(0, size)),
  ]);
  return { current: current.flat(), named };
};

const unique = (versions: readonly Required<Identity>[]): readonly Required<Identity>[] => [
  ...new Map(versions.map((each) => [versionKeyOf(each), each])).values(),
];

/** Resources that those of the frontier refer to. */
const forward = <T extends Identity>(
  { params, targets }: Include,
  { indexed, read }: Frontier<T>,
  reach: Reach<T>,
): Question => {
  const joined = [...idsByType(indexed)].flatMap(([type, ids]): readonly Plan[] => {
    const joins = params.get(type);
    return joins === undefined ? [] : [{ op: 'from', params: joins, plan: these(type, ids) }];
  });
  const links = read.flatMap((each) => {
    const joins = params.get(each.type);
    return joins === undefined ? [] : linksOf(reach.entriesOf(each), joins);
  });
  const bare = links.filter(({ version }) => version === undefined);
  return {
    types: targets,
    plan: or(...joined, ...[...idsByType(bare)].map(([type, ids]) => these(type, ids))),
    versions: links.filter(
      (link): link is Required<LiteralReference> =>
        link.version !== undefined && targets.includes(link.type),
    ),
  };
};

const these = (type: string, ids: readonly string[]): Plan =>
  and({ op: 'type', types: [type] }, { op: 'id', ids });

/** Resources that refer to those of the frontier. */
const backward = <T extends Identity>(
  { params, targets }: Include,
  { indexed, read }: Frontier<T>,
): Question => {
  const keys = [...indexed, ...read].filter(({ type }) => targets.includes(type)).map(keyOf);
  const joins = [...params.values()].flat();
  const isNone = keys.length === 0 || joins.length === 0;
  return {
    types: [...params.keys()],
    plan: isNone ? nothing : { op: 'reference', params: joins, targets: keys },
    versions: [],
  };
};

const idsByType = (frontier: readonly Identity[]): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>();
  for (const { type, id } of frontier) groups.set(type, [...(groups.get(type) ?? []), id]);
  return groups;
};
