// Last day: the last day of a FHIR date, which may be a month or a year, by the calendar of this device.
// https://hl7.org/fhir/R4/datatypes.html#dateTime

/** `2026` ends on `2026-12-31`, `2026-02` on `2026-02-28`, and an instant lies on the day that is here then. */
export const lastDayOf = (date: string): string => {
  if (date.includes('T')) return localDay(new Date(date));
  const [year = '', month, day] = date.split('-');
  if (day !== undefined) return date;
  // The day before the first of the next month.
  return utcDay(Date.UTC(Number(year), Number(month ?? 12), 0));
};

/** So many days after a whole day. */
export const dayAfter = (day: string, days: number): string =>
  utcDay(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);

/** Days without a time have no time zone: they are reckoned in one that has no summer time. */
const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

const localDay = (date: Date): string =>
  utcDay(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
