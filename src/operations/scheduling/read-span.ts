// read-span: the parameters `start` and `end`, two moments.

import { invalid, tooCostly } from '../../fhir/problem.ts';
import type { Span } from '../../scheduling/span.ts';
import { readText, type Inputs } from '../parameters.ts';

/** Throws 400 when one is no moment, they are the wrong way round, or too many days lie between. */
export const readSpan = (inputs: Inputs, mostDays: number): Span => {
  const [start, end] = [readMoment(inputs, 'start'), readMoment(inputs, 'end')];
  if (start >= end) throw invalid("Parameter 'start' must be before 'end'.", 'start');
  if (end - start > mostDays * 86_400_000)
    throw tooCostly(`At most ${String(mostDays)} days may lie between 'start' and 'end'.`);
  return { start, end };
};

const readMoment = (inputs: Inputs, name: string): number => {
  const text = readText(inputs, name) ?? '';
  const at = momentPattern.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return at;
  throw invalid(
    `Parameter '${name}' must be a moment with its time zone, such as 2026-11-23T09:00:00+05:30.`,
    name,
  );
};

const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
