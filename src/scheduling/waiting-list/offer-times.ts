// offer-times: times that were given up are offered to who waits for one, the longest waiting first. What is to be done follows
// from what is stored, so whoever looks next goes on where another was broken off.

import { unrestricted } from '../../access/permit.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import type { Context } from '../../interactions/types.ts';
import { and } from '../../search/plan.ts';
import type { Version } from '../../store/port.ts';
import { openCalendars, type Calendar } from '../calendars.ts';
import { offeredAt } from '../find-offered.ts';
import { keepAll } from '../keep.ts';

import { from, keptBy, naming, withStatus } from '../plans.ts';
import { readAll } from '../read-all.ts';
import { takeSeat } from '../seats.ts';
import type { Span } from '../span.ts';
import { takenOf } from '../taken.ts';
import { fits, offerOf, readWaiting, type Waiting } from './waiting.ts';

/** How long a time is kept for who was offered it: as long as that, or until it can no longer be booked. */
export const offerMinutes = 120;
/** Less is no time to answer in. */
const leastMinutes = 15;

/** Gives how many offers were made. Several servers may do it at once: each time is offered to one. */
export const offerTimes = async (context: Context): Promise<number> => {
  let waiting = await readList(context);
  if (waiting.length === 0) return 0;
  let offers = 0;
  for (const free of await givenUp(waiting, context)) {
    const offered = await offer(free, waiting, context);
    if (offered === undefined) continue;
    waiting = waiting.filter((each) => each !== offered);
    offers += 1;
  }
  return offers;
};

/** Those who wait, the longest first. */
const readList = async (context: Context): Promise<readonly Waiting[]> => {
  const versions = await readAll(withStatus('Appointment', ['waitlist'], context), context);
  const read = versions.flatMap((version) => readWaiting(version) ?? []);
  return read.toSorted((a, b) => (sinceOf(a) < sinceOf(b) ? -1 : 1));
};

const sinceOf = ({ resource, version }: Waiting): string =>
  `${resource.created ?? 'unknown'} ${version.id}`;

interface Free {
  readonly calendar: Calendar;
  readonly span: Span;
}

/** Times that somebody had and gave up, soonest first. A Slot is stored free for nothing else. */
const givenUp = async (waiting: readonly Waiting[], context: Context): Promise<readonly Free[]> => {
  const calendars = await calendarsFor(waiting, context);
  if (calendars.length === 0) return [];
  const schedules = new Map(calendars.map((each) => [`Schedule/${each.id}`, each]));
  const plan = and(
    withStatus('Slot', ['free'], context),
    naming('Slot', 'schedule', [...schedules.keys()], context),
    from(context.now(), context),
  );
  const slots = (await readAll(plan, context)).map(takenOf);
  return slots
    .flatMap(({ version, schedule, start, end }) => {
      const calendar = schedules.get(schedule);
      return calendar && version.custodian === calendar.version.custodian
        ? [{ calendar, span: { start, end } }]
        : [];
    })
    .toSorted((a, b) => a.span.start - b.span.start);
};

const calendarsFor = async (
  waiting: readonly Waiting[],
  context: Context,
): Promise<readonly Calendar[]> => {
  const actors = [...new Set(waiting.flatMap((each) => each.actors))];
  const keepers = new Set(waiting.map(({ version }) => version.custodian));
  const plan = and(
    { op: 'type', types: ['Schedule'] },
    naming('Schedule', 'actor', actors, context),
    ...(keepers.size === 1 ? [...keepers].filter((each) => each !== undefined).map(keptBy) : []),
  );
  const schedules = await readAll(plan, context);
  return openCalendars(
    schedules.filter(({ custodian }) => keepers.has(custodian)),
    context,
  );
};

/** Who was offered it; undefined where nobody fits or somebody else was faster. */
const offer = async (
  { calendar, span }: Free,
  waiting: readonly Waiting[],
  context: Context,
): Promise<Waiting | undefined> => {
  const offered = offeredAt(calendar, span.start, context.now() + leastMinutes * 60_000);
  if (offered?.end !== span.end) return undefined;
  for (const each of waiting) {
    if (!fits(each, calendar, span)) continue;
    const made = await offerTo(each.version, { calendar, span }, context);
    if (made === 'offered') return each;
    if (made === 'taken') return undefined;
  }
  return undefined;
};

const offerTo = (
  { type, id }: Version,
  { calendar, span }: Free,
  context: Context,
): Promise<'offered' | 'taken' | 'left'> =>
  retryConflicts(async () => {
    const [previous] = await context.store.resources.read([{ type, id }]);
    const waiting = previous && !previous.deleted ? readWaiting(previous) : undefined;
    if (!previous || !waiting || !fits(waiting, calendar, span)) return 'left';
    const now = context.now();
    const latest = span.start - calendar.rules.notice * 60_000;
    const heldUntil = Math.min(now + offerMinutes * 60_000, latest);
    const seat = await takeSeat({ calendar, span, heldUntil }, context);
    if (!seat) return 'taken';
    const resource = { ...offerOf(waiting, { calendar, span, slot: seat.slot }), id };
    const keeper = { custodian: calendar.version.custodian, permit: unrestricted };
    await keepAll([{ resource, previous }, ...seat.writes], keeper, context);
    return 'offered';
  });
