// Checks a value against a profile: cardinality, types, fixed values, patterns, bindings, references and invariants.
// https://hl7.org/fhir/R4/profiling.html

import type { Definitions } from '../../fhir/definitions/types.ts';
import { element, type Element } from '../../fhir/path/element.ts';
import type { Issue } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { withinTime } from '../../fhir/within-time.ts';
import type { Waiting } from '../bindings.ts';
import { checkInvariant } from '../invariants.ts';
import { pathOf, shorten, type Place } from '../place.ts';
import { checkReference } from '../references.ts';
import { compileInvariants, type Binding, type Invariant } from '../rules.ts';
import type { Profile, ProfileNode, ProfileType } from './read.ts';
import { isFixed, meetsPattern } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

export interface ProfileVisit {
  readonly definitions: Definitions;
  /** A profile by canonical, or undefined. */
  readonly profile: (url: string) => Promise<Profile | undefined>;
  /** The resource type a profile is for. */
  readonly resource: Element;
  readonly root: Element;
  /** Canonical of the profile that is being checked, for messages. */
  readonly url: string;
  readonly issues: Issue[];
  readonly waiting: Waiting[];
  /** Profiles of types that are being checked around this one. */
  readonly trail: readonly string[];
}

const deepest = 8;

export const checkNode = async (
  visit: ProfileVisit,
  node: ProfileNode,
  place: Place,
): Promise<void> => {
  checkValue(visit, node, place);
  if (!isObject(place.value)) return;
  for (const child of node.children.values()) await checkChild(visit, child, place);
};

/** One element of an object: how often it is there, and each of its values. */
const checkChild = async (visit: ProfileVisit, node: ProfileNode, up: Place): Promise<void> => {
  const values = valuesOf(visit, node, up);
  if (values.length < node.min)
    report(visit, up, 'required', `must have '${node.name}' at least ${times(node.min)}`);
  const surplus = values[node.max];
  if (surplus)
    report(
      visit,
      surplus,
      'structure',
      node.max === 0 ? 'must not be present' : `may be present at most ${times(node.max)}`,
    );
  for (const place of values) {
    const type = node.types.find(({ code }) => code === place.type);
    if (node.types.length > 0 && !type && node.name.endsWith('[x]')) {
      const allowed = node.types.map(({ code }) => code).join(', ');
      report(visit, place, 'structure', `is a ${place.type}; it must be one of ${allowed}`);
      continue;
    }
    await checkNode(visit, node, place);
    if (type) await checkType(visit, type, place);
  }
};

const times = (count: number): string => (count === 1 ? 'once' : `${String(count)} times`);

/** The values with their types; a primitive that has only extensions counts and has the value undefined. */
const valuesOf = (visit: ProfileVisit, { name }: ProfileNode, up: Place): readonly Place[] => {
  const value = up.value as Json;
  const type = visit.definitions.types.get(up.type);
  const places: Place[] = [];
  for (const [json, property] of type?.properties ?? []) {
    if (property.element.name !== name && json !== name) continue;
    const own = value[json];
    const sibling = value[`_${json}`];
    if (own === undefined && sibling === undefined) continue;
    const step = property.element.name.replace(/\[x\]$/, '');
    const list = property.element.max > 1;
    const count = Math.max(lengthOf(own), lengthOf(sibling));
    for (let index = 0; index < (list ? count : 1); index += 1)
      places.push({
        ...{ up, step, index: list ? index : -1, type: property.type.code },
        value: list ? (own as unknown[] | undefined)?.[index] : own,
      });
  }
  return places;
};

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

const checkValue = (visit: ProfileVisit, node: ProfileNode, place: Place): void => {
  const { value } = place;
  if (node.fixed !== undefined && !isFixed(value, node.fixed))
    report(visit, place, 'value', `must be exactly ${shorten(JSON.stringify(node.fixed))}`);
  if (node.pattern !== undefined && !meetsPattern(value, node.pattern))
    report(
      visit,
      place,
      'value',
      `must have what the pattern ${shorten(JSON.stringify(node.pattern))} has`,
    );
  if (node.maxLength !== undefined && typeof value === 'string' && value.length > node.maxLength)
    report(visit, place, 'value', `is longer than ${String(node.maxLength)} characters`);
  if (node.minValue !== undefined && typeof value === 'number' && value < node.minValue)
    report(visit, place, 'value', `is less than ${String(node.minValue)}`);
  if (node.maxValue !== undefined && typeof value === 'number' && value > node.maxValue)
    report(visit, place, 'value', `is more than ${String(node.maxValue)}`);
  if (node.valueSet !== undefined && value !== undefined && value !== null)
    visit.waiting.push({ binding: bindingOf(node.valueSet), place });
  checkInvariants(visit, node, place);
};

const bindingOf = (valueSet: string): Binding => ({ valueSet });

const checkInvariants = (visit: ProfileVisit, node: ProfileNode, place: Place): void => {
  if (place.value === undefined || place.value === null) return;
  const known = new Set(visit.definitions.types.get(place.type)?.constraints.map(({ key }) => key));
  const focus = [element(place.value, place.type)];
  for (const invariant of invariantsOf(node, visit.definitions))
    if (!known.has(invariant.constraint.key) && !tooSlow.has(invariant)) {
      const answer = withinTime(invariantMilliseconds, () => ({
        issue: checkInvariant(invariant, place, focus, visit),
      }));
      if (!answer) tooSlow.add(invariant);
      if (answer?.issue) visit.issues.push(answer.issue);
    }
};

/** The expressions of a profile are a client's: one that does not end is let pass, as others that cannot be evaluated. */
const tooSlow = new WeakSet<Invariant>();
const invariantMilliseconds = 1000;

const compiled = new WeakMap<ProfileNode, readonly Invariant[]>();

const invariantsOf = (node: ProfileNode, definitions: Definitions): readonly Invariant[] => {
  const known = compiled.get(node) ?? compileInvariants(node.constraints, definitions);
  compiled.set(node, known);
  return known;
};

/** What the profile says of the type: profiles the value must meet, and of a reference those of its target. */
const checkType = async (visit: ProfileVisit, type: ProfileType, place: Place): Promise<void> => {
  if (type.code === 'Reference' && type.targetProfiles.length > 0 && isObject(place.value)) {
    const targets = await Promise.all(type.targetProfiles.map((url) => typeOfProfile(visit, url)));
    const issue = checkReference(place, targets, visit.root.value as Json);
    if (issue) visit.issues.push(issue);
  }
  const only = type.profiles[0];
  if (only === undefined || type.profiles.length > 1 || visit.trail.includes(only)) return;
  if (visit.trail.length >= deepest || !isObject(place.value)) return;
  const profile = await visit.profile(only);
  if (profile?.type !== place.type) return;
  await checkNode({ ...visit, url: only, trail: [...visit.trail, only] }, profile.root, place);
};

const core = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/([A-Z][A-Za-z]*)(\|.*)?$/;

/** A profile that is not known here could be of any type. */
const typeOfProfile = async (visit: ProfileVisit, url: string): Promise<string> => {
  const name = core.exec(url)?.[1];
  if (name !== undefined && visit.definitions.types.has(name)) return name;
  return (await visit.profile(url))?.type ?? 'Resource';
};

const report = (visit: ProfileVisit, place: Place, code: string, text: string): void => {
  const path = pathOf(place);
  visit.issues.push({
    severity: 'error',
    code,
    diagnostics: `${path} ${text}, says profile ${visit.url}.`,
    expression: [path],
  });
};
