// Ask: the operations of scheduling as a patient uses them. conformance/scheduling/booking.md

import type { Appointment, ParametersParameter } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { pageOf, type Page } from '@meridian/ui/fhir/search.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import type { Bundle } from 'fhir/r4';

export interface Asked {
  /** Such as `HealthcareService/1`: actors of Schedules, any of which will do. */
  readonly actors?: readonly string[];
  /** Logical id. */
  readonly schedule?: string;
  readonly mode?: string;
}

const days = 60;
const pageSize = 100;

/** Free times, soonest first, of sixty days from a moment on. */
export const findTimes = async (
  fhir: Fhir,
  { actors = [], schedule, mode }: Asked,
  from: string,
): Promise<Page<Appointment>> => {
  const end = new Date(Date.parse(from) + days * 86_400_000).toISOString();
  const bundle = await operate<Bundle>(fhir, 'Appointment/$find', [
    { name: 'start', valueDateTime: from },
    { name: 'end', valueDateTime: end },
    ...actors.map((actor) => ({ name: 'practitioner', valueString: actor })),
    ...(schedule === undefined ? [] : [{ name: 'schedule', valueString: schedule }]),
    ...(mode === undefined || mode === '' ? [] : [{ name: 'mode', valueCode: mode }]),
    { name: '_count', valuePositiveInt: pageSize },
  ]);
  return pageOf<Appointment>(bundle);
};

export const hold = (fhir: Fhir, proposal: string): Promise<Appointment> =>
  operate(fhir, 'Appointment/$hold', [appointment(proposal)]);

/** Of what is held. Asked again after a lost answer it gives the same one. */
export const book = (
  fhir: Fhir,
  { id, comment }: { readonly id: string; readonly comment: string },
): Promise<Appointment> =>
  operate(fhir, 'Appointment/$book', [
    appointment(id),
    ...(comment.trim() === '' ? [] : [{ name: 'comment', valueString: comment.trim() }]),
  ]);

export const move = (
  fhir: Fhir,
  { id, proposal }: { readonly id: string; readonly proposal: string },
): Promise<Appointment> => operate(fhir, `Appointment/${id}/$reschedule`, [appointment(proposal)]);

export const cancel = (
  fhir: Fhir,
  { id, reason = '' }: { readonly id: string; readonly reason?: string },
): Promise<Appointment> =>
  operate(
    fhir,
    `Appointment/${id}/$cancel`,
    reason.trim() === '' ? [] : [{ name: 'reason', valueString: reason.trim() }],
  );

export interface Wish {
  /** Logical id. */
  readonly schedule: string;
  /** Instants: from when to when a time would be welcome. */
  readonly start: string;
  readonly end: string;
  readonly comment: string;
  /** The id of a visit that is cancelled when an offered time is booked. */
  readonly insteadOf?: string;
}

/** A place on the waiting list of a Schedule. conformance/scheduling/waiting-list.md */
export const wait = (
  fhir: Fhir,
  { schedule, start, end, comment, insteadOf }: Wish,
): Promise<Appointment> =>
  operate(fhir, 'Appointment/$wait', [
    { name: 'schedule', valueReference: { reference: `Schedule/${schedule}` } },
    { name: 'start', valueDateTime: start },
    { name: 'end', valueDateTime: end },
    ...(insteadOf === undefined
      ? []
      : [{ name: 'instead-of', valueReference: { reference: `Appointment/${insteadOf}` } }]),
    ...(comment.trim() === '' ? [] : [{ name: 'comment', valueString: comment.trim() }]),
  ]);

/** An offered time goes to the next who waits, and one waits on. */
export const decline = (fhir: Fhir, { id }: { readonly id: string }): Promise<Appointment> =>
  operate(fhir, `Appointment/${id}/$decline`);

export const calendarFile = (fhir: Fhir, id: string): Promise<Blob> =>
  fhir.bytes(`Appointment/${id}/$calendar-file`);

const appointment = (id: string): ParametersParameter => ({
  name: 'appointment-reference',
  valueReference: { reference: `Appointment/${id}` },
});
