// find-offered: the calendar of a Schedule, and a time in it that the rules offer, if they are there for who asks.

import { notFound } from '../fhir/problem.ts';
import { locate } from '../interactions/locate.ts';
import type { Context } from '../interactions/types.ts';
import { isTheirs, type Asker } from './asker.ts';
import { openCalendars, type Calendar } from './calendars.ts';
import { offeredTimes } from './offered-times.ts';
import type { Span } from './span.ts';
import { readVisitId } from './visit-id.ts';

/** A time that the rules offer and that can still be booked. Throws 404. */
export const findOffered = async (
  proposal: string,
  asker: Asker,
  context: Context,
): Promise<{ readonly calendar: Calendar; readonly span: Span }> => {
  const time = readVisitId(proposal);
  const calendar = time && (await findCalendar(time.schedule, asker, context));
  const span = calendar && offeredAt(calendar, time.start, context.now());
  if (!span || span.end !== time.end) throw notFound('Appointment', proposal);
  return { calendar, span };
};

/** The visit that the rules let begin at this very moment; undefined for none, or when it is too late to book it. */
export const offeredAt = ({ rules }: Calendar, start: number, now: number): Span | undefined => {
  if (start < now + rules.notice * 60_000) return undefined;
  const [span] = offeredTimes(rules, { start, end: start + 1 });
  return span;
};

/** undefined for a Schedule that offers no visits to this caller. */
export const findCalendar = async (
  id: string,
  asker: Asker,
  context: Context,
): Promise<Calendar | undefined> => {
  const schedule = await locate({ type: 'Schedule', id }, asker.permit, context);
  if (!schedule || schedule.deleted || !isTheirs(asker, schedule)) return undefined;
  const [calendar] = await openCalendars([schedule], context);
  return calendar;
};
