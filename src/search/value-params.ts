// value-params: under which params the index keeps the values of a search parameter.

import type { Definitions, SearchParameter } from '../fhir/definitions/types.ts';

/**
 * Mostly `Type.code` itself. Parameters with the same expression share their values (`name` and `phonetic`), and one that is
 * the union of others is asked for as those (`combo-code` is `code` and `component-code`), so that nothing is kept twice.
 */
export const valueParams = (
  type: string,
  code: string,
  definitions: Definitions,
): readonly string[] => {
  const parameters = definitions.searchParameters(type);
  let known = cache.get(parameters);
  if (known === undefined) {
    known = homesOf(type, [...parameters.values()]);
    cache.set(parameters, known);
  }
  return known.get(code) ?? [`${type}.${code}`];
};

type Homes = ReadonlyMap<string, readonly string[]>;

const cache = new WeakMap<ReadonlyMap<string, SearchParameter>, Homes>();

interface Candidate {
  readonly code: string;
  readonly kind: string;
  readonly alternatives: ReadonlySet<string>;
}

const homesOf = (type: string, parameters: readonly SearchParameter[]): Homes => {
  const candidates = parameters
    .filter((parameter) => parameter.type !== 'composite' && parameter.expression !== '')
    .map(candidateOf)
    .sort((a, b) => b.alternatives.size - a.alternatives.size || (a.code < b.code ? -1 : 1));
  const homes = new Map<string, readonly string[]>();
  // The smallest first, so that what a union is made of has its home already.
  for (const candidate of candidates.toReversed()) {
    const twin = candidates.find((other) => isTwin(other, candidate))!;
    const parts = unionOf(candidate, candidates);
    const codes = parts ?? [twin];
    homes.set(candidate.code, [
      ...new Set(
        codes.flatMap(({ code }) =>
          code === candidate.code ? [`${type}.${code}`] : (homes.get(code) ?? [`${type}.${code}`]),
        ),
      ),
    ]);
  }
  return homes;
};

const candidateOf = ({ code, type, expression }: SearchParameter): Candidate => {
  const parts = expression.split(' | ').map((part) => part.trim());
  const isUnion = parts.every((part) => part.split('(').length === part.split(')').length);
  return { code, kind: type, alternatives: new Set(isUnion ? parts : [expression]) };
};

const isTwin = (a: Candidate, b: Candidate): boolean =>
  a.kind === b.kind &&
  a.alternatives.size === b.alternatives.size &&
  a.alternatives.isSubsetOf(b.alternatives);

/** Parameters that together look at just what this one looks at; the largest parts first. */
const unionOf = (
  whole: Candidate,
  candidates: readonly Candidate[],
): readonly Candidate[] | undefined => {
  const parts: Candidate[] = [];
  let covered: ReadonlySet<string> = new Set<string>();
  for (const part of candidates) {
    const isPart =
      part.kind === whole.kind &&
      part.alternatives.size < whole.alternatives.size &&
      part.alternatives.isSubsetOf(whole.alternatives);
    if (!isPart || part.alternatives.isSubsetOf(covered)) continue;
    parts.push(part);
    covered = covered.union(part.alternatives);
  }
  return covered.size === whole.alternatives.size ? parts : undefined;
};
