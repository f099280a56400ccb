// Period: from when to when the record is shown, out of the address of the page.

export const periods = ['all', 'months-3', 'year-1', 'years-5', 'between'] as const;
export type PeriodName = (typeof periods)[number];

const months: Readonly<Partial<Record<PeriodName, number>>> = {
  ...{ 'months-3': 3, 'year-1': 12, 'years-5': 60 },
};

export const isPeriodName = (value: string | null): value is PeriodName =>
  (periods as readonly (string | null)[]).includes(value);

export interface Bounds {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** `between` takes what was typed; an empty field is no bound. Periods back from today have no end: what is to come is shown. */
export const boundsOf = (period: PeriodName, typed: Bounds, today: Date): Bounds => {
  if (period === 'between') return { from: typed.from || undefined, to: typed.to || undefined };
  const back = months[period];
  if (back === undefined) return { from: undefined, to: undefined };
  return { from: monthsBefore(today, back), to: undefined };
};

/** The same day of an earlier month, or its last day where it is shorter. */
const monthsBefore = (today: Date, back: number): string => {
  const [year, month] = [today.getFullYear(), today.getMonth() - back];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(today.getDate(), last);
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
};
