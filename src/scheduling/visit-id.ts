// visit-id: a time of a Schedule as an id that needs nothing stored: `Schedule id . start . minutes`, and of a seat in it
// `. seat`. Whoever takes the same seat writes the same Slot, so only one can.

import { isId } from '../fhir/reference.ts';
import type { Span } from './span.ts';

export interface VisitTime extends Span {
  /** Logical id of the Schedule. */
  readonly schedule: string;
}

/** undefined where the id of the Schedule is so long that there is no place for the rest. */
export const visitId = ({ schedule, start, end }: VisitTime): string | undefined => {
  const begin = (start / 60_000).toString(36).padStart(beginLength, '0');
  const id = `${schedule}.${begin}.${String((end - start) / 60_000)}`;
  return id.length <= longestId - seatLength ? id : undefined;
};

export const readVisitId = (id: string): VisitTime | undefined => {
  const [, schedule = '', start = '', minutes = ''] = pattern.exec(id) ?? [];
  if (!isId(schedule)) return undefined;
  const from = parseInt(start, 36) * 60_000;
  return { schedule, start: from, end: from + Number(minutes) * 60_000 };
};

/** The ids of the Slots that a visit may take. */
export const seatIds = (visit: string, capacity: number): readonly string[] =>
  Array.from({ length: capacity }, (_, seat) => `${visit}.${String(seat)}`);

const longestId = 64;
const beginLength = 5;
const seatLength = 3;
const pattern = /^(.+)\.([0-9a-z]{5,7})\.([1-9]\d{0,2})$/;
