// Waiting list: a place on the list of a Schedule, and the times that are offered from it. conformance/scheduling/waiting-list.md

import type { Appointment } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';

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
