// Filters of a value set's include: each picks concepts of a code system by hierarchy, property or regular expression.
// https://hl7.org/fhir/R4/valueset.html#filter

import { isObject } from '../fhir/resource.ts';
import { withinTime } from '../fhir/within-time.ts';
import { reach } from './code-system.ts';
import type { CodeSystem, Concept } from './types.ts';

export interface Filter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

/** The codes that meet the filter, or a sentence that says why it cannot be evaluated. */
export const applyFilter = (system: CodeSystem, filter: Filter): ReadonlySet<string> | string => {
  const operator = operators.get(filter.op);
  if (!operator) return `Filter operator '${filter.op}' is not known.`;
  return operator(system, filter);
};

type Operator = (system: CodeSystem, filter: Filter) => ReadonlySet<string> | string;

const regexMilliseconds = 500;

const pick = (system: CodeSystem, keep: (concept: Concept) => boolean): Set<string> => {
  const picked = new Set<string>();
  for (const [code, concept] of system.concepts) if (keep(concept)) picked.add(code);
  return picked;
};

const isA: Operator = (system, { value }) => {
  const below = reach(system.find(value)?.code ?? value, (code) => system.children(code));
  return pick(system, ({ code }) => below.has(code));
};

const descendentOf: Operator = (system, { value }) => {
  const root = system.find(value)?.code ?? value;
  const below = reach(root, (code) => system.children(code));
  return pick(system, ({ code }) => code !== root && below.has(code));
};

const isNotA: Operator = (system, { value }) => {
  const below = reach(system.find(value)?.code ?? value, (code) => system.children(code));
  return pick(system, ({ code }) => !below.has(code));
};

const generalizes: Operator = (system, { value }) => {
  const above = reach(system.find(value)?.code ?? value, (code) => system.parents(code));
  return pick(system, ({ code }) => above.has(code));
};

const equals: Operator = (system, { property, value }) =>
  pick(system, (concept) => valuesOf(system, concept, property).includes(value));

const isIn: Operator = (system, { property, value }) => {
  const wanted = new Set(value.split(',').map((each) => each.trim()));
  return pick(system, (concept) => valuesOf(system, concept, property).some((v) => wanted.has(v)));
};

const isNotIn: Operator = (system, { property, value }) => {
  const unwanted = new Set(value.split(',').map((each) => each.trim()));
  return pick(
    system,
    (concept) => !valuesOf(system, concept, property).some((v) => unwanted.has(v)),
  );
};

const exists: Operator = (system, { property, value }) =>
  pick(system, (concept) => valuesOf(system, concept, property).length > 0 === (value === 'true'));

/** The expression comes from a client, so it runs under a time limit: V8's backtracking can take for ever. */
const regex: Operator = (system, { property, value }) => {
  const expression = expressionOf(value);
  const picked =
    expression &&
    withinTime(regexMilliseconds, () =>
      pick(system, (concept) =>
        valuesOf(system, concept, property).some((each) => expression.test(each)),
      ),
    );
  return picked ?? `Filter expression '${value}' is no regular expression, or takes too long.`;
};

const expressionOf = (source: string): RegExp | undefined => {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    return undefined;
  }
};

const operators: ReadonlyMap<string, Operator> = new Map([
  ['=', equals],
  ['is-a', isA],
  ['descendent-of', descendentOf],
  ['is-not-a', isNotA],
  ['generalizes', generalizes],
  ['in', isIn],
  ['not-in', isNotIn],
  ['exists', exists],
  ['regex', regex],
]);

const valuesOf = (system: CodeSystem, concept: Concept, property: string): readonly string[] => {
  if (property === 'code' || property === 'concept') return [concept.code];
  if (property === 'display') return concept.display === undefined ? [] : [concept.display];
  if (property === 'definition')
    return concept.definition === undefined ? [] : [concept.definition];
  if (property === 'parent') return system.parents(concept.code);
  if (property === 'child') return system.children(concept.code);
  return concept.properties
    .filter(({ code }) => code === property)
    .map(({ value }) => asText(value));
};

const asText = (value: unknown): string =>
  isObject(value)
    ? String(value['code'])
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
