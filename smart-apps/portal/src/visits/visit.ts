// Visit: until when a person may still change a visit, and what is offered from a waiting list.
// conformance/scheduling/booking.md

import { ruleOf } from '@meridian/ui/visits/availability.ts';
import type { Appointment, Extension, Schedule, Slot } from 'fhir/r4';

const base = 'https://meridian.example/StructureDefinition';
const minute = 60_000;

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

export const rulesOf = (schedule: Schedule): VisitRules => ({
  zone: ruleOf(schedule, 'time-zone')?.valueCode,
  cancelNotice: ruleOf(schedule, 'cancel-notice')?.valueUnsignedInt ?? 0,
});

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
