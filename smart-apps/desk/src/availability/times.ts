// Times: which visits the rules of a form make of a week, as the server would compute them, before anything is saved.

import { weekdays, type AvailabilityForm, type Weekday } from './form.ts';

export interface DayTimes {
  readonly day: Weekday;
  /** `09:00`, in order. */
  readonly times: readonly string[];
}

/** Days without visits are left out; what is not a number or time yet makes none. */
export const weekOf = (form: AvailabilityForm): readonly DayTimes[] =>
  weekdays
    .map((day) => ({
      day,
      times: form.hours
        .filter(({ days }) => days.includes(day))
        .flatMap((hours) => visitsOf(hours, form))
        .sort(),
    }))
    .filter(({ times }) => times.length > 0);

const visitsOf = (
  { from, to }: { readonly from: string; readonly to: string },
  { length, buffer }: AvailabilityForm,
): readonly string[] => {
  const [minutes, pause] = [Number(length), Number(buffer)];
  const [opens, ends] = [minutesOf(from), minutesOf(to)];
  // A day ends where the next one begins.
  const closes = ends === 0 ? 1440 : ends;
  if (!(minutes >= 5) || !(pause >= 0) || Number.isNaN(opens + closes)) return [];
  const visits: string[] = [];
  for (let at = opens; at + minutes <= closes; at += minutes + pause) visits.push(timeOf(at));
  return visits;
};

const minutesOf = (time: string): number => {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  return Number(hours) * 60 + Number(minutes);
};

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
