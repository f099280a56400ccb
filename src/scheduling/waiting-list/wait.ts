// wait: a place on the waiting list of a Schedule: an Appointment with a period instead of a time.

import { businessRule, conflict, notFound } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import type { Context } from '../../interactions/types.ts';
import { and, not } from '../../search/plan.ts';
import type { Expect, Version } from '../../store/port.ts';
import { checkCovers, type Asker } from '../asker.ts';
import type { Calendar } from '../calendars.ts';
import { findCalendar } from '../find-offered.ts';
import { checkInstead } from './instead.ts';
import { keepAll } from '../keep.ts';
import { naming, withStatus } from '../plans.ts';
import type { Span } from '../span.ts';
import { waitingExtension } from './waiting.ts';

export interface Wish {
  /** Logical ids. */
  readonly schedule: string;
  readonly patient: string;
  /** When a visit would be welcome. */
  readonly period: Span;
  readonly comment?: string | undefined;
  /** Logical id of a visit that is given up for the earlier time. */
  readonly insteadOf?: string | undefined;
}

/** On how many lists one patient may be at a time. */
const mostWaiting = 5;

/** The Appointment, with status waitlist. Throws 404 for a Schedule that offers nothing to this caller. */
export const putOnList = (wish: Wish, asker: Asker, context: Context): Promise<Version> =>
  retryConflicts(async () => {
    if (wish.period.end <= context.now())
      throw businessRule("The period is over: 'end' must be a moment to come.");
    const calendar = await findCalendar(wish.schedule, asker, context);
    if (!calendar) throw notFound('Schedule', wish.schedule);
    const { custodian } = calendar.version;
    if (wish.insteadOf !== undefined)
      await checkInstead(wish.insteadOf, { patient: wish.patient, custodian }, asker, context);
    const expect = await expectFewOthers(wish.patient, asker, context);
    const resource = entryOf(wish, calendar, context);
    await checkCovers(asker, { right: 'create', appointment: resource }, context);
    const keeper = { custodian, permit: asker.permit };
    const [version] = await keepAll([{ resource, expect }], keeper, context);
    return version!;
  });

/** Who may be on no more lists is told so. Otherwise the commit is one only while no other joins those that were counted. */
const expectFewOthers = async (
  patient: string,
  { kind }: Asker,
  context: Context,
): Promise<readonly Expect[]> => {
  if (kind === 'staff') return [];
  const plan = and(
    withStatus('Appointment', ['waitlist'], context),
    naming('Appointment', 'patient', [`Patient/${patient}`], context),
  );
  const { items } = await context.store.resources.search(plan, { sort: [], size: mostWaiting });
  if (items.length >= mostWaiting)
    throw conflict(`At most ${String(mostWaiting)} waiting lists at once; cancel one.`);
  const counted = not({ op: 'id', ids: items.map(({ id }) => id) });
  return [{ op: 'none', plan: items.length === 0 ? plan : and(plan, counted) }];
};

const entryOf = (
  { patient, period, comment, insteadOf: left }: Wish,
  { resource: schedule, rules }: Calendar,
  context: Context,
): Resource & { readonly id: string } => {
  const actors = (schedule['actor'] as readonly { readonly reference?: string }[]).flatMap(
    ({ reference }) => (reference === undefined ? [] : [reference]),
  );
  const said = ['serviceCategory', 'serviceType', 'specialty'].flatMap((name) =>
    schedule[name] === undefined ? [] : [[name, schedule[name]] as const],
  );
  return {
    ...{ resourceType: 'Appointment', id: context.newId(), status: 'waitlist' },
    extension: [
      waitingExtension({
        ...{ actors, mode: rules.mode, passed: [] },
        insteadOf: left === undefined ? undefined : `Appointment/${left}`,
      }),
    ],
    ...Object.fromEntries(said),
    ...(comment === undefined ? {} : { comment }),
    created: instant(context.now()),
    participant: [
      { actor: { reference: `Patient/${patient}` }, status: 'accepted' },
      ...actors.map((reference) => ({ actor: { reference }, status: 'needs-action' })),
    ],
    requestedPeriod: [{ start: instant(period.start), end: instant(period.end) }],
  };
};

const instant = (at: number): string => new Date(at).toISOString();
