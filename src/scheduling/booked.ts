// booked: an Appointment that was made here, with its Slot and its calendar, for who is about to change it.

import { conflict, gone, notFound } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import type { Context } from '../interactions/types.ts';
import { and, not } from '../search/plan.ts';
import type { Version } from '../store/port.ts';
import { isTheirs, type Asker } from './asker.ts';
import { freed } from './end-holds.ts';
import type { Kept } from './keep.ts';
import { keptBy, naming, withStatus } from './plans.ts';
import { soundRules, type Rules } from './rules.ts';
import { heldUntilUrl } from './taken.ts';

export interface Booked {
  readonly version: Version;
  readonly appointment: Resource;
  /** The Slot it takes. */
  readonly slot: Version;
  readonly slotResource: Resource;
  readonly start: number;
  readonly heldUntil: number | undefined;
  /** undefined when the Schedule has no rules any more. */
  readonly rules: Rules | undefined;
  /** References of those whose Schedule it is in. */
  readonly providers: readonly string[];
}

/** Throws 404 for what is not there or not theirs, and 409 when it takes no Slot. */
export const readBooked = async (id: string, asker: Asker, context: Context): Promise<Booked> => {
  const version = await locate({ type: 'Appointment', id }, asker.permit, context);
  if (!version || !isTheirs(asker, version)) throw notFound('Appointment', id);
  if (version.deleted) throw gone('Appointment', id);
  const appointment = JSON.parse(version.text) as Resource;
  const slot = await readSlot(appointment, context);
  // Who writes an Appointment of their own into the Slot of others has not got it.
  if (!slot || slot.custodian !== version.custodian)
    throw conflict(`Appointment/${id} takes no Slot of this server; change it by update.`);
  const slotResource = JSON.parse(slot.text) as Resource;
  const { schedule, start, extension = [] } = slotResource as unknown as SlotParts;
  const kept = await readSchedule(schedule.reference, context);
  const held = extension.find(({ url }) => url === heldUntilUrl)?.valueInstant;
  return {
    ...{ version, appointment, slot, slotResource, start: Date.parse(start) },
    heldUntil: held === undefined ? undefined : Date.parse(held),
    rules: kept && soundRules(kept),
    providers: actorsOf(kept),
  };
};

/** The Slot given up, so that others can have it; nothing when the staff has given it to somebody else already. */
export const giveUp = async (
  { version, slot, slotResource }: Booked,
  context: Context,
): Promise<readonly Kept[]> => {
  const others = and(
    withStatus('Appointment', ['pending', 'booked'], context),
    naming('Appointment', 'slot', [`Slot/${slot.id}`], context),
    keptBy(slot.custodian),
    not({ op: 'id', ids: [version.id] }),
  );
  const isGiven = (await context.store.resources.count(others)) > 0;
  return isGiven ? [] : [freed(slot, slotResource)];
};

interface SlotParts {
  readonly schedule: { readonly reference: string };
  readonly start: string;
  readonly extension?: readonly { readonly url: string; readonly valueInstant?: string }[];
}

const readSlot = async (
  appointment: Resource,
  { store }: Context,
): Promise<Version | undefined> => {
  const [{ reference = '' } = {}] = (appointment['slot'] ?? []) as { reference?: string }[];
  if (!reference.startsWith('Slot/')) return undefined;
  const [slot] = await store.resources.read([{ type: 'Slot', id: reference.slice(5) }]);
  return slot?.deleted ? undefined : slot;
};

const readSchedule = async (
  reference: string,
  { store }: Context,
): Promise<Resource | undefined> => {
  const [found] = await store.resources.read([{ type: 'Schedule', id: reference.slice(9) }]);
  return found && !found.deleted ? (JSON.parse(found.text) as Resource) : undefined;
};

const actorsOf = (schedule: Resource | undefined): readonly string[] =>
  ((schedule?.['actor'] ?? []) as { readonly reference?: string }[]).flatMap(
    ({ reference }) => reference ?? [],
  );
