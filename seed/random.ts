// Random: numbers that look random and are the same for the same words, whatever else was made before.

import { hash } from 'node:crypto';

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** True in so many cases of a hundred. */
  readonly chance: (percent: number) => boolean;
}

/** A sequence of its own for each word: what is made for one patient says nothing of the next. */
export const randomOf = (word: string): Random => {
  const next = sequence(parseInt(hash('sha256', word).slice(0, 8), 16));
  const between = (low: number, high: number): number =>
    low + Math.floor(next() * (high - low + 1));
  return {
    between,
    pick: (list) => list[between(0, list.length - 1)]!,
    chance: (percent) => next() * 100 < percent,
  };
};

/** Mulberry32, by Tommy Ettinger: public domain. From 0 to 1, 1 excluded. */
const sequence = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
