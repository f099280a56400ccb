// taken: the Slots that are not free: held for a while, booked, or blocked by hand.

import type { Resource } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';
import { and, not, or, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { Version } from '../store/port.ts';
import { longestReach, longSlotParam } from './long-slots.ts';
import type { Span } from './span.ts';
import { readAll } from './read-all.ts';

export interface Taken extends Span {
  readonly version: Version;
  readonly resource: Resource;
  /** `Schedule/1` */
  readonly schedule: string;
  /** Until when it is held; undefined when it is not held but taken for good. */
  readonly heldUntil: number | undefined;
}

export const heldUntilUrl = 'https://meridian.example/StructureDefinition/held-until';

/** Schedules (`Schedule/1`) and who keeps each. */
export type Keepers = ReadonlyMap<string, string | undefined>;

/**
 * Slots of these Schedules that may reach into the span, in any order; those whose hold has expired among them, and those
 * that somebody wrote into a Schedule of others.
 */
export const readTaken = async (
  keepers: Keepers,
  span: Span,
  context: Context,
): Promise<readonly Taken[]> => {
  const plan = takenPlan([...keepers.keys()], span, context);
  return (await readAll(plan, context)).map(takenOf);
};

/** What `readTaken` finds, but for these Slots: for a commit that expects nobody to have come between. */
export const takenPlan = (
  schedules: readonly string[],
  { start, end }: Span,
  { definitions }: Pick<Context, 'definitions'>,
  except: readonly string[] = [],
): Plan => {
  const param = (code: string) => ({ params: valueParams('Slot', code, definitions) });
  const [low, high] = [start - longestReach, end + longestReach];
  const any = [{ code: 'busy' }, { code: 'busy-tentative' }, { code: 'busy-unavailable' }];
  return and(
    { op: 'type', types: ['Slot'] },
    { op: 'reference', ...param('schedule'), targets: schedules },
    { op: 'token', ...param('status'), any },
    or(
      { op: 'date', ...param('start'), prefix: 'eq', low, high },
      { op: 'date', params: [longSlotParam], prefix: 'ap', low, high },
    ),
    ...(except.length === 0 ? [] : [not({ op: 'id', ids: except })]),
  );
};

export const takenOf = (version: Version): Taken => {
  const resource = JSON.parse(version.text) as Resource;
  const {
    schedule,
    start,
    end,
    extension = [],
  } = resource as unknown as {
    readonly schedule: { readonly reference: string };
    readonly start: string;
    readonly end: string;
    readonly extension?: readonly { readonly url: string; readonly valueInstant?: string }[];
  };
  const held = extension.find(({ url }) => url === heldUntilUrl)?.valueInstant;
  return {
    ...{ version, resource, schedule: schedule.reference },
    ...{ start: Date.parse(start), end: Date.parse(end) },
    heldUntil: held === undefined ? undefined : Date.parse(held),
  };
};

/** Nobody can block a Schedule of others: what they write into it does not count. */
export const counts = ({ schedule, version }: Taken, keepers: Keepers): boolean =>
  keepers.has(schedule) && keepers.get(schedule) === version.custodian;

export const hasExpired = ({ heldUntil = Infinity }: Taken, now: number): boolean =>
  heldUntil <= now;

/** Whether one leaves too little time for the other; minutes of buffer lie between them. */
export const meet = (one: Span, other: Span, buffer: number): boolean =>
  one.start < other.end + buffer * 60_000 && other.start < one.end + buffer * 60_000;
