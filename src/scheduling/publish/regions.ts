// regions: the Schedules whose rules let everybody see their times, with the places they are at, by the state those lie in.

import type { Resource } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import { openCalendars, type Calendar } from '../calendars.ts';
import { readAll } from '../read-all.ts';

export interface Region {
  /** As the addresses say it; '' where they say none. */
  readonly state: string;
  /** What is published of each Location. */
  readonly places: readonly Resource[];
  readonly schedules: readonly Published[];
}

export interface Published {
  readonly calendar: Calendar;
  /** Logical id of its Location. */
  readonly place: string;
}

/** By state, and in each by id. A Schedule is published only at a Location that the same organization keeps. */
export const readRegions = async (context: Context): Promise<readonly Region[]> => {
  const all = await readAll({ op: 'type', types: ['Schedule'] }, context);
  const marked = all.filter(({ text }) => text.includes('"published"'));
  const calendars = (await openCalendars(marked, context)).filter(({ rules }) => rules.isPublished);
  const places = await readPlaces(calendars, context);
  const schedules = calendars.flatMap((calendar) => {
    const place = placesOf(calendar).find((id) => isKeptBy(calendar, places.get(id)));
    return place === undefined ? [] : [{ calendar, place }];
  });
  const shown = await showPlaces(places, context);
  const byState = Map.groupBy(schedules, ({ place }) => stateOf(shown.get(place)!));
  return [...byState]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([state, some]) => ({
      state,
      places: [...new Set(some.map(({ place }) => place))].sort().map((id) => shown.get(id)!),
      schedules: some.toSorted((a, b) => (a.calendar.id < b.calendar.id ? -1 : 1)),
    }));
};

const placesOf = ({ resource }: Calendar): readonly string[] =>
  (resource['actor'] as readonly { readonly reference?: string }[]).flatMap(
    ({ reference = '' }) => /^Location\/(.+)$/.exec(reference)?.[1] ?? [],
  );

const isKeptBy = ({ version }: Calendar, place: Version | undefined): boolean =>
  place !== undefined && !place.deleted && place.custodian === version.custodian;

const readPlaces = async (
  calendars: readonly Calendar[],
  { store }: Context,
): Promise<ReadonlyMap<string, Version>> => {
  const ids = [...new Set(calendars.flatMap(placesOf))];
  const found = await store.resources.read(ids.map((id) => ({ type: 'Location', id })));
  return new Map(found.flatMap((each) => (each && !each.deleted ? [[each.id, each]] : [])));
};

interface Place extends Resource {
  readonly telecom?: readonly { readonly system?: string }[];
  readonly address?: { readonly state?: string };
  readonly managingOrganization?: { readonly reference?: string };
}

const stateOf = (place: Place): string => place.address?.state ?? '';

/** Whoever wants to ask calls the place, or else who manages it. */
const showPlaces = async (
  places: ReadonlyMap<string, Version>,
  { store }: Context,
): Promise<ReadonlyMap<string, Place>> => {
  const read = [...places.values()].map(({ text }) => JSON.parse(text) as Place);
  const managers = read.map(({ managingOrganization }) => ({
    type: 'Organization',
    id: managingOrganization?.reference?.replace(/^Organization\//, '') ?? '',
  }));
  const found = await store.resources.read(managers);
  return new Map(
    read.map((place, at) => {
      const manager = found[at];
      const managed = manager && !manager.deleted ? (JSON.parse(manager.text) as Place) : undefined;
      const telecom = phonesOf(place) ?? phonesOf(managed);
      return [place.id!, { ...only(place), ...(telecom ? { telecom } : {}) }];
    }),
  );
};

/** Nothing else of a Location is for everybody. */
const only = (place: Place): Place => ({
  resourceType: 'Location',
  ...Object.fromEntries(
    ['id', 'name', 'description', 'address', 'position'].flatMap((name) =>
      place[name] === undefined ? [] : [[name, place[name]]],
    ),
  ),
});

const phonesOf = (place: Place | undefined): Place['telecom'] => {
  const phones = (place?.telecom ?? []).filter(({ system }) => system === 'phone');
  return phones.length === 0 ? undefined : phones;
};
