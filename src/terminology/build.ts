// Terminology over local content: code systems and value sets found by canonical, compiled when first asked for.
// https://hl7.org/fhir/R4/terminology-service.html

import { buildCache } from './cache.ts';
import { reach, readCodeSystem } from './code-system.ts';
import { openKnownSystem } from './known-systems.ts';
import type {
  CodeSystem,
  FindCanonical,
  KnownSystem,
  LocalTerminology,
  ValueSet,
} from './types.ts';
import { compileValueSet, type Sources } from './value-set.ts';

const cachedSystems = 300;
const cachedValueSets = 1_000;
const longestTrail = 32;

export const buildTerminology = (find: FindCanonical): LocalTerminology => {
  const systems = buildCache<CodeSystem>(cachedSystems);
  const valueSets = buildCache<ValueSet>(cachedValueSets);
  const knownSystems = new Map<string, KnownSystem>();
  let generation = 0;

  const codeSystem = async (url: string): Promise<CodeSystem | undefined> => {
    const cached = systems.get(url);
    if (cached) return cached;
    const asked = generation;
    const resource = await find(url);
    if (resource?.resourceType !== 'CodeSystem' || resource['content'] === 'supplement')
      return undefined;
    const system = readCodeSystem(resource);
    return asked === generation ? systems.set(url, system) : system;
  };

  const knownSystem = async (url: string): Promise<KnownSystem | undefined> => {
    const open = knownSystems.get(url) ?? (await openKnownSystem(url));
    if (open) knownSystems.set(url, open);
    return open;
  };

  // Only finished value sets are shared: two that import each other would otherwise wait for each other for ever.
  const imported: Sources['valueSet'] = async (url, trail) => {
    const bare = url.replace(/\|.*$/, '');
    if (trail.includes(bare)) return `ValueSet '${bare}' imports itself.`;
    if (trail.length >= longestTrail) return `ValueSet '${bare}' is imported too deep.`;
    const cached = valueSets.get(url);
    if (cached) return cached;
    const asked = generation;
    const resource = await find(url);
    if (resource?.resourceType !== 'ValueSet') return `ValueSet '${url}' is not known here.`;
    const valueSet = await compileValueSet(resource, sources, [...trail, bare]);
    return asked === generation ? valueSets.set(url, valueSet) : valueSet;
  };

  const sources: Sources = { codeSystem, knownSystem, valueSet: imported };

  const valueSet = async (url: string): Promise<ValueSet | undefined> => {
    const found = await imported(url, []);
    return typeof found === 'string' ? undefined : found;
  };

  return {
    codeSystem,
    knownSystem,
    valueSet,
    compile: (resource) =>
      compileValueSet(resource, sources, resource.url === undefined ? [] : [resource.url]),
    expand: async (url) => (await valueSet(url))?.list(),
    contains: async (url, coding) => (await valueSet(url))?.contains(coding),
    below: async (system, code) => {
      const known = await codeSystem(system);
      return known && [...reach(known.find(code)?.code ?? code, (each) => known.children(each))];
    },
    above: async (system, code) => {
      const known = await codeSystem(system);
      return known && [...reach(known.find(code)?.code ?? code, (each) => known.parents(each))];
    },
    invalidate: () => {
      generation += 1;
      systems.clear();
      valueSets.clear();
    },
    generation: () => generation,
  };
};
