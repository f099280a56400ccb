// plan-search: the parameters of one search request as a plan and what is to be done with its matches.
// https://hl7.org/fhir/R4/search.html

import { compartmentParameters } from '../fhir/compartment.ts';
import { invalid, notSupported, Problem, tooCostly, type Issue } from '../fhir/problem.ts';
import { compartmentParam } from './build-registry.ts';
import { readType } from './common-parameters.ts';
import { split } from './escape.ts';
import type { Include } from './include.ts';
import { parseParameterPath } from './parameter-path.ts';
import { and, everything, type Plan } from './plan.ts';
import { resolve } from './resolve.ts';
import {
  isResultParameter,
  isSingle,
  readResultParameter,
  type ResultWishes,
  type Summary,
} from './result-parameters.ts';
import { simplify } from './rewrite/simplify.ts';
import type { Scope, SearchDependencies, SearchLimits } from './search-dependencies.ts';
import type { Sort } from './window.ts';

export interface SearchInput {
  /** One type, or several or all for a search across types. */
  readonly types: readonly string[];
  readonly compartment?: { readonly type: string; readonly id: string };
  readonly query: readonly (readonly [string, string])[];
  readonly base: string;
  /** Whether parameters that are not known are refused or ignored with a warning. */
  readonly handling: 'strict' | 'lenient';
  readonly limits: SearchLimits;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Search {
  /** Restricted to `types`. */
  readonly plan: Plan;
  /** The types searched: those of the input, narrowed by `_type`. */
  readonly types: readonly string[];
  readonly sort: readonly Sort[];
  readonly size: number;
  readonly total: 'none' | 'estimate' | 'accurate';
  readonly summary?: Summary;
  readonly elements?: readonly string[];
  readonly includes: readonly Include[];
  /** The parameters that were used, as they were sent: those of the self link. */
  readonly applied: readonly (readonly [string, string])[];
  /** Warnings about parameters that were not used. */
  readonly issues: readonly Issue[];
  readonly explain: boolean;
  /** The sealed place in the list to go on from. */
  readonly cursor?: string;
}

const defaultSize = 50;

/** Throws a 400 that names the parameter, what is wrong with it, and the remedy. */
export const planSearch = async (
  input: SearchInput,
  dependencies: SearchDependencies,
): Promise<Search> => {
  const { query, base, limits, now } = input;
  if (query.length > limits.parameters)
    throw tooCostly(
      `The search has ${String(query.length)} parameters; at most ${String(limits.parameters)} are taken (LIMIT_PARAMETERS).`,
    );
  const { registry, terminology, definitions } = dependencies;
  const scope: Scope = { registry, terminology, definitions, base, limits, now };
  const types = typesOf(input, definitions.resourceTypes);
  const read = await readParameters(query, types, input.handling, scope);
  const plan = simplify(
    and({ op: 'type', types }, compartmentPlan(input, types, scope), ...read.plans),
  );
  const {
    sort = [],
    size = defaultSize,
    total = 'none',
    includes = [],
    explain = false,
    ...rest
  } = read.wishes;
  if (rest.summary === 'text' && includes.length > 0)
    throw invalid('"The _include and _revinclude parameters cannot be mixed with _summary=text."');
  const { applied, issues } = read;
  return { plan, types, sort, size, total, includes, explain, applied, issues, ...rest };
};

/** `_type` narrows the types, so that it decides which parameters are common to them. */
const typesOf = ({ types, query }: SearchInput, known: readonly string[]): readonly string[] => {
  const narrowed = query
    .filter(([name, value]) => name === '_type' && !isEmptyValue(value))
    .map(([, value]) => split(value, ',').filter((type) => type !== ''))
    .map((named) => named.map((type) => readType(type, known)))
    .reduce((left, named) => left.filter((type) => named.includes(type)), types);
  if (narrowed.length === 0) throw invalid("'_type' leaves none of the types searched.");
  return narrowed;
};

const compartmentPlan = (
  { compartment, types: asked }: SearchInput,
  types: readonly string[],
  { definitions }: Scope,
): Plan => {
  if (compartment === undefined) return everything;
  const { type, id } = compartment;
  if (!definitions.compartments.has(type)) throw notSupported(`${type} is not a compartment.`);
  const isInside = (each: string): boolean =>
    each === type || compartmentParameters(definitions, type, each).length > 0;
  if (asked.length === 1 && !types.some(isInside))
    throw notSupported(`${asked[0]!} is not in the ${type} compartment.`);
  return { op: 'reference', params: [compartmentParam], targets: [`${type}/${id}`] };
};

interface Parameters {
  readonly plans: readonly Plan[];
  readonly wishes: ResultWishes;
  readonly applied: readonly (readonly [string, string])[];
  readonly issues: readonly Issue[];
}

const readParameters = async (
  query: SearchInput['query'],
  types: readonly string[],
  handling: SearchInput['handling'],
  scope: Scope,
): Promise<Parameters> => {
  const plans: Plan[] = [];
  const applied: (readonly [string, string])[] = [];
  const issues: Issue[] = [];
  const once = new Set<string>();
  let wishes: ResultWishes = {};
  for (const [name, value] of query) {
    if (isEmptyValue(value) && name !== '__explain') {
      issues.push(emptyValue(name));
      continue;
    }
    try {
      if (isResultParameter(name)) {
        assertOnce(name, once);
        wishes = merge(wishes, readResultParameter(name, value, types, scope));
      } else if (name !== '_type') {
        plans.push(await resolve(types, parseParameterPath(name), value, scope));
      }
      if (name !== '_cursor' && name !== '__explain') applied.push([name, value]);
    } catch (fault) {
      issues.push(asWarning(fault, handling));
    }
  }
  return { plans, wishes, applied, issues };
};

/** Nothing but commas. */
export const isEmptyValue = (value: string): boolean => /^,*$/.test(value);

/** "Empty parameters are not an error - they are just ignored by the server"; the self link and this tell so. */
const emptyValue = (name: string): Issue => ({
  severity: 'information',
  code: 'informational',
  diagnostics: `Parameter '${name}' has no value and was ignored.`,
});

const assertOnce = (name: string, once: Set<string>): void => {
  if (!isSingle(name)) return;
  if (once.has(name)) throw invalid(`Parameter '${name}' may be there once only.`);
  once.add(name);
};

const merge = (wishes: ResultWishes, more: ResultWishes): ResultWishes => ({
  ...wishes,
  ...more,
  ...(more.sort ? { sort: [...(wishes.sort ?? []), ...more.sort] } : {}),
  ...(more.elements ? { elements: [...(wishes.elements ?? []), ...more.elements] } : {}),
  ...(more.includes ? { includes: [...(wishes.includes ?? []), ...more.includes] } : {}),
});

/** Lenient handling ignores what is unknown or not supported; wrong modifiers and values are refused either way. */
const asWarning = (fault: unknown, handling: SearchInput['handling']): Issue => {
  const issue = fault instanceof Problem ? fault.issues[0] : undefined;
  if (handling === 'strict' || issue?.code !== 'not-supported') throw fault;
  return { ...issue, severity: 'warning' };
};
