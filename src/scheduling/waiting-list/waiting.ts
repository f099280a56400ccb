// waiting: an Appointment on the waiting list (`waitlist`), what it was offered (`pending`), and how it comes back when nobody
// takes that. The extension `waiting` keeps what was asked for while a time is offered.
// https://hl7.org/fhir/R4/valueset-appointmentstatus.html

import type { Resource } from '../../fhir/resource.ts';
import type { Version } from '../../store/port.ts';
import type { Calendar } from '../calendars.ts';
import type { Span } from '../span.ts';
import { visitId } from '../visit-id.ts';
import { appointmentTime, modeUrl, providersOf } from '../visit.ts';

export interface Waiting {
  readonly version: Version;
  readonly resource: Appointment;
  /** Who or what a visit must be with: `Practitioner/1`, `HealthcareService/1`. */
  readonly actors: readonly string[];
  /** undefined: in person or by video. */
  readonly mode: string | undefined;
  /** Any of these is good. */
  readonly periods: readonly Span[];
  /** Ids of visits that were offered and not taken. */
  readonly passed: readonly string[];
  /** The visit it would take the place of: `Appointment/1`. */
  readonly insteadOf?: string | undefined;
}

export const waitingUrl = 'https://meridian.example/StructureDefinition/waiting';

/** Who leaves so many offers unanswered is taken off the list: each kept a time from the others for a while. */
export const mostPassed = 5;

/** undefined for an Appointment that does not say when, or with whom; nothing can be offered to it. */
export const readWaiting = (version: Version): Waiting | undefined => {
  const resource = JSON.parse(version.text) as Appointment;
  const periods = (resource.requestedPeriod ?? []).flatMap(({ start = '', end = '' }) => {
    const span = { start: Date.parse(start), end: Date.parse(end) };
    return span.start < span.end ? [span] : [];
  });
  const asked = askedOf(resource);
  if (resource.status !== 'waitlist' || periods.length === 0 || asked.actors.length === 0)
    return undefined;
  return { version, resource, periods, ...asked };
};

/** Whether a visit of the calendar at that time is what is waited for. */
export const fits = (waiting: Waiting, calendar: Calendar, span: Span): boolean => {
  const { actors, mode, periods, passed, version } = waiting;
  const there = new Set(referencesOf(calendar.resource['actor'] as readonly Actor[]));
  return (
    version.custodian === calendar.version.custodian &&
    actors.every((actor) => there.has(actor)) &&
    (mode === undefined || mode === calendar.rules.mode) &&
    periods.some(({ start, end }) => start <= span.start && span.end <= end) &&
    !passed.includes(visitId({ ...span, schedule: calendar.id }) ?? '')
  );
};

export const isOffer = (appointment: Resource): boolean =>
  appointment['status'] === 'pending' && isFromList(appointment);

/** Whether the server put it on its list. */
export const isFromList = ({ extension = [] }: Appointment): boolean =>
  extension.some(({ url }) => url === waitingUrl);

/** The visit that is given up when the offer is taken: `Appointment/1`. */
export const insteadOf = (offer: Resource): string | undefined => askedOf(offer).insteadOf;

/** The same Appointment with a time that is held for it. */
export const offerOf = (
  { resource, ...asked }: Waiting,
  { calendar, span, slot }: Offered,
): Resource => {
  const { extension, ...time } = appointmentTime(calendar, span);
  return {
    ...resource,
    ...time,
    extension: [...othersOf(resource), ...extension, waitingExtension(asked)],
    ...{ status: 'pending', slot: [{ reference: slot }] },
    participant: [...patientsIn(resource), ...providersOf(calendar)],
  };
};

export interface Offered {
  readonly calendar: Calendar;
  readonly span: Span;
  /** `Slot/1` */
  readonly slot: string;
}

