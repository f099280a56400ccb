// A small world in memory for search tests: resources stored by what they are found by, searched by the reference meaning.

import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { buildRegistry } from '#src/search/build-registry.ts';
import { matches, type Stored, type World } from '#src/search/match.ts';
import { planSearch, type Search, type SearchInput } from '#src/search/plan-search.ts';
import type { Terminology } from '#src/terminology/types.ts';

export const base = 'http://localhost/fhir';
export const definitions = loadDefinitions();
export const registry = buildRegistry(definitions, base);
export const limits = { parameters: 100, orValues: 500, chain: 8, page: 1000, includes: 1000 };
export const now = Date.UTC(2026, 0, 1);

/** A terminology that knows one value set and one small hierarchy. */
export const terminology: Terminology = {
  expand: (valueSet) =>
    Promise.resolve(
      valueSet === 'http://example.org/ValueSet/colours'
        ? [
            { system: 'http://example.org/colours', code: 'red' },
            { system: 'http://example.org/colours', code: 'blue' },
          ]
        : undefined,
    ),
  contains: () => Promise.resolve(undefined),
  below: (system, code) =>
    Promise.resolve(
      system === 'http://example.org/colours' && code === 'red' ? ['red', 'crimson'] : undefined,
    ),
  above: (system, code) =>
    Promise.resolve(
      system === 'http://example.org/colours' && code === 'crimson'
        ? ['crimson', 'red']
        : undefined,
    ),
};

export const store = (resource: Resource, id: string, at = now): Stored => ({
  type: resource.resourceType,
  id,
  at,
  entries: registry.extract({ ...resource, id }),
});

export const worldOf = (stored: readonly Stored[]): World => {
  const byKey = new Map(stored.map((each) => [`${each.type}/${each.id}`, each]));
  return { get: (key) => byKey.get(key), all: () => byKey.values() };
};

/** `Patient?name=eve` as the server would get it. */
export const plan = (request: string, more: Partial<SearchInput> = {}): Promise<Search> => {
  const [type = '', query = ''] = request.split(/\?(.*)/s);
  const types = type === '' ? definitions.resourceTypes : [type];
  const pairs = [...new URLSearchParams(query)];
  return planSearch(
    { types, query: pairs, base, handling: 'strict', limits, now, ...more },
    { registry, terminology, definitions },
  );
};

export const find = async (
  request: string,
  stored: readonly Stored[],
  more: Partial<SearchInput> = {},
): Promise<readonly string[]> => {
  const search = await plan(request, more);
  const world = worldOf(stored);
  return stored.filter((each) => matches(search.plan, each, world)).map(({ id }) => id);
};
