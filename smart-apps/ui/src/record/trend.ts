// Trend: what of some observations can be drawn: in each unit, one line for each measured thing, over time, with the range that is usual.
// https://hl7.org/fhir/R4/observation.html

import type {
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
  Quantity,
} from 'fhir/r4';
import { formatConcept } from '../format/coded.ts';
import { formatUnit } from '../format/measure.ts';
import { testKeyOf, unitKeyOf } from './test-key.ts';

export interface Trend {
  /** Of all its values, as the newest writes it. */
  readonly unit: string;
  readonly lines: readonly Line[];
  /** Oldest first. */
  readonly points: readonly Point[];
  /** Where one line alone has one. */
  readonly range: Limits | undefined;
}

export interface Line {
  readonly key: string;
  readonly label: string;
}

export interface Point {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The FHIR dateTime as it was recorded. */
  readonly date: string;
  readonly values: Readonly<Record<string, number>>;
}

export interface Limits {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

interface Measured {
  readonly key: string;
  readonly label: string;
  readonly quantity: Quantity & { readonly value: number };
  readonly ranges: readonly ObservationReferenceRange[];
}

/** One for each unit, that of the newest value first; none where nothing was measured in numbers. */
export const trendsOf = (observations: readonly Observation[]): readonly Trend[] => {
  const dated = observations
    .flatMap((observation) => {
      const date = dateOf(observation);
      return date === undefined
        ? []
        : [{ date, at: Date.parse(date), parts: partsOf(observation) }];
    })
    .sort((a, b) => a.at - b.at);
  const units = new Set(
    dated.toReversed().flatMap(({ parts }) => parts.map(({ quantity }) => unitKeyOf(quantity))),
  );
  return [...units].map((unit) => trendIn(unit, dated));
};

interface DatedParts extends Pick<Point, 'date' | 'at'> {
  readonly parts: readonly Measured[];
}

/** Two units on one axis would be a rise or a fall that never was. */
const trendIn = (unit: string, dated: readonly DatedParts[]): Trend => {
  const inUnit = dated
    .map(({ parts, ...when }) => ({
      ...when,
      parts: parts.filter(({ quantity }) => unitKeyOf(quantity) === unit),
    }))
    .filter(({ parts }) => parts.length > 0);
  const drawn = inUnit.flatMap(({ parts }) => parts);
  const newest = drawn.at(-1);
  const lines = [...new Map(drawn.map(({ key, label }) => [key, { key, label }])).values()];
  return {
    unit: formatUnit(newest?.quantity),
    lines,
    points: inUnit.map(({ date, at, parts }) => ({
      ...{ date, at },
      values: Object.fromEntries(parts.map(({ key, quantity }) => [key, quantity.value])),
    })),
    range: lines.length === 1 ? limitsOf(newest) : undefined,
  };
};

export const dateOf = ({
  effectiveDateTime,
  effectivePeriod,
  effectiveInstant,
  issued,
}: Observation): string | undefined =>
  effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.start ?? issued;

const partsOf = (observation: Observation): readonly Measured[] => [
  ...measuredOf(observation),
  ...(observation.component ?? []).flatMap(measuredOf),
];

const measuredOf = (part: Observation | ObservationComponent): readonly Measured[] => {
  const { code, valueQuantity, referenceRange = [] } = part;
  if (valueQuantity?.value === undefined) return [];
  const quantity = { ...valueQuantity, value: valueQuantity.value };
  return [{ key: testKeyOf(part), label: formatConcept(code), quantity, ranges: referenceRange }];
};

const limitsOf = (measured: Measured | undefined): Limits | undefined => {
  const [range] = measured?.ranges ?? [];
  if (range === undefined || measured?.ranges.length !== 1) return undefined;
  const { low, high } = range;
  if (low?.value === undefined && high?.value === undefined) return undefined;
  return { low: low?.value, high: high?.value };
};
