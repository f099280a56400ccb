// result-parameters: parameters that say how the matches are returned, not which they are.
// https://hl7.org/fhir/R4/search.html#return

import { invalid, notSupported } from '../fhir/problem.ts';
import type { Include } from './include.ts';
import { readInclude } from './read-include.ts';
import { readSort } from './read-sort.ts';
import type { Scope } from './search-dependencies.ts';
import type { Sort } from './window.ts';

/** How the matches are returned; what was not asked for is absent. */
export interface ResultWishes {
  readonly sort?: readonly Sort[];
  readonly size?: number;
  readonly total?: 'none' | 'estimate' | 'accurate';
  readonly summary?: Summary;
  readonly elements?: readonly string[];
  readonly includes?: readonly Include[];
  readonly explain?: boolean;
  readonly cursor?: string;
}

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false';

/** Whether the name (its modifiers apart) is that of a result parameter. */
export const isResultParameter = (name: string): boolean =>
  Object.hasOwn(resultParameters, withoutModifier(name));

/**
 * Reads one result parameter for a search of these types. Throws a 400: `not-supported` when it names a search parameter that
 * there is not, `invalid` when the value is not of its form.
 */
export const readResultParameter = (
  name: string,
  value: string,
  types: readonly string[],
  scope: Scope,
): ResultWishes => {
  const code = withoutModifier(name);
  const modifier = name.slice(code.length + 1);
  const takesModifier = code === '_include' || code === '_revinclude';
  if (modifier !== '' && !takesModifier)
    throw invalid(`Parameter '${code}' takes no modifier ':${modifier}'.`);
  const read = resultParameters[code as keyof typeof resultParameters];
  return read(value, { code, modifier, types, scope });
};

/** Result parameters that contradict themselves when they are there twice. */
export const isSingle = (name: string): boolean =>
  ['_count', '_total', '_summary', '_cursor'].includes(name);

const withoutModifier = (name: string): string => name.split(':', 1)[0]!;

interface Surroundings {
  readonly code: string;
  readonly modifier: string;
  readonly types: readonly string[];
  readonly scope: Scope;
}

type ReadWish = (value: string, around: Surroundings) => ResultWishes;

const readCount: ReadWish = (value, { scope }) => {
  if (!/^\d{1,9}$/.test(value)) throw invalid(`_count is a whole number, not '${value}'.`);
  // "If _count has the value 0, this shall be treated the same as _summary=count."
  const size = Math.min(Number(value), scope.limits.page);
  return size === 0 ? { size, summary: 'count' } : { size };
};

const oneOf = <T extends string>(value: string, code: string, words: readonly T[]): T => {
  const word = words.find((each) => each === value);
  if (word === undefined) throw invalid(`${code} is one of ${words.join(', ')}, not '${value}'.`);
  return word;
};

const readTotal: ReadWish = (value, { code }) => ({
  total: oneOf(value, code, ['none', 'estimate', 'accurate']),
});

const readSummary: ReadWish = (value, { code }) => ({
  summary: oneOf(value, code, ['true', 'text', 'data', 'count', 'false']),
});

const readElements: ReadWish = (value) => ({
  elements: value
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== ''),
});

const readIncludes =
  (direction: Include['direction']): ReadWish =>
  (value, { modifier, types, scope }) => {
    if (!['', 'iterate', 'recurse'].includes(modifier))
      throw invalid(`Parameter '_${direction}' takes no modifier ':${modifier}', only :iterate.`);
    return {
      includes: [readInclude({ direction, iterate: modifier !== '' }, value, types, scope)],
    };
  };

/** Negotiated before the search: see `http/negotiate`. */
const elsewhere: ReadWish = () => ({});

const refused: ReadWish = (_value, { code }) => {
  throw notSupported(`Parameter '${code}' is not supported.`);
};

const resultParameters = {
  _sort: (value, { types, scope }) => ({ sort: readSort(value, types, scope) }),
  _count: readCount,
  _total: readTotal,
  _summary: readSummary,
  _elements: readElements,
  _include: readIncludes('include'),
  _revinclude: readIncludes('revinclude'),
  _score: refused,
  _format: elsewhere,
  _pretty: elsewhere,
  __explain: (value) => ({ explain: value !== 'false' }),
  _cursor: (value) => ({ cursor: value }),
} as const satisfies Readonly<Record<string, ReadWish>>;
