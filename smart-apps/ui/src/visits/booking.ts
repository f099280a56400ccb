// Booking: a time is held while it is confirmed, then booked; moved and cancelled as long as it may be.
// conformance/scheduling/booking.md

import type { Appointment, ParametersParameter } from 'fhir/r4';
import type { Fhir } from '../fhir/client.ts';
import { operate } from '../fhir/write.ts';

export interface Booking {
  /** The logical id of a proposal of `$find`, or of what `$hold` gave. */
  readonly id: string;
  /** Logical id; not said by whoever is signed in for one patient. */
  readonly patient?: string;
  readonly comment?: string;
}

/** Nobody else gets it for ten minutes. Fails with the kind `conflict` when somebody has it. */
export const holdTime = (fhir: Fhir, booking: Booking): Promise<Appointment> =>
  operate(fhir, 'Appointment/$hold', naming(booking));

/** Asked again after a lost answer it gives the same one. */
export const bookTime = (fhir: Fhir, booking: Booking): Promise<Appointment> =>
  operate(fhir, 'Appointment/$book', naming(booking));

export interface Move {
  /** Logical id. */
  readonly id: string;
  /** The logical id of a proposal. */
  readonly to: string;
}

/** The new time is taken and the old one given up in one step, or nothing changes. */
export const moveVisit = (fhir: Fhir, { id, to }: Move): Promise<Appointment> =>
  operate(fhir, `Appointment/${id}/$reschedule`, [appointment(to)]);

export interface Cancellation {
  readonly id: string;
  /** The patient sees it. */
  readonly reason?: string;
}

/** Its time is free for others at once; also that of what was only held. */
export const cancelVisit = (fhir: Fhir, { id, reason = '' }: Cancellation): Promise<Appointment> =>
  operate(fhir, `Appointment/${id}/$cancel`, saying('reason', reason));

const naming = ({ id, patient, comment = '' }: Booking): readonly ParametersParameter[] => [
  appointment(id),
  ...(patient === undefined
    ? []
    : [{ name: 'patient-reference', valueReference: { reference: `Patient/${patient}` } }]),
  ...saying('comment', comment),
];

const appointment = (id: string): ParametersParameter => ({
  name: 'appointment-reference',
  valueReference: { reference: `Appointment/${id}` },
});

const saying = (name: string, text: string): readonly ParametersParameter[] =>
  text.trim() === '' ? [] : [{ name, valueString: text.trim() }];
