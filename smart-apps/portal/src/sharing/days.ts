// Days: days of this device's calendar, as `input type=date` has them, and the instants they stand for.

const length = 86_400_000;

/** The day on which an instant lies. */
export const dayOf = (instant: string | number): string => {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

export const today = (): string => dayOf(Date.now());

export const dayIn = (days: number): string => dayOf(Date.now() + days * length);

/** The last moment of a day, but never later than that; an instant. */
export const endOf = (day: string, latest?: string): string => {
  const end = Date.parse(`${day}T23:59:59`);
  return new Date(Math.min(end, latest === undefined ? end : Date.parse(latest))).toISOString();
};

export const isOver = (instant: string | number): boolean =>
  new Date(instant).getTime() < Date.now();
