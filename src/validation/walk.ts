// Walk: goes once through a resource and checks what structure alone cannot: bindings, references, invariants, narrative.
// https://hl7.org/fhir/R4/validation.html

import { element, type Element } from '../fhir/path/element.ts';
import type { Issue } from '../fhir/problem.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { LocalTerminology } from '../terminology/types.ts';
import { checkBinding, type Misfit, type Waiting } from './bindings.ts';
import { checkBundle } from './bundle.ts';
import { checkContained } from './contained.ts';
import { checkInvariant, type Surroundings } from './invariants.ts';
import { checkNarrative } from './narrative.ts';
import { pathOf, type Place } from './place.ts';
import { checkReference } from './references.ts';
import type { FieldRules, Invariant, RulesOf, TypeRules } from './rules.ts';

export interface Visit {
  readonly rulesOf: RulesOf;
  readonly terminology: LocalTerminology;
  /** Objects with a value of the wrong kind somewhere below: their invariants mean nothing. */
  readonly faulty: ReadonlySet<unknown>;
  /** Invariants that only warn are evaluated as well. */
  readonly warnings: boolean;
  readonly issues: Issue[];
  readonly waiting: Waiting[];
  readonly misfits: Misfit[];
}

/** The walk ends there: nobody reads more, and a wrong resource may be of any size. */
export const mostFaults = 200;

/** Collects the faults in the visit. */
export const walk = (visit: Visit, resource: Resource): void => {
  const { resourceType } = resource;
  const place: Place = { step: resourceType, index: -1, value: resource, type: resourceType };
  visitResource(visit, place, undefined);
};

type Json = Readonly<Record<string, unknown>>;

/** The resource the walk is in and the one around it; the same unless it is contained. */
type Scope = Surroundings;

/** `container` is the resource around a contained one. */
const visitResource = (visit: Visit, place: Place, container: Element | undefined): void => {
  const rules = visit.rulesOf(place.type);
  if (!rules?.isResource) return;
  const resource = element(place.value, place.type);
  visitObject(visit, rules, place, { resource, root: container ?? resource });
  const value = place.value as Json;
  if (value['contained'] !== undefined && !container) reportAll(visit, checkContained(place));
  if (place.type === 'Bundle' && !visit.faulty.has(value))
    reportAll(visit, checkBundle(place, visit.warnings ? 'all' : 'errors'));
};

const visitObject = (visit: Visit, rules: TypeRules, place: Place, scope: Scope): void => {
  const value = place.value as Json;
  for (const name in value) {
    const field = rules.fields.get(name);
    if (field) visitField({ visit, field, value: value[name], up: place, scope });
  }
  if (rules.name === 'Extension') checkExtension(visit, value, place);
  checkInvariants(visit, rules.invariants, place, scope);
};

interface FieldVisit {
  readonly visit: Visit;
  readonly field: FieldRules;
  readonly value: unknown;
  readonly up: Place;
  readonly scope: Scope;
}

const visitField = ({ visit, field, value, up, scope }: FieldVisit): void => {
  const { step, type } = field;
  if (!Array.isArray(value)) {
    if (!field.isList) visitValue(visit, field, { up, step, index: -1, value, type }, scope);
    return;
  }
  if (!field.isList) return;
  for (const [index, each] of (value as readonly unknown[]).entries())
    visitValue(visit, field, { up, step, index, value: each, type }, scope);
};

const visitValue = (visit: Visit, field: FieldRules, place: Place, scope: Scope): void => {
  const { value } = place;
  if (visit.issues.length + visit.misfits.length >= mostFaults) return;
  if (field.kind === 'resource') {
    visitInner(visit, place, scope);
    return;
  }
  if (value === null || isObject(value) === (field.kind === 'primitive')) return;
  if (field.binding) {
    const found = checkBinding(field.binding, place, visit.terminology);
    if (found) note(visit, found);
  }
  if (field.kind === 'complex') {
    if (field.type === 'Reference')
      report(visit, checkReference(place, field.targets, scope.root.value as Json));
    const rules = visit.rulesOf(field.type);
    if (rules) visitObject(visit, rules, place, scope);
  } else if (field.type === 'xhtml') reportAll(visit, checkNarrative(place));
  checkInvariants(visit, field.invariants, place, scope);
};

/** A resource inside another: contained ones share their container, those of a Bundle or Parameters stand for themselves. */
const visitInner = (visit: Visit, place: Place, scope: Scope): void => {
  const { value } = place;
  if (!isObject(value) || typeof value['resourceType'] !== 'string') return;
  const inner: Place = { ...place, type: value['resourceType'] };
  const isContained = place.step === 'contained';
  visitResource(visit, inner, isContained ? scope.root : undefined);
};

const checkInvariants = (
  visit: Visit,
  invariants: readonly Invariant[],
  place: Place,
  scope: Scope,
): void => {
  if (invariants.length === 0 || visit.faulty.has(place.value)) return;
  const focus = [element(place.value, place.type)];
  for (const invariant of invariants)
    if (visit.warnings || invariant.constraint.severity === 'error')
      report(visit, checkInvariant(invariant, place, focus, scope));
};

/** ext-1, by far the most frequent invariant. */
const checkExtension = (visit: Visit, value: Json, place: Place): void => {
  let hasValue = false;
  for (const name in value)
    if (name.startsWith('value') || name.startsWith('_value')) hasValue = true;
  if (hasValue !== 'extension' in value) return;
  const path = pathOf(place);
  visit.issues.push({
    severity: 'error',
    code: 'invariant',
    diagnostics: `${path} must have either a value[x] or extensions, ${hasValue ? 'not both' : 'and has neither'} (ext-1).`,
    expression: [path],
  });
};

const note = (visit: Visit, found: Waiting | Misfit): void => {
  if ('codings' in found) visit.misfits.push(found);
  else visit.waiting.push(found);
};

const report = (visit: Visit, issue: Issue | undefined): void => {
  if (issue) visit.issues.push(issue);
};

// Spread into one call, a list as long as a client can make it would not fit.
const reportAll = (visit: Visit, issues: readonly Issue[]): void => {
  for (const issue of issues) visit.issues.push(issue);
};
