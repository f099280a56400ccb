// change-visit: a held visit is booked, a visit is moved, cancelled, or nobody came. Each is one commit.

import { businessRule, conflict, forbidden } from '../fhir/problem.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { checkCovers, type Asker } from './asker.ts';
import { giveUp, readBooked, type Booked } from './booked.ts';
import type { Calendar } from './calendars.ts';
import { findOffered } from './find-offered.ts';
import { visitToLeave } from './waiting-list/instead.ts';
import { keepAll, type Kept } from './keep.ts';
import { leaveList } from './waiting-list/leave-list.ts';
import { taken } from './make-visit.ts';
import { takeSeat } from './seats.ts';
import { appointmentTime, providersOf, slotAs } from './visit.ts';
import { backOnList, isOffer } from './waiting-list/waiting.ts';

/** A held visit becomes a booked one. Throws 409 when it was not held, or not long enough. */
export const bookHeld = (
  id: string,
  { asker, comment }: { readonly asker: Asker; readonly comment: string | undefined },
  context: Context,
): Promise<Version> =>
  change(id, asker, context, async (booked) => {
    if (booked.appointment['status'] === 'booked') return [];
    checkStatus(booked, ['pending']);
    if ((booked.heldUntil ?? 0) <= context.now())
      throw conflict('It was held and not booked in time. Ask $find again; nothing was changed.');
    const said = comment === undefined ? {} : { comment };
    return [
      appointmentAs(booked, { status: 'booked', ...said }),
      {
        previous: booked.slot,
        resource: { ...slotAs(booked.slotResource, 'busy'), id: booked.slot.id },
      },
      ...(await leaveForIt(booked, asker, context)),
    ];
  });

/** Who takes an earlier time leaves the later one to others. */
const leaveForIt = async (
  { appointment: offer }: Booked,
  asker: Asker,
  context: Context,
): Promise<readonly Kept[]> => {
  const left = isOffer(offer) ? await visitToLeave(offer, asker, context) : undefined;
  if (!left) return [];
  checkNotice(left, asker, context);
  const kept = appointmentAs(left, cancelled(asker, 'An earlier time was taken.'));
  const covering = { right: 'update', appointment: kept.resource, previous: left.version } as const;
  await checkCovers(asker, covering, context);
  return [kept, ...(await giveUp(left, context))];
};

/** Its Slot is free again; who only waits for one waits no more. Throws 409 when it is too late. */
export const cancelVisit = async (
  id: string,
  { asker, reason }: { readonly asker: Asker; readonly reason: string | undefined },
  context: Context,
): Promise<Version> => {
  const as = cancelled(asker, reason);
  const left = await leaveList(id, { asker, as }, context);
  if (left) return left;
  return change(id, asker, context, async (booked) => {
    if (booked.appointment['status'] === 'cancelled') return [];
    checkStatus(booked, ['pending', 'booked']);
    // What is only held can be left at any time: nobody has counted on it.
    if (booked.appointment['status'] === 'booked') checkNotice(booked, asker, context);
    return [appointmentAs(booked, as), ...(await giveUp(booked, context))];
  });
};

const cancelled = ({ kind }: Asker, reason: string | undefined): object => ({
  status: 'cancelled',
  cancelationReason: {
    coding: [{ system: cancellationSystem, code: kind === 'patient' ? 'pat' : 'prov' }],
    ...(reason === undefined ? {} : { text: reason }),
  },
});

const cancellationSystem = 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason';

/** A time that was offered goes to the next who waits; this one waits for another. */
export const declineOffer = (id: string, asker: Asker, context: Context): Promise<Version> =>
  change(id, asker, context, async (booked) => {
    const { appointment, version } = booked;
    if (!isOffer(appointment))
      throw conflict('No time is being offered to it; nothing was changed.');
    return [
      { previous: version, resource: { ...backOnList(appointment), id: version.id } },
      ...(await giveUp(booked, context)),
    ];
  });

/** The same Appointment at another time: the old one is free exactly when the new one is taken. */
export const moveVisit = (
  id: string,
  { asker, proposal }: { readonly asker: Asker; readonly proposal: string },
  context: Context,
): Promise<Version> =>
  change(id, asker, context, async (booked) => {
    checkStatus(booked, ['booked']);
    checkNotice(booked, asker, context);
    const { calendar, span } = await findOffered(proposal, asker, context);
    if (calendar.version.custodian !== booked.version.custodian)
      throw businessRule('A visit moves within one organization: book there, and cancel here.');
    const seat = await takeSeat({ calendar, span, leaving: booked.slot.id }, context);
    if (!seat) throw taken();
    const slot = [{ reference: seat.slot }];
    return [
      appointmentAs(booked, {
        ...{ ...appointmentTime(calendar, span), slot },
        participant: participantsIn(calendar, booked),
      }),
      ...(await giveUp(booked, context)),
      ...seat.writes,
    ];
  });

/** Who comes stays; those whose time it was make room for those whose time it is. */
const participantsIn = (calendar: Calendar, { appointment, providers }: Booked) => {
  const all = (appointment['participant'] ?? []) as { actor?: { reference?: string } }[];
  const coming = all.filter(({ actor }) => !providers.includes(actor?.reference ?? ''));
  return [...coming, ...providersOf(calendar)];
};

/** The patient did not come. The time has passed, so its Slot stays taken. */
export const noteNoShow = (id: string, asker: Asker, context: Context): Promise<Version> =>
  change(id, asker, context, (booked) => {
    if (asker.kind === 'patient') throw forbidden('Whether somebody came is for the staff to say.');
    if (booked.appointment['status'] === 'noshow') return [];
    checkStatus(booked, ['booked']);
    if (booked.start > context.now()) throw conflict('The visit has not begun yet.');
    return [appointmentAs(booked, { status: 'noshow' })];
  });

type Write = (booked: Booked) => readonly Kept[] | Promise<readonly Kept[]>;

/** The Appointment comes first in what is written. What is so already is not written again. */
const change = (id: string, asker: Asker, context: Context, write: Write): Promise<Version> =>
  retryConflicts(async () => {
    const booked = await readBooked(id, asker, context);
    const writes = await write(booked);
    const [written] = writes;
    if (!written) return booked.version;
    const appointment = written.resource;
    await checkCovers(asker, { right: 'update', appointment, previous: booked.version }, context);
    const keeper = { custodian: booked.version.custodian, permit: asker.permit };
    const [changed] = await keepAll(writes, keeper, context);
    return changed!;
  });

const appointmentAs = ({ version, appointment }: Booked, parts: object): Kept => ({
  previous: version,
  resource: { ...appointment, ...parts, id: version.id },
});

const checkStatus = ({ appointment }: Booked, allowed: readonly string[]): void => {
  const status = String(appointment['status']);
  if (allowed.includes(status)) return;
  throw conflict(`The Appointment is ${status}; it would have to be ${allowed.join(' or ')}.`);
};

/** Patients change what is theirs in time; later the staff does it for them. */
const checkNotice = ({ start, rules }: Booked, { kind }: Asker, context: Context): void => {
  const notice = kind === 'patient' ? (rules?.cancelNotice ?? 0) : 0;
  if (context.now() <= start - notice * 60_000) return;
  throw conflict(
    kind === 'patient' && context.now() < start
      ? `Until ${String(notice)} minutes before it begins a visit can be changed here; now please call.`
      : 'The visit has begun: it can no longer be cancelled or moved.',
  );
};
