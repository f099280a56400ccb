// Validation: every fault of a resource as issues, by structure, bindings, references, invariants and profiles.
// https://hl7.org/fhir/R4/validation.html

import type { CanonicalResource, Definitions } from '../fhir/definitions/types.ts';
import { nearest } from '../fhir/nearest.ts';
import type { Issue } from '../fhir/problem.ts';
import type { Document } from '../fhir/resource.ts';
import type { LocalTerminology } from '../terminology/types.ts';
import { checkWaiting, describeMisfit } from './bindings.ts';
import { shorten, stepOf } from './place.ts';
import { buildProfiles } from './profile/build.ts';
import { buildRules } from './rules.ts';
import { buildStructure } from './structure/build.ts';
import { describe } from './structure/describe.ts';
import { checkWholeNumbers } from './structure/whole-numbers.ts';
import { mostFaults, walk, type Visit } from './walk.ts';

export interface ValidationParts {
  readonly definitions: Definitions;
  readonly terminology: LocalTerminology;
  /** Profiles: HL7's, then those stored here. */
  readonly find: (url: string) => Promise<CanonicalResource | undefined>;
}

export interface ValidationOptions {
  /** Canonicals of profiles to check besides the base definition. */
  readonly profiles?: readonly string[];
  /** Warnings are computed as well, and the profiles in meta.profile are checked. */
  readonly depth?: 'write' | 'full';
}

/** [] when there is no fault. A write needs no warnings, so they are computed only when asked for. */
export type Validate = (
  document: Document,
  options?: ValidationOptions,
) => Promise<readonly Issue[]>;

export const buildValidation = (parts: ValidationParts): Validate => {
  const { definitions, terminology } = parts;
  const checkProfiles = buildProfiles(parts);
  const checkStructure = buildStructure(definitions);
  const rulesOf = buildRules(definitions);
  const resourceTypes = new Set(definitions.resourceTypes);

  return async (document, { depth = 'write', profiles = [] } = {}) => {
    const { plain } = document;
    if (!resourceTypes.has(plain.resourceType))
      return [unknownType(plain.resourceType, definitions)];
    const issues: Issue[] = [...checkWholeNumbers(document, definitions)];
    const faulty = new Set<unknown>();
    const faults = checkStructure(plain.resourceType, plain) ?? [];
    for (const error of faults.slice(0, mostFaults)) {
      const { issue, around, isKind } = describe(error, plain, definitions);
      issues.push(issue);
      if (isKind) for (const each of around) faulty.add(each);
    }
    const visit: Visit = {
      ...{ rulesOf, terminology, faulty, issues },
      ...{ warnings: depth === 'full', waiting: [], misfits: [] },
    };
    walk(visit, plain);
    const waited = visit.waiting.length > 0 ? await checkWaiting(visit.waiting, terminology) : [];
    for (const misfit of [...visit.misfits, ...waited].slice(0, mostFaults))
      issues.push(await describeMisfit(misfit, terminology));
    if (depth === 'full' || profiles.length > 0)
      for (const issue of await checkProfiles(plain, profiles)) issues.push(issue);
    return withoutRepeats(issues);
  };
};

const unknownType = (type: string, { resourceTypes }: Definitions): Issue => {
  const close = nearest(type, resourceTypes);
  const remedy = close === undefined ? '.' : `; did you mean '${close}'?`;
  return {
    severity: 'error',
    code: 'structure',
    diagnostics: `'${shorten(type)}' is not a FHIR R4 resource type${remedy}`,
    expression: [stepOf(type)],
  };
};

/** A profile repeats much of what its base says. */
const withoutRepeats = (issues: readonly Issue[]): readonly Issue[] => {
  if (issues.length < 2) return issues;
  const seen = new Map(issues.map((issue) => [keyOf(issue), issue]));
  return shortened([...seen.values()]);
};

const keyOf = ({ severity, diagnostics, expression }: Issue): string =>
  [severity, expression?.[0], diagnostics].join(' ');

/** Nobody reads more; errors go before warnings. */
const shortened = (issues: readonly Issue[]): readonly Issue[] => {
  if (issues.length <= mostIssues) return issues;
  const errors = issues.filter(({ severity }) => severity === 'error');
  const others = issues.filter(({ severity }) => severity !== 'error');
  return [...errors, ...others].slice(0, mostIssues).concat({
    severity: 'information',
    code: 'too-costly',
    diagnostics: `Only the first ${String(mostIssues)} issues are listed.`,
  });
};

const mostIssues = 100;
