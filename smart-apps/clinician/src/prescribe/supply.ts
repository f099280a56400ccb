// Supply: how much of a medicine is needed for as long as it is prescribed, where that can be counted.

import type { DoseUnit } from '@meridian/ui/record/dosage/units.ts';
import { dosesOf, numberOf, type Line, type Rhythm } from './line.ts';

/** Whole tablets and the like, undefined where it depends on need or cannot be counted. */
export const suppliedOf = (line: Line): number | undefined => {
  const days = numberOf(line.duration) * daysOf[line.span];
  if (line.isAsNeeded || Number.isNaN(days) || !counted.has(line.unit)) return undefined;
  const daily = dailyOf(line);
  return daily === undefined || !(daily > 0) ? undefined : Math.ceil(daily * days);
};

const counted: ReadonlySet<DoseUnit> = new Set([
  ...(['tablet', 'capsule', 'sachet', 'suppository', 'ampoule', 'patch'] as const),
]);

const daysOf = { d: 1, wk: 7, mo: 30 } as const;

const dailyOf = (line: Line): number | undefined => {
  const dose = numberOf(line.dose);
  if (line.rhythm === 'parts') return dosesOf(line).reduce((sum, [, each]) => sum + each, 0);
  if (line.rhythm === 'hours') return (dose * 24) / numberOf(line.hours);
  const times = timesADay[line.rhythm];
  return times === undefined ? undefined : dose * times;
};

const timesADay: Readonly<Partial<Record<Rhythm, number>>> = {
  ...{ 'daily-1': 1, 'daily-2': 2, 'daily-3': 3, 'daily-4': 4, weekly: 1 / 7 },
};
