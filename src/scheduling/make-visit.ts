// make-visit: a visit is held or booked: its Slot and its Appointment in one commit, or neither.

import { conflict } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context } from '../interactions/types.ts';
import { and, not } from '../search/plan.ts';
import type { Expect, Version } from '../store/port.ts';
import { checkCovers, type Asker } from './asker.ts';
import type { Calendar } from './calendars.ts';
import { findOffered } from './find-offered.ts';
import { keepAll } from './keep.ts';
import { naming, withStatus } from './plans.ts';
import type { Span } from './span.ts';
import { takeSeat } from './seats.ts';
import { appointmentTime, providersOf } from './visit.ts';

export interface Visit {
  /** The id of a proposal of `$find`. */
  readonly proposal: string;
  /** Logical id of the Patient. */
  readonly patient: string;
  readonly as: 'pending' | 'booked';
  readonly comment?: string | undefined;
}

/** How long a place is held. */
export const holdMinutes = 10;
/** What one patient may hold at a time: who holds everything leaves nothing for others. */
const mostHolds = 3;

/** The Appointment. Throws 404 for a time that is not offered and 409 for one that is taken. */
export const makeVisit = (visit: Visit, asker: Asker, context: Context): Promise<Version> =>
  retryConflicts(async () => {
    const { calendar, span } = await findOffered(visit.proposal, asker, context);
    const expect =
      visit.as === 'pending' ? await expectFewHolds(visit.patient, asker, context) : [];
    const heldUntil = context.now() + holdMinutes * 60_000;
    const wanted = { calendar, span, ...(visit.as === 'pending' ? { heldUntil } : {}) };
    const seat = await takeSeat(wanted, context);
    if (!seat) throw taken();
    const id = context.newId();
    const resource = appointmentOf(id, visit, { calendar, span, slot: seat.slot }, context);
    await checkCovers(asker, { right: 'create', appointment: resource }, context);
    const keeper = { custodian: calendar.version.custodian, permit: asker.permit };
    const [appointment] = await keepAll([{ resource, expect }, ...seat.writes], keeper, context);
    return appointment!;
  });

export const taken = () =>
  conflict('This time is not free any more. Ask $find for others; nothing was changed.');

/** Throws 409 where there are too many. Otherwise the commit is one only while no other joins those that were counted. */
const expectFewHolds = async (
  patient: string,
  { kind }: Asker,
  context: Context,
): Promise<readonly Expect[]> => {
  if (kind === 'staff') return [];
  const pending = and(
    withStatus('Appointment', ['pending'], context),
    naming('Appointment', 'patient', [`Patient/${patient}`], context),
  );
  const since = context.now() - holdMinutes * 60_000;
  const recent = and(pending, { op: 'updated', prefix: 'sa', low: since, high: since });
  const { items } = await context.store.resources.search(recent, { sort: [], size: mostHolds });
  if (items.length >= mostHolds)
    throw conflict(`At most ${String(mostHolds)} times are held at once; book or cancel one.`);
  const counted = not({ op: 'id', ids: items.map(({ id }) => id) });
  const others = items.length === 0 ? recent : and(recent, counted);
  return [{ op: 'none', plan: others }];
};

interface Placed {
  readonly calendar: Calendar;
  readonly span: Span;
  readonly slot: string;
}

const appointmentOf = (
  id: string,
  { patient, as: status, comment }: Visit,
  { calendar, span, slot }: Placed,
  context: Context,
): Resource & { readonly id: string } => ({
  ...{ resourceType: 'Appointment', id },
  ...appointmentTime(calendar, span),
  ...{ status, slot: [{ reference: slot }], created: new Date(context.now()).toISOString() },
  ...(comment === undefined ? {} : { comment }),
  participant: [
    { actor: { reference: `Patient/${patient}` }, status: 'accepted' },
    ...providersOf(calendar),
  ],
});
