// Timeline events: the resources of the record as events by date: values that were measured together are one event, and those
// that belong to a report are told by the report.

import type { FhirResource, Observation } from 'fhir/r4';
import { withMedicine } from '@meridian/ui/record/medicine.ts';
import { dateOf } from './dates.ts';
import type { EventType, Source } from './kinds.ts';
import type { Dated, Loaded } from './merge-pages.ts';
import type { Page, SearchParameters } from '@meridian/ui/fhir/search.ts';

/** Of `kind` where only that is wanted, and of a time. */
export interface Wanted {
  readonly kind: Source['kind'] | undefined;
  /** Dates such as 2024-05-17; undefined for all. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface Event extends Dated {
  readonly type: EventType;
  /** More than one only where Observations were made together. */
  readonly resources: readonly FhirResource[];
}

export const parametersOf = (
  { date, parameters }: Source,
  patient: string,
  { from, to }: Wanted,
): SearchParameters => ({
  ...{ patient, _count: 15 },
  ...parameters,
  [date]: [from && `ge${from}`, to && `le${to}`].filter((bound) => bound !== undefined),
  _sort: `-${date}`,
});

export const eventsOf = ({ type }: Source, page: Page<FhirResource>): Loaded<Event> => {
  const inReports = new Set(page.included.flatMap(resultsOf));
  const items = page.items
    .filter(({ id }) => !inReports.has(`Observation/${id ?? ''}`))
    .map((resource) => eventOf(type, named(resource, page.included)));
  return { items: gather(items), next: page.next };
};

export const eventOf = (type: EventType, resource: FhirResource): Event => ({
  ...{ id: `${type}/${resource.id ?? ''}`, date: dateOf(resource), type },
  resources: [resource],
});

/** A prescription names its medicine itself: what came along does not go with it. */
const named = (resource: FhirResource, included: readonly FhirResource[]): FhirResource =>
  resource.resourceType === 'MedicationRequest' ? withMedicine(resource, included) : resource;

const resultsOf = (resource: FhirResource): readonly string[] =>
  resource.resourceType === 'DiagnosticReport'
    ? (resource.result ?? []).flatMap(({ reference }) => reference ?? [])
    : [];

/** Observations of one time and one category become one event, in the place of the first. */
export const gather = (events: readonly Event[]): readonly Event[] => {
  const groups = new Map<string, Event>();
  for (const event of events) {
    const key = groupOf(event);
    const before = groups.get(key);
    const resources = [...(before?.resources ?? []), ...event.resources];
    groups.set(key, { ...(before ?? event), resources });
  }
  return [...groups.values()];
};

const groupOf = ({ id, type, date, resources }: Event): string => {
  if (type !== 'Observation' || date === undefined) return id;
  const { category, encounter } = resources[0] as Observation;
  const { code = '' } = category?.[0]?.coding?.[0] ?? {};
  return `${code} ${encounter?.reference ?? ''} ${date}`;
};
