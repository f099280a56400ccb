// Clinics: when each doctor sees patients, as the Schedules say it, and the times that visits of the seed take.
// conformance/scheduling/README.md

import { momentOf, plusDays, isSunday } from './dates.ts';
import type { Doctor } from './hospitals.ts';

export interface Clinic {
  readonly mode: 'in-person' | 'video';
  /** Logical id of the Schedule, and of the HealthcareService. */
  readonly idOf: (doctor: Doctor) => string;
  /** Minutes since midnight. */
  readonly opens: number;
  readonly closes: number;
  /** Minutes of a visit, and kept free after it. */
  readonly length: number;
  readonly buffer: number;
}

export const clinics: readonly Clinic[] = [
  {
    ...{ mode: 'in-person', idOf: ({ id }) => `visit-${id}` },
    ...{ opens: 9 * 60 + 30, closes: 13 * 60, length: 20, buffer: 5 },
  },
  {
    ...{ mode: 'video', idOf: ({ id }) => `video-${id}` },
    ...{ opens: 16 * 60, closes: 18 * 60, length: 15, buffer: 5 },
  },
];

/** The extension `availability`: Monday to Saturday, closed on national holidays of two years. */
export const availabilityOf = (clinic: Clinic, day: string): object => ({
  url: 'https://meridian.example/StructureDefinition/availability',
  extension: [
    { url: 'time-zone', valueCode: 'Asia/Kolkata' },
    { url: 'length', valuePositiveInt: clinic.length },
    { url: 'buffer', valueUnsignedInt: clinic.buffer },
    { url: 'mode', valueCode: clinic.mode },
    // Anybody finds these times by SMART Scheduling Links.
    { url: 'published', valueBoolean: true },
    { url: 'notice', valueUnsignedInt: 30 },
    { url: 'cancel-notice', valueUnsignedInt: 120 },
    {
      url: 'hours',
      extension: [
        ...week.map((code) => ({ url: 'day', valueCode: code })),
        { url: 'from', valueTime: timeOf(clinic.opens) },
        { url: 'to', valueTime: timeOf(clinic.closes) },
      ],
    },
    ...holidaysFrom(day).map((start) => ({ url: 'closed', valuePeriod: { start, end: start } })),
  ],
});

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const timeOf = (minutes: number): string => momentOf('2000-01-01', minutes).slice(11, 19);

/** Republic Day, Independence Day, Gandhi Jayanti. */
const holidays = ['01-26', '08-15', '10-02'];

const holidaysFrom = (day: string): readonly string[] =>
  [0, 1].flatMap((more) =>
    holidays.map((holiday) => `${String(Number(day.slice(0, 4)) + more)}-${holiday}`),
  );

export interface Time {
  readonly day: string;
  /** Minutes since midnight. */
  readonly from: number;
}

/**
 * The time of the nth visit of a clinic from a day on. Every second time alone is taken, so that others are left to book.
 */
export const timeAt = (clinic: Clinic, day: string, nth: number): Time => {
  const { opens, closes, length, buffer } = clinic;
  const step = 2 * (length + buffer);
  const daily = Math.floor((closes - opens - length) / step) + 1;
  const open = openDays(day, Math.floor(nth / daily));
  return { day: open, from: opens + (nth % daily) * step };
};

const openDays = (day: string, skip: number): string => {
  let [open, left] = [day, skip];
  while (isClosed(open) || left > 0) {
    if (!isClosed(open)) left -= 1;
    open = plusDays(open, 1);
  }
  return open;
};

const isClosed = (day: string): boolean => isSunday(day) || holidays.includes(day.slice(5));
