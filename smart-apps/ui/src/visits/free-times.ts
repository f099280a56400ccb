// Free times: what `$find` offers within a span, page after page, so that no later day or afternoon is missing without a word.
// conformance/scheduling/booking.md

import type { Appointment, Bundle, ParametersParameter } from 'fhir/r4';
import type { Fhir } from '../fhir/client.ts';
import { pageOf, type Page } from '../fhir/search.ts';
import { operate } from '../fhir/write.ts';
import type { Span } from '../time/day.ts';
import type { VisitMode } from './visit.ts';

export interface TimesWanted {
  /** `Organization/1` */
  readonly organization?: string;
  /** Such as `Practitioner/1` or `HealthcareService/1`: actors of Schedules, any of which will do; all where none is named. */
  readonly actors?: readonly string[];
  /** Logical id. */
  readonly schedule?: string;
  /** '' for either. */
  readonly mode?: VisitMode | '';
}

/** All of a span, soonest first and each once. */
export const findAllTimes = async (
  fhir: Fhir,
  wanted: TimesWanted,
  { start, end }: Span,
): Promise<readonly Appointment[]> => {
  const pages: (readonly Appointment[])[] = [];
  let from: string | undefined = start;
  while (from !== undefined && Date.parse(from) < Date.parse(end)) {
    const page: Page<Appointment> = await findTimes(fhir, wanted, { start: from, end }, 200);
    pages.push(page.items);
    from = laterThan(page);
  }
  return distinct(pages.flat());
};

/** The first of a span. */
export const findTimes = async (
  fhir: Fhir,
  { organization, actors = [], schedule, mode = '' }: TimesWanted,
  { start, end }: Span,
  count: number,
): Promise<Page<Appointment>> => {
  const bundle = await operate<Bundle>(fhir, 'Appointment/$find', [
    { name: 'start', valueDateTime: start },
    { name: 'end', valueDateTime: end },
    ...text('organization', organization),
    ...actors.flatMap((actor) => text('practitioner', actor)),
    ...text('schedule', schedule),
    ...(mode === '' ? [] : [{ name: 'mode', valueCode: mode }]),
    { name: '_count', valuePositiveInt: count },
  ]);
  return pageOf<Appointment>(bundle);
};

/** What follows a page: from where to ask again, undefined when that was all. Without a total there are more. */
export const laterThan = ({ items, total }: Pick<Page<Appointment>, 'items' | 'total'>) => {
  const last = items.at(-1)?.start;
  if (last === undefined || (total ?? Infinity) <= items.length) return undefined;
  // A page of one moment alone would be asked for again and again.
  const wait = items[0]!.start === last ? 60_000 : 0;
  return new Date(Date.parse(last) + wait).toISOString();
};

/** Two pages may meet in one moment. */
export const distinct = (times: readonly Appointment[]): readonly Appointment[] => [
  ...new Map(times.map((time) => [time.id, time])).values(),
];

export interface OfferedDay {
  /** A moment of it. */
  readonly start: string;
  readonly times: readonly Appointment[];
}

/** By days of the calendar where the visit takes place, in the order they come. */
export const byDay = (times: readonly Appointment[]): readonly OfferedDay[] =>
  [...Map.groupBy(times, ({ start = '' }) => start.slice(0, 10)).values()].map((day) => ({
    start: day[0]!.start!,
    times: day,
  }));

const text = (name: string, value: string | undefined): readonly ParametersParameter[] =>
  value === undefined ? [] : [{ name, valueString: value }];
