// Trend: what of some observations can be drawn: one line for each measured thing, over time, with the range that is usual.
// https://hl7.org/fhir/R4/observation.html

import type {
  CodeableConcept,
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
  Quantity,
} from 'fhir/r4';
import { formatConcept } from '../format/coded.ts';

export interface Trend {
  /** Of the newest value; values in other units are left out. */
  readonly unit: string;
  readonly lines: readonly Line[];
  /** Oldest first. */
  readonly points: readonly Point[];
  /** Where one line alone has one. */
  readonly range: Limits | undefined;
  /** How many values are left out because they are in another unit. */
  readonly leftOut: number;
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

/** undefined where nothing was measured in numbers. */
export const trendOf = (observations: readonly Observation[]): Trend | undefined => {
  const dated = observations
    .flatMap((observation) => {
      const date = dateOf(observation);
      return date === undefined
        ? []
        : [{ date, at: Date.parse(date), parts: partsOf(observation) }];
    })
    .sort((a, b) => a.at - b.at);
  const all = dated.flatMap(({ parts }) => parts);
  // The newest says what is measured today.
  const unit = unitOf(all.at(-1)?.quantity);
  const drawn = all.filter(({ quantity }) => unitOf(quantity) === unit);
  if (drawn.length === 0) return undefined;
  const lines = [...new Map(drawn.map(({ key, label }) => [key, { key, label }])).values()];
  const points = dated
    .map(({ date, at, parts }) => ({
      ...{ date, at },
      values: Object.fromEntries(
        parts
          .filter((part) => drawn.includes(part))
          .map(({ key, quantity }) => [key, quantity.value]),
      ),
    }))
    .filter(({ values }) => Object.keys(values).length > 0);
  const range = lines.length === 1 ? limitsOf(drawn.at(-1)) : undefined;
  return { unit, lines, points, range, leftOut: all.length - drawn.length };
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
  return [{ key: keyOf(code), label: formatConcept(code), quantity, ranges: referenceRange }];
};

/** The same thing may be named a little differently by each hospital; its first code is the same. */
const keyOf = (code: CodeableConcept): string => code.coding?.[0]?.code ?? code.text ?? '';

const unitOf = (quantity: Quantity | undefined): string => quantity?.unit ?? quantity?.code ?? '';

const limitsOf = (measured: Measured | undefined): Limits | undefined => {
  const [range] = measured?.ranges ?? [];
  if (range === undefined || measured?.ranges.length !== 1) return undefined;
  const { low, high } = range;
  if (low?.value === undefined && high?.value === undefined) return undefined;
  return { low: low?.value, high: high?.value };
};
