import { expect } from 'chai';
import type { Entry } from '#src/search/entry.ts';
import { matches, type Stored } from '#src/search/match.ts';
import { and, everything, not, nothing, or, type Plan } from '#src/search/plan.ts';
import { simplify } from '#src/search/rewrite/simplify.ts';
import { worldOf } from '../support.ts';

/** Numbers that look random and are the same in every run. */
const sequence = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
};

const token = (type: string, code: string): Entry => ({
  kind: 'token',
  param: `${type}.code`,
  n: 0,
  system: '',
  code,
});

const randomPlan = (next: (below: number) => number, depth: number): Plan => {
  const type = ['A', 'B'][next(2)]!;
  const code = ['x', 'y', 'z'][next(3)]!;
  const inner = (): Plan => randomPlan(next, depth - 1);
  const leaves: readonly (() => Plan)[] = [
    () => everything,
    () => nothing,
    () => ({ op: 'type', types: [type] }),
    () => ({ op: 'id', ids: [String(next(6))] }),
    () => ({ op: 'token', params: [`${type}.code`], any: [{ code }] }),
    () => ({ op: 'reference', params: [`${type}.link`], targets: [`A/${String(next(6))}`] }),
    () => ({ op: 'present', kind: 'token', params: [`${type}.code`] }),
  ];
  const nodes: readonly (() => Plan)[] = [
    () => and(inner(), inner()),
    () => and({ op: 'type', types: ['A'] }, inner(), inner()),
    () => or(inner(), inner(), inner()),
    () => not(inner()),
    () => ({ op: 'to', params: [`${type}.link`], plan: inner() }),
    () => ({ op: 'from', params: [`${type}.link`], plan: inner() }),
  ];
  const choices = depth === 0 ? leaves : [...leaves.slice(2), ...nodes, ...nodes];
  return choices[next(choices.length)]!();
};

describe('simplify', () => {
  it('keeps the meaning of every plan', () => {
    const next = sequence(7);
    const stored = Array.from({ length: 12 }, (_, place): Stored => {
      const type = place < 6 ? 'A' : 'B';
      const link: Entry = {
        kind: 'reference',
        param: `${type}.link`,
        n: 0,
        target: `A/${String(next(6))}`,
      };
      const codes = ['x', 'y', 'z'].filter(() => next(2) === 0).map((code) => token(type, code));
      return { type, id: String(place % 6), at: 0, entries: [...codes, link] };
    });
    const world = worldOf(stored);
    for (let round = 0; round < 3000; round += 1) {
      const plan = randomPlan(next, 3);
      const simple = simplify(plan);
      for (const each of stored)
        expect(matches(simple, each, world), JSON.stringify(plan)).to.equal(
          matches(plan, each, world),
        );
    }
  });

  it('asks several values of one parameter in one leaf', () => {
    const plan = simplify(
      or(
        { op: 'token', params: ['A.code'], any: [{ code: 'x' }] },
        { op: 'token', params: ['A.code'], any: [{ code: 'y' }] },
      ),
    );

    expect(plan).to.deep.equal({
      op: 'token',
      params: ['A.code'],
      any: [{ code: 'x' }, { code: 'y' }],
    });
  });

  it('does not ask for the type that a parameter implies', () => {
    const leaf: Plan = { op: 'token', params: ['A.code'], any: [{ code: 'x' }] };

    expect(simplify(and({ op: 'type', types: ['A'] }, leaf))).to.deep.equal(leaf);
    expect(simplify(and({ op: 'type', types: ['A'] }, not(leaf))).op).to.equal('and');
  });
});
