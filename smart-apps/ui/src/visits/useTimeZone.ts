// useTimeZone: of the hospital, as its Schedules name it, so that a day begins where the visits are and not where the screen is.

import type { Schedule } from 'fhir/r4';
import { useSearch } from '../fhir/hooks.ts';
import { deviceTimeZone } from '../time/day.ts';
import { timeZoneOf } from './availability.ts';

/** Of `Practitioner/1` and others; pass undefined to wait. undefined until it is known; this device's where no Schedule names one. */
export const useTimeZone = (actors: readonly string[] | undefined): string | undefined => {
  const schedules = useSearch<Schedule>(
    'Schedule',
    actors && {
      ...{ actor: actors.join(','), active: 'true', _count: 10, _elements: 'extension' },
    },
  );
  if (actors === undefined || schedules.isLoading) return undefined;
  return timeZoneOf(schedules.items) ?? deviceTimeZone();
};
