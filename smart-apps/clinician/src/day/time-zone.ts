// Time zone: of the doctor's own Schedules, so that a day begins where the hospital is and not where the screen is.

import type { Extension, Schedule } from 'fhir/r4';

/** undefined where no Schedule names one. */
export const timeZoneOf = (schedules: readonly Schedule[]): string | undefined =>
  schedules
    .flatMap(({ extension = [] }) => partsOf(extension, availability))
    .find(({ url }) => url === 'time-zone')?.valueCode;

export const deviceTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const availability = 'https://meridian.example/StructureDefinition/availability';

const partsOf = (extensions: readonly Extension[], named: string): readonly Extension[] =>
  extensions.filter(({ url }) => url === named).flatMap(({ extension = [] }) => extension);
