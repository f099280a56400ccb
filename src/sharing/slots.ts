// slots: how often something may happen within some hours, counted over every process of the server.

import type { RecordStore } from '../store/port.ts';

export interface SlotSources {
  readonly records: Pick<RecordStore, 'add' | 'get'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Limited {
  /** What happens: a record kind. */
  readonly kind: string;
  /** To whom or by whom. */
  readonly of: string;
  readonly most: number;
  /** One unless said. */
  readonly hours?: number;
}

/** False when it has happened too often. The work depends on how often it was asked, and on nothing else. */
export const takeSlot = async (
  { kind, of, most, hours = 1 }: Limited,
  { records, now }: SlotSources,
): Promise<boolean> => {
  const expires = new Date(now() + hours * hour);
  for (let place = 0; place < most; place += 1)
    if (await records.add(kind, `${of} ${String(place)}`, {}, expires)) return true;
  return false;
};

/** Whether it may happen once more. */
export const hasSlot = async (
  { kind, of, most }: Limited,
  { records }: SlotSources,
): Promise<boolean> => {
  const places = Array.from({ length: most }, (_, place) => `${of} ${String(place)}`);
  const taken = await Promise.all(places.map((place) => records.get(kind, place)));
  return taken.includes(undefined);
};

const hour = 3_600_000;
