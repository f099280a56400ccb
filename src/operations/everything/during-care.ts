// Narrows a record to care in a period: by the dates of the care itself, not by when it was recorded.
// https://hl7.org/fhir/R4/patient-operation-everything.html

import { openHigh, openLow } from '../../fhir/date.ts';
import { everything, not, or, type Plan } from '../../search/plan.ts';
import type { Registry } from '../../search/registry.ts';
import type { Asked } from './read-asked.ts';

/** "The date range relates to care dates, not record currency dates": these are of records, money or measured values. */
const noCareDates: ReadonlySet<string> = new Set(
  (
    '_lastUpdated birthdate death-date deathdate value-date payment-date target-date reaction-date recorded-date ' +
    'entered-date recorded issued'
  ).split(' '),
);

/**
 * Resources with a date of care that overlaps the period, and those without any: nobody can say that a Coverage or a
 * Condition without onset is outside of it.
 */
export const duringCare = (
  { start, end, types }: Pick<Asked, 'start' | 'end' | 'types'>,
  registry: Registry,
): Plan => {
  if (start === undefined && end === undefined) return everything;
  // Each param begins with its type, so one question serves all types.
  const params = types.flatMap((type) =>
    [...registry.parameters(type).values()]
      .filter(({ type: kind, code }) => kind === 'date' && !noCareDates.has(code))
      .map(({ code }) => `${type}.${code}`),
  );
  if (params.length === 0) return everything;
  const overlaps = { prefix: 'ap', low: start ?? openLow, high: end ?? openHigh } as const;
  return or(not({ op: 'present', kind: 'date', params }), { op: 'date', params, ...overlaps });
};
