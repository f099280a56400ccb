// visit: the Slots and Appointments of visits, as resources.
// https://hl7.org/fhir/R4/appointment.html

import { DateTime } from 'luxon';
import type { Resource } from '../fhir/resource.ts';
import type { Calendar } from './calendars.ts';
import type { Span } from './span.ts';
import { heldUntilUrl } from './taken.ts';

export const modeUrl = 'https://meridian.example/StructureDefinition/visit-mode';

/** A moment as it is said where the visit takes place: `2026-11-23T09:00:00+05:30`. */
export const momentIn = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true })!;

interface SlotParts {
  readonly id: string;
  readonly calendar: Calendar;
  readonly span: Span;
  readonly status: 'free' | 'busy' | 'busy-tentative';
  readonly heldUntil?: number;
}

export const slotOf = ({ id, calendar, span, status, heldUntil }: SlotParts): Resource => ({
  ...{ resourceType: 'Slot', id },
  ...(heldUntil === undefined
    ? {}
    : { extension: [{ url: heldUntilUrl, valueInstant: new Date(heldUntil).toISOString() }] }),
  ...taking(calendar.resource, ['serviceCategory', 'serviceType', 'specialty']),
  schedule: { reference: `Schedule/${calendar.id}` },
  ...{ status, start: momentIn(span.start, calendar.rules.zone) },
  end: momentIn(span.end, calendar.rules.zone),
});

/** A Slot as it will be: nobody's, or somebody's for good. */
export const slotAs = (slot: Resource, status: 'free' | 'busy'): Resource => {
  const { extension = [], ...rest } = slot as Resource & { extension?: { url: string }[] };
  const kept = extension.filter(({ url }) => url !== heldUntilUrl);
  return { ...rest, ...(kept.length === 0 ? {} : { extension: kept }), status };
};

/** What an Appointment says of when, where and with whom it is; who comes is not among it. */
export const appointmentTime = ({ resource, rules }: Calendar, span: Span) => ({
  extension: [{ url: modeUrl, valueCode: rules.mode }],
  ...taking(resource, ['serviceCategory', 'serviceType', 'specialty']),
  start: momentIn(span.start, rules.zone),
  end: momentIn(span.end, rules.zone),
  minutesDuration: rules.length,
});

export const providersOf = ({ resource }: Calendar): readonly object[] =>
  (resource['actor'] as readonly object[]).map((actor) => ({ actor, status: 'accepted' }));

const taking = (resource: Resource, names: readonly string[]): object =>
  Object.fromEntries(
    names.flatMap((name) => (resource[name] === undefined ? [] : [[name, resource[name]]])),
  );
