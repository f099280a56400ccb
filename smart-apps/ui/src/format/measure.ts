// Measures: quantities, ranges and the values of observations. https://hl7.org/fhir/R4/observation.html

import type {
  Money,
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
  Quantity,
} from 'fhir/r4';
import { formatConcept, hasCode } from './coded.ts';
import { formatDate } from './date.ts';

export const formatQuantity = (quantity: Quantity | undefined): string => {
  if (quantity?.value === undefined) return '';
  const { comparator = '', value, unit, code } = quantity;
  const named = readable(unit ?? code ?? '');
  return `${comparator}${formatNumber(value)}${named && ` ${named}`}`;
};

/** More than four decimals are not measured but computed: nobody reads them, and they hide the number. */
const formatNumber = (value: number): string => {
  const [, decimals = ''] = String(value).split('.');
  if (decimals.length <= 4) return String(value);
  return String(Number(Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2)));
};

/** UCUM as people write it: `mmHg`, and annotations without their braces. https://ucum.org/ucum#section-Annotations */
const readable = (unit: string): string =>
  unit.replaceAll('mm[Hg]', 'mmHg').replaceAll(/[{}]/g, '');

/** "70–100 mg/dL", "above 40 mg/dL", or the text of the laboratory. */
export const formatRange = (range: ObservationReferenceRange | undefined): string => {
  if (range === undefined) return '';
  const { text, low, high } = range;
  if (text !== undefined) return text;
  if (low && high) return `${String(low.value)}–${formatQuantity(high)}`;
  if (low) return `≥ ${formatQuantity(low)}`;
  return high ? `≤ ${formatQuantity(high)}` : '';
};

/** A blood pressure is its parts, one after the other. */
export const formatValue = (
  observation: Observation | ObservationComponent,
  language: string,
): string => {
  const {
    valueQuantity,
    valueCodeableConcept,
    valueString,
    valueBoolean,
    valueInteger,
    valueDateTime,
  } = observation;
  if (valueQuantity) return formatQuantity(valueQuantity);
  if (valueCodeableConcept) return formatConcept(valueCodeableConcept);
  if (valueString !== undefined) return valueString;
  if (valueInteger !== undefined) return String(valueInteger);
  if (valueBoolean !== undefined) return valueBoolean ? '✓' : '✗';
  if (valueDateTime !== undefined) return formatDate(valueDateTime, language);
  const components = 'component' in observation ? inOrder(observation.component ?? []) : [];
  const units = new Set(components.map(({ valueQuantity: part }) => part?.unit ?? part?.code));
  if (
    units.size === 1 &&
    components.length > 1 &&
    components.every(({ valueQuantity: part }) => part?.value !== undefined)
  )
    return `${components.map(({ valueQuantity: part }) => formatNumber(part!.value!)).join('/')} ${readable([...units][0] ?? '')}`.trim();
  return components.map((part) => formatValue(part, language)).join(' · ');
};

/** The systolic pressure goes first, as everybody reads it, whichever was recorded first. */
const inOrder = (components: readonly ObservationComponent[]): readonly ObservationComponent[] =>
  [...components].sort((a, b) => Number(isSystolic(b)) - Number(isSystolic(a)));

const isSystolic = ({ code }: ObservationComponent): boolean =>
  hasCode(code, 'http://loinc.org', '8480-6');

export const formatMoney = (money: Money | undefined, language: string): string =>
  money?.value === undefined
    ? ''
    : new Intl.NumberFormat(language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN', {
        style: 'currency',
        currency: money.currency ?? 'INR',
        minimumFractionDigits: Number.isInteger(money.value) ? 0 : 2,
      }).format(money.value);
