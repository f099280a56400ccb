// Axis: from where to where a plot's values reach, in round numbers, with the usual range in sight.

import type { Trend } from './trend.ts';

export const axisOf = ({ points, range }: Trend): readonly [number, number] => {
  const values = points.flatMap((point) => Object.values(point.values));
  const all = [...values, range?.low, range?.high].filter((value) => value !== undefined);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const step = stepOf(high - low || Math.abs(high) || 1);
  // What cannot be negative is not drawn below zero.
  const from = Math.floor(low / step - 0.2) * step;
  const to = Math.ceil(high / step + 0.2) * step;
  return [low >= 0 ? Math.max(0, rounded(from)) : rounded(from), rounded(to)];
};

/** 1, 2 or 5 times a power of ten; about five of them reach over the span. */
const stepOf = (span: number): number => {
  const power = 10 ** Math.floor(Math.log10(span / 5));
  const times = [1, 2, 5, 10].find((factor) => factor * power * 5 >= span) ?? 10;
  return times * power;
};

/** 0.1 + 0.2 is not to be read as 0.30000000000000004. */
const rounded = (value: number): number => Number(value.toPrecision(12));
