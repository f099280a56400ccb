// lines: the files that are published, a resource on each line. They say what can be had where and when, and nothing of anybody.

import type { Resource } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import { findAllTimes, type OfferedTime } from '../find-times.ts';
import type { Span } from '../span.ts';
import { momentIn } from '../visit.ts';
import { bookingAddress, capacities, deepLinks } from './links.ts';
import type { Published, Region } from './regions.ts';

export const locationLines = ({ places }: Region): readonly string[] => places.map(lineOf);

export const scheduleLines = ({ schedules }: Region): readonly string[] =>
  schedules.map(({ calendar: { id, resource }, place }) => {
    const { serviceType, specialty } = resource;
    return lineOf({
      ...{ resourceType: 'Schedule', id },
      ...(serviceType === undefined ? {} : { serviceType }),
      ...(specialty === undefined ? {} : { specialty }),
      actor: [{ reference: `Location/${place}` }],
    });
  });

/** One Schedule after the other, so that no more than its own times are ever in memory. */
export const slotLines = async function* (
  schedules: readonly Published[],
  { within, base }: { readonly within: Span; readonly base: string },
  context: Context,
): AsyncGenerator<string> {
  for (const { calendar } of schedules) {
    const times = await findAllTimes([calendar], within, context);
    if (times.length > 0) yield times.map((time) => lineOf(slotOf(time, base))).join('');
  }
};

/** Where a time is taken nobody can book. */
const slotOf = ({ id, time, calendar, seats }: OfferedTime, base: string): Resource => {
  const { zone, capacity } = calendar.rules;
  const links = seats === 0 ? [] : deepLinks(bookingAddress(base, id));
  const extension = [...links, ...(capacity > 1 && seats > 0 ? capacities(seats) : [])];
  return {
    ...{ resourceType: 'Slot', id, schedule: { reference: `Schedule/${calendar.id}` } },
    status: seats === 0 ? 'busy' : 'free',
    start: momentIn(time.start, zone),
    end: momentIn(time.end, zone),
    ...(extension.length === 0 ? {} : { extension }),
  };
};

const lineOf = (resource: Resource): string => `${JSON.stringify(resource)}\n`;
