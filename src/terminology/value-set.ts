// ValueSet: its compose compiled into one membership test and one list.
// https://hl7.org/fhir/R4/valueset.html#compositions

import type { CanonicalResource } from '../fhir/definitions/types.ts';
import { listed, optional, text } from './code-system.ts';
import { applyFilter } from './filters.ts';
import {
  intersect,
  isOf,
  nothing,
  onlyActive,
  remember,
  unite,
  without,
  type Part,
} from './parts.ts';
import { storedExpansion } from './stored-expansion.ts';
import type { CodeSystem, Concept, KnownSystem, ValueSet } from './types.ts';

/** What compiling a value set asks of the world. */
export interface Sources {
  codeSystem(url: string): Promise<CodeSystem | undefined>;
  knownSystem(url: string): Promise<KnownSystem | undefined>;
  /** A value set that is imported by those in the trail; a sentence when there is none to be had. */
  valueSet(url: string, trail: readonly string[]): Promise<ValueSet | string>;
}

type Clause = Readonly<Record<string, unknown>>;

export const compileValueSet = async (
  resource: CanonicalResource,
  sources: Sources,
  trail: readonly string[],
): Promise<ValueSet> => {
  const compose = resource['compose'] as Clause | undefined;
  const stored = storedExpansion(resource);
  if (!compose)
    return { resource, ...(stored ?? nothing('It has neither compose nor expansion.')) };
  const includes = await compileClauses(compose['include'], sources, trail);
  const excludes = await compileClauses(compose['exclude'], sources, trail);
  const composed = without(unite(includes), unite(excludes));
  const active = compose['inactive'] === false ? onlyActive(composed) : composed;
  if (stored && active.obstacles.length > 0) return { resource, ...stored };
  return { resource, ...remember(active) };
};

const compileClauses = async (
  clauses: unknown,
  sources: Sources,
  trail: readonly string[],
): Promise<readonly Part[]> => {
  const parts: Part[] = [];
  for (const clause of listed(clauses)) parts.push(await compileClause(clause, sources, trail));
  return parts;
};

/** All that one clause names must hold: the system's codes and every imported value set. */
const compileClause = async (
  clause: Clause,
  sources: Sources,
  trail: readonly string[],
): Promise<Part> => {
  const parts: Part[] = [];
  const system = text(clause['system']);
  if (system !== undefined) parts.push(await compileSystem(system, clause, sources));
  const imports = Array.isArray(clause['valueSet']) ? clause['valueSet'] : [];
  for (const url of imports) {
    const imported = await sources.valueSet(String(url), trail);
    parts.push(typeof imported === 'string' ? nothing(imported) : imported);
  }
  return intersect(parts);
};

const compileSystem = async (system: string, clause: Clause, sources: Sources): Promise<Part> => {
  const version = text(clause['version']);
  const codeSystem = await sources.codeSystem(
    version === undefined ? system : `${system}|${version}`,
  );
  const concepts = listed(clause['concept']);
  const filters = listed(clause['filter']);
  if (concepts.length > 0) return enumerated(system, concepts, codeSystem);
  if (filters.length > 0) return filtered(system, filters, codeSystem);
  if (codeSystem && codeSystem.resource['content'] !== 'not-present') return whole(codeSystem);
  const known = await sources.knownSystem(system);
  if (!known) return nothing(`CodeSystem '${system}' is not here in full.`, system);
  return {
    contains: ({ system: of, code }) =>
      isOf(of, system) && (code === undefined ? false : known(code)),
    list: () => undefined,
    obstacles: [`CodeSystem '${system}' is a grammar or registry without end.`],
    systems: [system],
  };
};

const canonicalOf = ({ url, version }: CodeSystem): string =>
  version === undefined ? url : `${url}|${version}`;

const enumerated = (
  system: string,
  clauses: readonly Clause[],
  codeSystem: CodeSystem | undefined,
): Part => {
  const members = new Map<string, Concept>();
  for (const clause of clauses) {
    const code = text(clause['code']);
    if (code !== undefined) members.set(code, listedConcept(system, code, clause, codeSystem));
  }
  const sameCode = (code: string): string => codeSystem?.find(code)?.code ?? code;
  return {
    contains: ({ system: of, code = '' }) =>
      isOf(of, system) && (members.has(code) || members.has(sameCode(code))),
    list: () => [...members.values()],
    obstacles: [],
    systems: [codeSystem ? canonicalOf(codeSystem) : system],
  };
};

const listedConcept = (
  system: string,
  code: string,
  clause: Clause,
  codeSystem: CodeSystem | undefined,
): Concept => {
  const own = codeSystem?.find(code);
  const designation = [...listed(clause['designation']), ...(own?.designation ?? [])];
  const base: Concept = own ?? {
    ...{ system, code, designation, properties: [], abstract: false, inactive: false },
    ...optional('version', codeSystem?.version),
  };
  return { ...base, code, designation, ...optional('display', text(clause['display'])) };
};

const filtered = (
  system: string,
  filters: readonly Clause[],
  codeSystem: CodeSystem | undefined,
): Part => {
  if (!codeSystem || codeSystem.resource['content'] === 'not-present')
    return nothing(`CodeSystem '${system}', which a filter selects from, is not here.`, system);
  let codes: ReadonlySet<string> = new Set(codeSystem.concepts.keys());
  for (const { property, op, value } of filters) {
    const filter = { property: String(property), op: String(op), value: String(value) };
    const met = applyFilter(codeSystem, filter);
    if (typeof met === 'string') return nothing(met, system);
    codes = codes.intersection(met);
  }
  return ofSystem(
    codeSystem,
    (code) => codes.has(code),
    () => [...codes].flatMap((code) => codeSystem.find(code) ?? []),
  );
};

const whole = (codeSystem: CodeSystem): Part =>
  ofSystem(
    codeSystem,
    () => true,
    () => [...codeSystem.concepts.values()],
  );

/** Codes of a system that is here; where it is here in part only, a code it lacks may still exist. */
const ofSystem = (
  codeSystem: CodeSystem,
  isPicked: (code: string) => boolean,
  list: () => readonly Concept[],
): Part => {
  const content = codeSystem.resource['content'];
  const isListable = codeSystem.isComplete || content === 'fragment';
  return {
    contains: ({ system, code = '' }) => {
      if (!isOf(system, codeSystem.url)) return false;
      const concept = codeSystem.find(code);
      if (concept) return isPicked(concept.code);
      return codeSystem.isComplete ? false : undefined;
    },
    list: () => (isListable ? list() : undefined),
    obstacles: isListable
      ? []
      : [`Of CodeSystem '${codeSystem.url}' only examples are here (content: ${String(content)}).`],
    systems: [canonicalOf(codeSystem)],
  };
};
