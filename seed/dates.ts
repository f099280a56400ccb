// Dates: days as `2026-11-21`, and moments of them as clocks in India show them.

const dayMilliseconds = 86_400_000;

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);

export const plusYears = (day: string, years: number): string => {
  const date = new Date(day);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
};

/** Whole years from one day to a later one. */
export const yearsBetween = (from: string, to: string): number => {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
};

/** `minutes` since midnight. */
export const momentOf = (day: string, minutes: number): string =>
  `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00+05:30`;

const two = (number: number): string => String(number).padStart(2, '0');

export const isSunday = (day: string): boolean => new Date(day).getUTCDay() === 0;

/** The next day on which hospitals see outpatients. */
export const workingDay = (day: string): string => (isSunday(day) ? plusDays(day, 1) : day);