/** The same Appointment without the time it was offered: it waits on, or no longer after too many. */
export const backOnList = (offer: Resource): Resource => {
  const asked = askedOf(offer);
  const { slot = [] } = offer as Appointment;
  const passed = [...asked.passed, ...slot.flatMap(({ reference }) => visitOf(reference))];
  const isOver = passed.length >= mostPassed;
  return {
    ...without(offer, ['start', 'end', 'minutesDuration', 'slot']),
    extension: [...othersOf(offer), waitingExtension({ ...asked, passed })],
    ...(isOver
      ? { status: 'cancelled', cancelationReason: { text: 'What was offered was not taken.' } }
      : { status: 'waitlist' }),
    participant: [
      ...patientsIn(offer),
      ...asked.actors.map((reference) => ({ actor: { reference }, status: 'needs-action' })),
    ],
  };
};

const without = (resource: Resource, names: readonly string[]): Resource => ({
  ...Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name))),
  resourceType: resource.resourceType,
});

export const waitingExtension = ({ actors, mode, passed, insteadOf }: Asked): object => ({
  url: waitingUrl,
  extension: [
    ...actors.map((reference) => ({ url: 'actor', valueReference: { reference } })),
    ...(mode === undefined ? [] : [{ url: 'mode', valueCode: mode }]),
    ...passed.map((valueString) => ({ url: 'passed', valueString })),
    ...(insteadOf === undefined
      ? []
      : [{ url: 'instead-of', valueReference: { reference: insteadOf } }]),
  ],
});

type Asked = Pick<Waiting, 'actors' | 'mode' | 'passed' | 'insteadOf'>;

interface Actor {
  readonly reference?: string;
}
interface Extension {
  readonly url: string;
  readonly valueCode?: string;
  readonly valueString?: string;
  readonly valueReference?: Actor;
  readonly extension?: readonly Extension[];
}
type Appointment = Resource & {
  readonly status?: string;
  readonly created?: string;
  readonly extension?: readonly Extension[];
  readonly requestedPeriod?: readonly { readonly start?: string; readonly end?: string }[];
  readonly participant?: readonly { readonly actor?: Actor }[];
  readonly slot?: readonly Actor[];
};

/** As the extension keeps it; of what was written without one, as the participants say. */
const askedOf = (appointment: Appointment): Asked => {
  const parts = appointment.extension?.find(({ url }) => url === waitingUrl)?.extension;
  if (parts) {
    const named = (name: string) => parts.filter(({ url }) => url === name);
    return {
      actors: referencesOf(named('actor').map(({ valueReference = {} }) => valueReference)),
      mode: named('mode')[0]?.valueCode,
      passed: named('passed').map(({ valueString = '' }) => valueString),
      insteadOf: named('instead-of')[0]?.valueReference?.reference,
    };
  }
  const actors = (appointment.participant ?? []).map(({ actor = {} }) => actor);
  return {
    actors: referencesOf(actors).filter((reference) => !reference.startsWith('Patient/')),
    mode: appointment.extension?.find(({ url }) => url === modeUrl)?.valueCode,
    passed: [],
  };
};

const referencesOf = (actors: readonly Actor[]): readonly string[] =>
  actors.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));

/** Logical ids. */
export const patientsOf = ({ participant = [] }: Appointment): readonly string[] =>
  referencesOf(participant.map(({ actor = {} }) => actor)).flatMap((reference) =>
    reference.startsWith('Patient/') ? [reference.slice('Patient/'.length)] : [],
  );

const patientsIn = ({ participant = [] }: Appointment): readonly object[] =>
  participant.filter(({ actor }) => actor?.reference?.startsWith('Patient/'));

/** What is not ours stays. */
const othersOf = ({ extension = [] }: Appointment): readonly object[] =>
  extension.filter(({ url }) => url !== waitingUrl && url !== modeUrl);

/** The id of the visit a seat belongs to. */
const visitOf = (slot = ''): readonly string[] => {
  const [, visit] = /^Slot\/(.+)\.\d+$/.exec(slot) ?? [];
  return visit === undefined ? [] : [visit];
};
