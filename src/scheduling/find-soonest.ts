// find-soonest: the next visits that can still be had, looked for piece by piece of a span, because its whole may be a great deal.

import { tooCostly } from '../fhir/problem.ts';
import type { Context } from '../interactions/types.ts';
import type { Calendar } from './calendars.ts';
import { takenIn, timesIn, type OfferedTime } from './find-times.ts';
import type { Hours } from './opening-hours.ts';
import type { Rules } from './rules.ts';
import { longestBuffer } from './rules.ts';
import type { Span } from './span.ts';
import type { Taken } from './taken.ts';

export interface Soonest {
  /** Soonest first: as many as asked for at least, where there are so many. */
  readonly times: readonly OfferedTime[];
  /** Whether the whole span was looked through. */
  readonly isAll: boolean;
}

/** Throws a Problem when so many times are taken that looking on would cost too much. */
export const findSoonest = async (
  calendars: readonly Calendar[],
  within: Span,
  most: number,
  context: Context,
): Promise<Soonest> => {
  const times: OfferedTime[] = [];
  let [taken, looked]: [readonly Taken[], number] = [[], 0];
  for (const piece of piecesOf(within, calendars)) {
    if (times.length > most) return { times, isAll: false };
    if (looked > mostLooked) throw tooMany();
    // What began in an earlier piece may reach into this one.
    const before = taken.filter(({ end }) => end + longestBuffer * 60_000 > piece.start);
    taken = distinct([...before, ...(await takenIn(calendars, piece, context))]);
    const offered = timesIn(calendars, piece, { taken, context });
    looked += offered.length;
    times.push(...offered.filter(({ seats }) => seats > 0));
  }
  return { times, isAll: true };
};

/** Visits that are looked at in one piece, and in all. */
const pieceOfVisits = 20_000;
const mostLooked = 200_000;

const tooMany = () =>
  tooCostly(
    'Too many times had to be looked through: narrow it by start and end, specialty, visit-type, practitioner, location-reference or organization.',
  );

const dayMilliseconds = 86_400_000;

/** Whole days: as many as hold no more than a piece of visits, one at least. */
const piecesOf = function* ({ start, end }: Span, calendars: readonly Calendar[]): Generator<Span> {
  const daily = calendars.reduce((sum, { rules }) => sum + mostInDay(rules), 1);
  const length = Math.max(1, Math.floor(pieceOfVisits / daily)) * dayMilliseconds;
  for (let from = start; from < end; from += length)
    yield { start: from, end: Math.min(end, from + length) };
};

const mostInDay = ({ weekly, days, length, buffer }: Rules): number => {
  const open = (hours: readonly Hours[]): number =>
    hours.reduce((sum, { from, to }) => sum + to - from, 0);
  const longest = Math.max(0, ...[...weekly.values(), ...days.values()].map(open));
  return longest / (length + buffer);
};

const distinct = (taken: readonly Taken[]): readonly Taken[] => [
  ...new Map(taken.map((each) => [each.version.id, each])).values(),
];
