// Course: until when a medicine is to be taken, as its prescription says it.
// https://hl7.org/fhir/R4/medicationrequest.html  https://hl7.org/fhir/R4/datatypes.html#Timing

import type { Dosage, Duration, MedicationRequest, Quantity } from 'fhir/r4';
import { stepsOf } from './dosage/steps.ts';
import { dayAfter, lastDayOf } from './last-day.ts';

/**
 * The last day on which a course can still be taken, such as `2026-05-17`; undefined where nothing bounds it. Repeats prolong
 * it. A supply that has run out, or a prescription that no pharmacy takes any more, ends no course: a medicine for life is
 * supplied by the month.
 */
export const courseEnd = (request: MedicationRequest): string | undefined => {
  const dosages = request.dosageInstruction ?? [];
  const ends = dosages.map((dosage) => endOf(dosage, request));
  // One without an end goes on.
  const known = ends.filter((end) => end !== undefined);
  return known.length === ends.length ? known.sort().at(-1) : undefined;
};

/** The last day of the supply with all its repeats, as if each was fetched in time. */
export const supplyEnd = (request: MedicationRequest): string | undefined => {
  const days = suppliedDays(request);
  return days === undefined || request.authoredOn === undefined
    ? undefined
    : dayAfter(lastDayOf(request.authoredOn), days);
};

/** Steps that follow one another each wait for those before them. */
const endOf = (dosage: Dosage, request: MedicationRequest): string | undefined => {
  const { repeat, event } = dosage.timing ?? {};
  if (repeat?.boundsPeriod?.end !== undefined) return lastDayOf(repeat.boundsPeriod.end);
  const own = boundedDays(dosage);
  const start = repeat?.boundsPeriod?.start ?? event?.[0] ?? request.authoredOn;
  if (own === undefined || start === undefined) return undefined;
  const before = daysBefore(dosage, request.dosageInstruction ?? []);
  // The last day is counted whole: the first dose may have been taken late.
  return dayAfter(lastDayOf(start), Math.max(before + own, suppliedDays(request) ?? 0));
};

const daysBefore = (dosage: Dosage, dosages: readonly Dosage[]): number => {
  const steps = stepsOf(dosages);
  const own = steps.findIndex((step) => step.includes(dosage));
  return steps
    .slice(0, own)
    .map((step) => Math.max(...step.map((other) => boundedDays(other) ?? 0)))
    .reduce((sum, days) => sum + days, 0);
};

const boundedDays = ({ timing }: Dosage): number | undefined =>
  daysOf(timing?.repeat?.boundsDuration ?? timing?.repeat?.boundsRange?.high);

/** Each repeat is another supply, or, where none is told, another time of what is bounded. */
const suppliedDays = (request: MedicationRequest): number | undefined => {
  const { expectedSupplyDuration, numberOfRepeatsAllowed = 0 } = request.dispenseRequest ?? {};
  const bounded = (request.dosageInstruction ?? []).map((dosage) => boundedDays(dosage) ?? 0);
  const once = daysOf(expectedSupplyDuration) ?? Math.max(0, ...bounded);
  return once === 0 ? undefined : once * (1 + numberOfRepeatsAllowed);
};

/** Whole days, rather more than less. */
const daysOf = (duration: Duration | Quantity | undefined): number | undefined => {
  const { value, code, unit = '' } = duration ?? {};
  const days = lengths[code ?? ''] ?? lengths[unit.replace(/s$/, '')];
  return value === undefined || days === undefined ? undefined : Math.ceil(value * days);
};

/** By the codes of UCUM, and by the words for them. */
const lengths: Readonly<Record<string, number>> = {
  ...{ s: 1 / 86_400, min: 1 / 1440, h: 1 / 24, d: 1, wk: 7, mo: 31, a: 366 },
  ...{ hour: 1 / 24, day: 1, week: 7, month: 31, year: 366 },
};
