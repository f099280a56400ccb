// guards: documents that two commits both write when one could make untrue what the other expects. Under snapshot isolation
// each would look at the state before the other ("write skew"); writing the same document, one of them has to look again.

import { createHash } from 'node:crypto';
import type { Entry } from '../../search/entry.ts';
import type { Leaf, Plan } from '../../search/plan.ts';
import type { Change, Expect } from '../port.ts';
import { nameOf } from './documents.ts';

/** Plans that no equality narrows share these: such a commit writes all of them, every other guarded commit one. */
const stripes = 16;
/** A conjunct with more alternatives than this guards no better than the stripes do. */
const mostTerms = 64;

/**
 * The guards of a commit, in the one order in which all write them; none when it expects nothing but versions of what it
 * writes. Of two commits that expect something by plans, where one writes what the other looks for, both write a guard of
 * that: one for its plan, the other for the values it writes. A chain beside an equality is not guarded: of what is at
 * the other end of it a change at the same instant may stay unseen.
 */
export const guardsOf = (
  changes: readonly Change[],
  chance: () => number = Math.random,
): readonly string[] => {
  const expects = changes.flatMap((change) => (change.kind === 'reindex' ? [] : change.expect));
  const plans = expects.flatMap((expect) => ('plan' in expect ? [expect.plan] : []));
  const absent = changes.flatMap((change) => (change.kind === 'check' ? change.expect : []));
  if (plans.length === 0 && !absent.some(isAbsence)) return [];
  const terms = plans.map(termsOf);
  const isUnkeyed = terms.includes(undefined);
  const all = new Set([
    ...terms.flatMap((each) => each ?? []),
    ...expects.filter(isAbsence).map(({ key }) => guard('name', nameOf(key), '')),
    ...changes.flatMap(writtenTerms),
    ...(isUnkeyed ? allStripes() : [stripe(Math.floor(chance() * stripes))]),
  ]);
  return [...all].toSorted();
};

const isAbsence = (expect: Expect): expect is Extract<Expect, { op: 'version' }> =>
  expect.op === 'version' && expect.version === undefined;

const writtenTerms = (change: Change): readonly string[] => {
  if (change.kind === 'check') return [];
  const own = change.kind === 'put' ? [guard('name', nameOf(change.version), '')] : [];
  return [...own, ...change.entries.flatMap(termOfEntry)];
};

const termOfEntry = (entry: Entry): readonly string[] => {
  switch (entry.kind) {
    case 'token':
      return [guard('token', entry.param, entry.code)];
    case 'string':
      return [guard('string', entry.param, entry.exact)];
    case 'reference':
      return [guard('reference', entry.param, entry.target)];
    case 'uri':
      return [guard('uri', entry.param, entry.uri)];
    case 'date':
    case 'number':
      return [];
  }
};

/** Every resource the plan matches has a value of one of these; undefined when nothing of the sort can be said. */
export const termsOf = (plan: Plan): readonly string[] | undefined => {
  if (plan.op === 'and') {
    const known = plan.plans.flatMap((part) => {
      const terms = termsOf(part);
      return terms === undefined ? [] : [terms];
    });
    return known.toSorted((a, b) => a.length - b.length)[0];
  }
  if (plan.op === 'nothing') return [];
  if (plan.op === 'or') {
    const parts = plan.plans.map(termsOf);
    return parts.includes(undefined) ? undefined : few(parts.flatMap((terms) => terms ?? []));
  }
  return plan.op === 'everything' || plan.op === 'not' ? undefined : termsOfLeaf(plan);
};

const termsOfLeaf = (leaf: Leaf): readonly string[] | undefined => {
  switch (leaf.op) {
    case 'token':
      return leaf.any.some(({ code }) => code === undefined)
        ? undefined
        : each(
            leaf.op,
            leaf.params,
            leaf.any.flatMap(({ code }) => code ?? []),
          );
    case 'string':
      return leaf.match === 'exact' ? each(leaf.op, leaf.params, [leaf.text]) : undefined;
    case 'reference':
      return each(leaf.op, leaf.params, leaf.targets);
    case 'uri':
      return leaf.match === 'equals' ? each(leaf.op, leaf.params, [leaf.uri]) : undefined;
    case 'composite':
      return leaf.parts.map(termsOfLeaf).find((terms) => terms !== undefined);
    default:
      return undefined;
  }
};

const each = (
  kind: string,
  params: readonly string[],
  values: readonly string[],
): readonly string[] | undefined =>
  few(params.flatMap((param) => values.map((value) => guard(kind, param, value))));

const few = (terms: readonly string[]): readonly string[] | undefined =>
  terms.length > mostTerms ? undefined : terms;

/** A digest: identifiers of patients should not lie about in another collection. */
const guard = (kind: string, param: string, value: string): string =>
  createHash('sha256').update(`${kind}\0${param}\0${value}`).digest('base64url').slice(0, 22);

const stripe = (place: number): string => `stripe-${String(place)}`;
const allStripes = (): readonly string[] =>
  Array.from({ length: stripes }, (_, place) => stripe(place));
