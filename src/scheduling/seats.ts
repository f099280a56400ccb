// seats: a place at the time of a visit is taken by writing its Slot, in a commit that holds only while nothing else of the
// same people comes too near. Holds that have expired are ended by whoever comes across them.

import type { Resource } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import type { Calendar } from './calendars.ts';
import { endedAppointments, freed } from './end-holds.ts';
import { seatsLeft } from './find-times.ts';
import type { Kept } from './keep.ts';
import type { Span } from './span.ts';
import { counts, hasExpired, readTaken, takenPlan, type Taken } from './taken.ts';
import { seatIds, visitId } from './visit-id.ts';
import { slotOf } from './visit.ts';

export interface Wanted {
  readonly calendar: Calendar;
  readonly span: Span;
  /** For a while; without it for good. */
  readonly heldUntil?: number;
  /** A Slot that the same commit gives up. */
  readonly leaving?: string;
}

export interface Seat {
  /** `Slot/1` */
  readonly slot: string;
  /** What must be written for it, all in one commit. */
  readonly writes: readonly Kept[];
}

/** undefined when there is no place any more. */
export const takeSeat = async (wanted: Wanted, context: Context): Promise<Seat | undefined> => {
  const { calendar, span, leaving } = wanted;
  const near = await readTaken(calendar.beside, span, context);
  const counting = near.filter((each) => counts(each, calendar.beside));
  const now = context.now();
  const over = counting.filter((each) => hasExpired(each, now));
  const others = counting.filter((each) => !over.includes(each) && each.version.id !== leaving);
  const seat =
    seatsLeft(calendar, span, others) === 0 ? undefined : await freeSeat(wanted, over, context);
  if (!seat) return undefined;

  const ended = over.filter(({ version }) => version.id !== seat.id);
  const known = near.map(({ version }) => version.id);
  const plan = takenPlan([...calendar.beside.keys()], span, context, known);
  const expect = [{ op: 'none' as const, plan }];
  const { heldUntil } = wanted;
  const slot = slotOf({
    ...{ id: seat.id, calendar, span, status: heldUntil === undefined ? 'busy' : 'busy-tentative' },
    ...(heldUntil === undefined ? {} : { heldUntil }),
  });
  return {
    slot: `Slot/${seat.id}`,
    writes: [
      { resource: withId(slot, seat.id), previous: seat.previous, expect },
      ...ended.map(({ version, resource }) => freed(version, resource)),
      ...(await endedAppointments(over, context)),
    ],
  };
};

interface FreeSeat {
  readonly id: string;
  readonly previous: Version | undefined;
}

const freeSeat = async (
  { calendar, span }: Wanted,
  over: readonly Taken[],
  { store }: Context,
): Promise<FreeSeat | undefined> => {
  const visit = visitId({ ...span, schedule: calendar.id });
  if (visit === undefined) return undefined;
  const all = seatIds(visit, calendar.rules.capacity + spare);
  const found = await store.resources.read(all.map((id) => ({ type: 'Slot', id })));
  const { custodian } = calendar.version;
  const place = found.findIndex(
    (slot) =>
      !slot ||
      (slot.custodian === custodian &&
        (isFree(slot) || over.some(({ version }) => version.id === slot.id))),
  );
  return place < 0 ? undefined : { id: all[place]!, previous: found[place] };
};

/** Others may have written a Slot where a seat would be; then the next one is. */
const spare = 8;

const isFree = ({ deleted, text }: Version): boolean =>
  deleted || (JSON.parse(text) as Resource)['status'] === 'free';

const withId = (resource: Resource, id: string) => ({ ...resource, id });
