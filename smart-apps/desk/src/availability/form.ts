// Form: the rules of a Schedule as a form has them, and as the extension `availability` says them.
// profiles/StructureDefinition-availability.json

import { availabilityUrl } from '@meridian/ui/visits/availability.ts';
import type { Extension, Schedule } from 'fhir/r4';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export interface WeeklyHours {
  readonly days: readonly Weekday[];
  /** `09:30` */
  readonly from: string;
  readonly to: string;
}
export interface DayHours {
  readonly date: string;
  readonly from: string;
  readonly to: string;
}
export interface ClosedDays {
  readonly start: string;
  readonly end: string;
}

/** Minutes are as they were typed. */
export interface AvailabilityForm {
  readonly timeZone: string;
  readonly length: string;
  readonly buffer: string;
  readonly capacity: string;
  readonly mode: string;
  readonly notice: string;
  readonly cancelNotice: string;
  readonly hours: readonly WeeklyHours[];
  readonly days: readonly DayHours[];
  readonly closed: readonly ClosedDays[];
}

export const newForm: AvailabilityForm = {
  ...{ timeZone: 'Asia/Kolkata', length: '20', buffer: '5', capacity: '1', mode: 'in-person' },
  ...{ notice: '30', cancelNotice: '120', days: [], closed: [] },
  hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '13:00' }],
};

export const formOf = ({ extension = [] }: Schedule): AvailabilityForm => {
  const parts = extension.find(({ url }) => url === availabilityUrl)?.extension ?? [];
  const named = (name: string) => parts.filter(({ url }) => url === name);
  const number = (name: string, standard: string): string => {
    const [part] = named(name);
    const value = part?.valuePositiveInt ?? part?.valueUnsignedInt;
    return value === undefined ? standard : String(value);
  };
  return {
    timeZone: named('time-zone')[0]?.valueCode ?? '',
    ...{ length: number('length', ''), buffer: number('buffer', '0') },
    ...{ capacity: number('capacity', '1'), notice: number('notice', '0') },
    cancelNotice: number('cancel-notice', '0'),
    mode: named('mode')[0]?.valueCode ?? 'in-person',
    hours: named('hours').map((part) => ({
      days: weekdays.filter((day) =>
        inside(part, 'day').some(({ valueCode }) => valueCode === day),
      ),
      ...timesOf(part),
    })),
    days: named('day').map((part) => ({
      date: inside(part, 'date')[0]?.valueDate ?? '',
      ...timesOf(part),
    })),
    closed: named('closed').map(({ valuePeriod }) => ({
      ...{ start: valuePeriod?.start ?? '', end: valuePeriod?.end ?? valuePeriod?.start ?? '' },
    })),
  };
};

const inside = ({ extension = [] }: Extension, name: string): readonly Extension[] =>
  extension.filter(({ url }) => url === name);

const timesOf = (part: Extension) => ({
  from: inside(part, 'from')[0]?.valueTime?.slice(0, 5) ?? '',
  to: inside(part, 'to')[0]?.valueTime?.slice(0, 5) ?? '',
});

/** A part of the extension and the field it is from: `length`, `hours.0`. */
export interface FieldPart {
  readonly field: string;
  readonly extension: Extension;
}

/** In the order in which they are sent, so that a fault in the fourth is shown at its field. */
export const fieldParts = (form: AvailabilityForm): readonly FieldPart[] => [
  ...one('timeZone', { url: 'time-zone', valueCode: form.timeZone }),
  ...one('mode', { url: 'mode', valueCode: form.mode }),
  ...one('length', { url: 'length', valuePositiveInt: Number(form.length) }),
  ...one('buffer', { url: 'buffer', valueUnsignedInt: Number(form.buffer) }),
  ...one('capacity', { url: 'capacity', valuePositiveInt: Number(form.capacity) }),
  ...one('notice', { url: 'notice', valueUnsignedInt: Number(form.notice) }),
  ...one('cancelNotice', { url: 'cancel-notice', valueUnsignedInt: Number(form.cancelNotice) }),
  ...form.hours.map(({ days, from, to }, place) => ({
    field: `hours.${String(place)}`,
    extension: {
      url: 'hours',
      extension: [...days.map((day) => ({ url: 'day', valueCode: day })), ...times({ from, to })],
    },
  })),
  ...form.days.map(({ date, from, to }, place) => ({
    field: `days.${String(place)}`,
    extension: {
      url: 'day',
      extension: [{ url: 'date', valueDate: date }, ...times({ from, to })],
    },
  })),
  ...form.closed.map(({ start, end }, place) => ({
    field: `closed.${String(place)}`,
    extension: { url: 'closed', valuePeriod: { start, end: end || start } },
  })),
];

const one = (field: string, extension: Extension): readonly FieldPart[] => [{ field, extension }];

const times = ({ from, to }: { readonly from: string; readonly to: string }) => [
  { url: 'from', valueTime: `${from}:00` },
  { url: 'to', valueTime: `${to}:00` },
];

/** What else the Schedule says stays as it is; the rules come first, so that a fault's place is known. */
export const withRules = (schedule: Schedule, form: AvailabilityForm): Schedule => {
  const others = (schedule.extension ?? []).filter(({ url }) => url !== availabilityUrl);
  const parts = fieldParts(form).map(({ extension }) => extension);
  return { ...schedule, extension: [{ url: availabilityUrl, extension: parts }, ...others] };
};
