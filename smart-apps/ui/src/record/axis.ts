// Axis: from where to where a plot's values reach, in round numbers, with the usual range in sight.

import type { Trend } from './trend.ts';

/** Round numbers in even steps; the first and the last are the ends of the axis. */
export const axisOf = ({ points, range }: Pick<Trend, 'points' | 'range'>): readonly number[] => {
  const values = points.flatMap((point) => Object.values(point.values));
  const all = [...values, range?.low, range?.high].filter((value) => value !== undefined);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const step = stepOf(high - low || Math.abs(high) || 1);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step));
};

/** 1, 2 or 5 times a power of ten; about four of them reach over the span. */
const stepOf = (span: number): number => {
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const times = [1, 2, 5, 10].find((factor) => factor * power * 4 >= span) ?? 10;
  return times * power;
};

/** 0.1 + 0.2 is not to be read as 0.30000000000000004. */
const rounded = (value: number): number => Number(value.toPrecision(12));
