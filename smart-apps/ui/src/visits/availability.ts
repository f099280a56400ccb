// Availability: what a Schedule says of when and how it can be booked. profiles/StructureDefinition-availability.json

import type { Extension, Schedule } from 'fhir/r4';

export const availabilityUrl = 'https://meridian.example/StructureDefinition/availability';

/** One of its rules, such as `time-zone`. */
export const ruleOf = ({ extension = [] }: Schedule, name: string): Extension | undefined =>
  extension.find(({ url }) => url === availabilityUrl)?.extension?.find(({ url }) => url === name);

/** Of the place, as the IANA database names it; undefined where no Schedule names one. */
export const timeZoneOf = (schedules: readonly Schedule[]): string | undefined =>
  schedules
    .map((schedule) => ruleOf(schedule, 'time-zone')?.valueCode)
    .find((zone) => zone !== undefined);
