// Free times: all that `$find` offers within a span, page after page, so that no later day or afternoon is missing without a word.
// conformance/scheduling/booking.md

import type { Appointment, Bundle } from 'fhir/r4';
import type { Fhir } from './client.ts';
import { pageOf, queryOf, type SearchParameters } from './search.ts';

export interface FreeSpan {
  /** Instants. */
  readonly start: string;
  readonly end: string;
}

const pageSize = 200;

/** Soonest first. `asked` says of whom, such as `{ organization }`. */
export const findFreeTimes = async (
  fhir: Fhir,
  { start, end }: FreeSpan,
  asked: SearchParameters,
): Promise<readonly Appointment[]> => {
  const found = new Map<string | undefined, Appointment>();
  let from: string | undefined = start;
  while (from !== undefined && Date.parse(from) < Date.parse(end)) {
    const query = queryOf({ ...asked, start: from, end, _count: pageSize });
    const { body } = await fhir.ask({ path: `Appointment/$find?${query}` });
    const { items, total } = pageOf<Appointment>(body as Bundle);
    // Two pages meet in one moment.
    for (const time of items) found.set(time.id, time);
    from = laterThan(items, total);
  }
  return [...found.values()];
};

/** From where to ask again, undefined when that was all. Without a total there are more. */
const laterThan = (
  times: readonly Appointment[],
  total: number | undefined,
): string | undefined => {
  const last = times.at(-1)?.start;
  if (last === undefined || (total ?? Infinity) <= times.length) return undefined;
  // A page of one moment alone would be asked for again and again.
  const wait = times[0]!.start === last ? 60_000 : 0;
  return new Date(Date.parse(last) + wait).toISOString();
};
