// Since: from when on something is new to whoever looks: their visit before this one, or the last thirty days.

interface Visits {
  /** When this visit began, and the one before it; ISO. */
  readonly now: string;
  readonly before?: string | undefined;
}

const key = (patient: string): string => `meridian:visits:${patient}`;
const hours = 60 * 60 * 1000;

/** Coming back within six hours is the same visit. Kept on this device: a time, and nothing of the record. */
export const newSince = (patient: string, at: Date, storage: Storage): string => {
  const kept = read(storage.getItem(key(patient)));
  const isSameVisit = kept !== undefined && at.getTime() - Date.parse(kept.now) < 6 * hours;
  const visits: Visits = isSameVisit ? kept : { now: at.toISOString(), before: kept?.now };
  if (!isSameVisit) storage.setItem(key(patient), JSON.stringify(visits));
  return visits.before ?? new Date(at.getTime() - 30 * 24 * hours).toISOString();
};

const read = (text: string | null): Visits | undefined => {
  if (text === null) return undefined;
  try {
    const visits = JSON.parse(text) as Partial<Visits> | null;
    return Number.isNaN(Date.parse(visits?.now ?? '')) ? undefined : (visits as Visits);
  } catch {
    return undefined;
  }
};
