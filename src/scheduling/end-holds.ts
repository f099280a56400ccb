// end-holds: what was held and not booked in time is free again: at the latest when somebody else wants the time, and sooner
// when somebody looks for such holds.

import { unrestricted } from '../access/permit.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';
import { and } from '../search/plan.ts';
import { Conflict, type Version } from '../store/port.ts';
import { keepAll, type Kept } from './keep.ts';
import { keptBy, naming, withStatus } from './plans.ts';
import { readAll } from './read-all.ts';
import { hasExpired, takenOf, type Taken } from './taken.ts';
import { slotAs } from './visit.ts';
import { backOnList, isOffer } from './waiting-list/waiting.ts';

/** Frees the Slots of all holds that are over. Several servers may do it at once: each ends once. */
export const endHolds = async (context: Context): Promise<void> => {
  const now = context.now();
  for (const held of await readHeld(context)) if (hasExpired(held, now)) await end(held, context);
};

/** All Slots that are held for somebody. */
export const readHeld = async (context: Context): Promise<readonly Taken[]> =>
  (await readAll(withStatus('Slot', ['busy-tentative'], context), context))
    .map(takenOf)
    .filter(({ heldUntil }) => heldUntil !== undefined);

const end = async (held: Taken, context: Context): Promise<void> => {
  const { version, resource } = held;
  const writes = [freed(version, resource), ...(await endedAppointments([held], context))];
  const keeper = { custodian: version.custodian, permit: unrestricted };
  try {
    await keepAll(writes, keeper, context);
  } catch (error) {
    // It was booked or ended meanwhile.
    if (!(error instanceof Conflict)) throw error;
  }
};

/** The Slot given up, so that others can have it. */
export const freed = (previous: Version, slot: Resource): Kept => ({
  resource: { ...slotAs(slot, 'free'), id: previous.id },
  previous,
});

/** Those who held a place and did not book it. Who was offered it waits for another. */
export const endedAppointments = async (
  over: readonly Taken[],
  context: Context,
): Promise<readonly Kept[]> => {
  const kept: Kept[] = [];
  for (const { version: slot } of over) {
    const plan = and(
      withStatus('Appointment', ['pending'], context),
      naming('Appointment', 'slot', [`Slot/${slot.id}`], context),
      // What others write about a Slot is not theirs to lose.
      ...(slot.custodian === undefined ? [] : [keptBy(slot.custodian)]),
    );
    for (const previous of await readAll(plan, context)) {
      const before = JSON.parse(previous.text) as Resource;
      const resource = isOffer(before)
        ? backOnList(before)
        : { ...before, status: 'cancelled', ...expired };
      kept.push({ resource: { ...resource, id: previous.id }, previous, isServers: true });
    }
  }
  return kept;
};

const expired = { cancelationReason: { text: 'It was held and not booked in time.' } };
