// Timeline: what happened, newest first, in groups by month or, where a date says no more, by year.
// https://hl7.org/fhir/R4/datatypes.html#dateTime

export interface Dated {
  readonly id: string;
  /** A FHIR dateTime, partial or whole. */
  readonly date: string | undefined;
}

export interface Period<T> {
  /** `2024-05`, `2024`, or undefined for what has no date: a FHIR date that can be formatted. */
  readonly period: string | undefined;
  readonly items: readonly T[];
}

/** What has no date comes last; what has the same date stays in the order in which it came. */
export const groupByPeriod = <T extends Dated>(items: readonly T[]): readonly Period<T>[] => {
  const groups = new Map<string | undefined, T[]>();
  for (const item of [...items].sort((a, b) => order(b.date) - order(a.date))) {
    const period = periodOf(item.date);
    const group = groups.get(period);
    if (group === undefined) groups.set(period, [item]);
    else group.push(item);
  }
  return [...groups].map(([period, found]) => ({ period, items: found }));
};

/** An instant belongs to the month it has on this device; a date without a time to the month it names. */
const periodOf = (date: string | undefined): string | undefined => {
  if (date === undefined || !date.includes('T')) return date?.slice(0, 7);
  const instant = new Date(date);
  const month = String(instant.getMonth() + 1).padStart(2, '0');
  return `${String(instant.getFullYear())}-${month}`;
};

/** A partial date stands where its period ends, so that "2024" is not before all that is known of 2024 more exactly. */
const order = (date: string | undefined): number => {
  if (date === undefined) return Number.NEGATIVE_INFINITY;
  if (date.length === 4) return Date.parse(`${date}-12-31T23:59:59Z`);
  if (date.length === 7) {
    const [year, month] = date.split('-').map(Number) as [number, number];
    return Date.UTC(year, month, 1) - 1000;
  }
  return Date.parse(date);
};
