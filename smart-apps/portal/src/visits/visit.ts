// Visit: what an Appointment and its Schedule say besides R4's own elements, and what a person may still change.
// conformance/scheduling/booking.md

import type { Appointment, Extension, Reference, Schedule, Slot } from 'fhir/r4';

export type VisitMode = 'in-person' | 'video';

const base = 'https://meridian.example/StructureDefinition';
const minute = 60_000;

/** undefined where the Appointment does not say it. */
export const modeOf = ({ extension }: Appointment): VisitMode | undefined => {
  const mode = named(extension, `${base}/visit-mode`)?.valueCode;
  return mode === 'video' || mode === 'in-person' ? mode : undefined;
};

/** The participant of a type, such as `Practitioner`. */
export const actorOf = (
  { participant }: Appointment,
  type: 'Practitioner' | 'Location' | 'HealthcareService' | 'Patient',
): Reference | undefined =>
  participant.find(({ actor }) => actor?.reference?.startsWith(`${type}/`))?.actor;

export const idOf = (reference: string | undefined): string | undefined =>
  reference?.split('/').at(-1);

/** Milliseconds since 1970; undefined when the Slot is not held for a while. */
export const heldUntilOf = ({ extension }: Slot): number | undefined => {
  const held = named(extension, `${base}/held-until`)?.valueInstant;
  return held === undefined ? undefined : Date.parse(held);
};

export interface VisitRules {
  /** Of the place, as the IANA database names it. */
  readonly zone: string | undefined;
  /** Minutes before the visit until which a patient may move or cancel it. */
  readonly cancelNotice: number;
}

export const rulesOf = ({ extension }: Schedule): VisitRules => {
  const parts = named(extension, `${base}/availability`)?.extension;
  return {
    zone: named(parts, 'time-zone')?.valueCode,
    cancelNotice: named(parts, 'cancel-notice')?.valueUnsignedInt ?? 0,
  };
};

/** The moment until which it may be changed here; undefined where that is for the hospital alone. */
export const changeUntil = (
  { start, status, slot }: Appointment,
  rules: VisitRules | undefined,
): number | undefined =>
  rules === undefined || start === undefined || status !== 'booked' || !slot?.length
    ? undefined
    : Date.parse(start) - rules.cancelNotice * minute;

/** It was waited for, and is offered for a while. */
export const isOffer = ({ extension, status }: Appointment): boolean =>
  status === 'pending' && named(extension, `${base}/waiting`) !== undefined;

/** The visit that is cancelled when this one, which was waited for, is booked. */
export const insteadOf = ({ extension }: Appointment): string | undefined =>
  named(named(extension, `${base}/waiting`)?.extension, 'instead-of')?.valueReference?.reference;

const named = (extensions: readonly Extension[] | undefined, url: string): Extension | undefined =>
  extensions?.find((extension) => extension.url === url);
