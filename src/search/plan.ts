// The plan language: what a search, a conditional request, a scope, a consent rule and an include ask of a store.
// Plain data: it crosses to worker threads and into records. The meaning is `search/match`; engines must agree with it.

import type { EntryKind } from './entry.ts';

export type Plan = Everything | Nothing | And | Or | Not | Leaf;

/** Every resource that is not deleted. */
export interface Everything {
  readonly op: 'everything';
}
export interface Nothing {
  readonly op: 'nothing';
}
export interface And {
  readonly op: 'and';
  readonly plans: readonly Plan[];
}
export interface Or {
  readonly op: 'or';
  readonly plans: readonly Plan[];
}
/** Resources for which `plan` does not hold; a resource without any value of the parameter is among them. */
export interface Not {
  readonly op: 'not';
  readonly plan: Plan;
}

export type Leaf =
  OfType | OfId | Updated | Custodian | Present | ValueLeaf | Composite | To | From;
/** Leaves that look at one index value: it holds when any entry of any of `params` meets it. */
export type ValueLeaf = TokenLeaf | StringLeaf | ReferenceLeaf | UriLeaf | DateLeaf | NumberLeaf;

export interface OfType {
  readonly op: 'type';
  readonly types: readonly string[];
}
/** The logical id is one of these. */
export interface OfId {
  readonly op: 'id';
  readonly ids: readonly string[];
}
/** meta.lastUpdated compared as a date, [low, high) in milliseconds. */
export interface Updated extends Comparison {
  readonly op: 'updated';
}
/** The organization on whose behalf the current version was written is one of these (`Organization/1`). */
export interface Custodian {
  readonly op: 'custodian';
  readonly organizations: readonly string[];
}
/** At least one entry of one of the params exists. */
export interface Present {
  readonly op: 'present';
  readonly kind: EntryKind;
  readonly params: readonly string[];
}

interface OfParams {
  readonly params: readonly string[];
}
/** `any`: one of these; `system` absent means any system, '' means none; `code` absent means any code of the system. */
export interface TokenLeaf extends OfParams {
  readonly op: 'token';
  readonly any: readonly { readonly system?: string; readonly code?: string }[];
}
/**
 * `starts` and `contains` compare folded text, `exact` the text as written; `folded` is that text folded, which changes
 * nothing but lets an engine find it by an index.
 */
export interface StringLeaf extends OfParams {
  readonly op: 'string';
  readonly match: 'starts' | 'contains' | 'exact';
  readonly text: string;
  readonly folded?: string;
}
export interface ReferenceLeaf extends OfParams {
  readonly op: 'reference';
  readonly targets: readonly string[];
}
/**
 * `below`: the entry is the uri itself or begins with it and a '/'; `above`: the uri is the entry itself or begins with
 * the entry and a '/'.
 */
export interface UriLeaf extends OfParams {
  readonly op: 'uri';
  readonly match: 'equals' | 'below' | 'above';
  readonly uri: string;
}
export interface DateLeaf extends OfParams, Comparison {
  readonly op: 'date';
}
export interface NumberLeaf extends OfParams, Comparison {
  readonly op: 'number';
  readonly unit: string;
}

/**
 * Compares an entry's range with the searched one. Dates are half open ([low, high)), numbers closed for the entry and
 * half open for the search (a number entry is a point when its low and high are the same).
 * https://hl7.org/fhir/R4/search.html#prefix
 */
export interface Comparison {
  readonly prefix: Prefix;
  readonly low: number;
  readonly high: number;
}
/** What must hold for (entry) against [low, high) of the search: the table in `search/values/compare.ts`. */
export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

/** Every part is met by an entry, all with the same `n`. Each part names the one param of its place (`…#0`, `…#1`). */
export interface Composite {
  readonly op: 'composite';
  readonly parts: readonly ValueLeaf[];
}
/** A chain: some reference entry of `params` points at a stored, not deleted resource for which `plan` holds. */
export interface To extends OfParams {
  readonly op: 'to';
  readonly plan: Plan;
}
/** Reverse chain (`_has`): some not deleted resource for which `plan` holds has a reference entry of `params` to this one. */
export interface From extends OfParams {
  readonly op: 'from';
  readonly plan: Plan;
}

export const everything: Plan = { op: 'everything' };
export const nothing: Plan = { op: 'nothing' };

/** All of these hold. Flattens, drops `everything`, and is `nothing` when one of them is. */
export const and = (...plans: readonly Plan[]): Plan => {
  const flat = plans
    .flatMap((plan) => (plan.op === 'and' ? plan.plans : [plan]))
    .filter((plan) => plan.op !== 'everything');
  if (flat.some((plan) => plan.op === 'nothing')) return nothing;
  return flat.length === 0 ? everything : flat.length === 1 ? flat[0]! : { op: 'and', plans: flat };
};

/** At least one of these holds. Flattens, drops `nothing`, and is `everything` when one of them is. */
export const or = (...plans: readonly Plan[]): Plan => {
  const flat = plans
    .flatMap((plan) => (plan.op === 'or' ? plan.plans : [plan]))
    .filter((plan) => plan.op !== 'nothing');
  if (flat.some((plan) => plan.op === 'everything')) return everything;
  return flat.length === 0 ? nothing : flat.length === 1 ? flat[0]! : { op: 'or', plans: flat };
};

export const not = (plan: Plan): Plan => {
  if (plan.op === 'everything') return nothing;
  if (plan.op === 'nothing') return everything;
  return plan.op === 'not' ? plan.plan : { op: 'not', plan };
};

/** A plan that holds no other. */
export type Simple = Exclude<Plan, And | Or | Not | To | From>;

export const isSimple = (plan: Plan): plan is Simple => !('plan' in plan || 'plans' in plan);

/** The same plan with each plan directly inside it changed; a leaf is itself. */
export const mapPlan = (plan: Plan, change: (inner: Plan) => Plan): Plan => {
  if (isSimple(plan)) return plan;
  switch (plan.op) {
    case 'and':
      return and(...plan.plans.map(change));
    case 'or':
      return or(...plan.plans.map(change));
    case 'not':
      return not(change(plan.plan));
    case 'to':
    case 'from':
      return { ...plan, plan: change(plan.plan) };
  }
};
