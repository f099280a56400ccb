// Measures: quantities, ranges and the values of observations. https://hl7.org/fhir/R4/observation.html

import type {
  CodeableConcept,
  Money,
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
  Period,
  Quantity,
  Range,
  Ratio,
  SampledData,
} from 'fhir/r4';
import { formatConcept, hasCode } from './coded.ts';
import { formatDateTime } from './date.ts';

/** What values are said with that are no numbers. */
export interface ValueWords {
  /** BCP 47. */
  readonly language: string;
  /** Texts of the namespace `ui`. */
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string;
}

export const formatQuantity = (quantity: Quantity | undefined): string => {
  if (quantity?.value === undefined) return '';
  const { comparator = '', value } = quantity;
  const unit = formatUnit(quantity);
  return `${comparator}${formatNumber(value)}${unit && ` ${unit}`}`;
};

/** UCUM as people write it: `mmHg`, and annotations without their braces. https://ucum.org/ucum#section-Annotations */
export const formatUnit = (quantity: Quantity | undefined): string =>
  (quantity?.unit ?? quantity?.code ?? '').replaceAll('mm[Hg]', 'mmHg').replaceAll(/[{}]/g, '');

/** More than four decimals are not measured but computed: nobody reads them, and they hide the number. */
export const formatNumber = (value: number): string => {
  const [, decimals = ''] = String(value).split('.');
  if (decimals.length <= 4) return String(value);
  return String(Number(Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2)));
};

/** "70–100 mg/dL", "500 mg–1 g", "above 40 mg/dL", or the text of the laboratory. */
export const formatRange = (range: ObservationReferenceRange | Range | undefined): string => {
  if (range === undefined) return '';
  if ('text' in range && range.text !== undefined) return range.text;
  const { low, high } = range;
  const [least, most] = [formatQuantity(low), formatQuantity(high)];
  if (least === '') return most && `≤ ${most}`;
  if (most === '') return `≥ ${least}`;
  const unit = formatUnit(low);
  const isSameUnit = unit === '' || unit === formatUnit(high);
  return `${isSameUnit ? formatQuantity({ value: low!.value! }) : least}–${most}`;
};

/** A titre "1:128", a concentration "5 mg/mL", and else "4 g / 24 h". */
export const formatRatio = (ratio: Ratio | undefined): string => {
  const { numerator, denominator } = ratio ?? {};
  const [above, below] = [formatQuantity(numerator), formatQuantity(denominator)];
  if (above === '' || below === '') return above;
  const [unit, unitBelow] = [formatUnit(numerator), formatUnit(denominator)];
  if (unit === '' && unitBelow === '') return `${above}:${below}`;
  return denominator?.value === 1 && denominator.comparator === undefined && unitBelow !== ''
    ? `${above}/${unitBelow}`
    : `${above} / ${below}`;
};

/** Its own value; that of its parts, one after the other, as of a blood pressure; or why there is none. */
export const formatValue = (
  observation: Observation | ObservationComponent,
  words: ValueWords,
): string => {
  const parts = 'component' in observation ? inOrder(observation.component ?? []) : [];
  return (
    ownValue(observation, words) ||
    valueOfParts(parts, words) ||
    formatAbsent(observation.dataAbsentReason, words)
  );
};

/** https://hl7.org/fhir/R4/observation-definitions.html#Observation.value_x_ */
const ownValue = (observation: Observation | ObservationComponent, words: ValueWords): string => {
  const { valueString, valueInteger, valueBoolean, valueDateTime, valueTime } = observation;
  if (valueInteger !== undefined) return String(valueInteger);
  if (valueBoolean !== undefined) return valueBoolean ? '✓' : '✗';
  if (valueDateTime !== undefined) return formatDateTime(valueDateTime, words.language);
  return (
    formatQuantity(observation.valueQuantity) ||
    formatConcept(observation.valueCodeableConcept) ||
    formatRange(observation.valueRange) ||
    formatRatio(observation.valueRatio) ||
    formatPeriod(observation.valuePeriod, words) ||
    formatSampled(observation.valueSampledData, words) ||
    // To the minute, as every time of the day.
    (valueTime?.slice(0, 5) ?? valueString ?? '')
  );
};

const formatPeriod = (period: Period | undefined, { language, t }: ValueWords): string => {
  const [start, end] = [period?.start, period?.end].map((date) =>
    date === undefined ? '' : formatDateTime(date, language),
  ) as [string, string];
  if (start !== '' && end !== '') return `${start} – ${end}`;
  return (start && t('value.from', { date: start })) || (end && t('value.until', { date: end }));
};

/** A curve is to be seen, not read: what it is. `period` is the time between two samples, in milliseconds. */
const formatSampled = (sampled: SampledData | undefined, { language, t }: ValueWords): string => {
  if (sampled === undefined) return '';
  const { data = '', dimensions, period } = sampled;
  const values = data.split(/\s+/).filter((value) => value !== '');
  const count = Math.floor(values.length / dimensions);
  const seconds = new Intl.NumberFormat(`${language}-u-nu-latn`, {
    ...{ style: 'unit', unit: 'second', unitDisplay: 'long', maximumSignificantDigits: 2 },
  }).format((count * period) / 1000);
  return count === 0 ? t('value.curve') : t('value.sampled', { count, time: seconds });
};

/** What its author wrote says most. https://hl7.org/fhir/R4/valueset-data-absent-reason.html */
const formatAbsent = (reason: CodeableConcept | undefined, { t }: ValueWords): string => {
  const known = reason?.coding?.find(({ system }) => system === absentReasons)?.code;
  if (reason?.text !== undefined || known === undefined) return formatConcept(reason);
  return t(`value.absent.${known}`, { defaultValue: formatConcept(reason) });
};

const absentReasons = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** "128/82 mmHg"; where they are not alike each has its own unit, and its name where its value does not say what it is of. */
const valueOfParts = (components: readonly ObservationComponent[], words: ValueWords): string => {
  const quantities = components.map(({ valueQuantity }) => valueQuantity);
  const units = new Set(quantities.map(formatUnit));
  if (
    units.size === 1 &&
    components.length > 1 &&
    quantities.every((quantity) => quantity?.value !== undefined)
  )
    return `${quantities.map(formatBare).join('/')} ${[...units].join('')}`.trim();
  return components
    .map((part) => {
      const value = formatValue(part, words);
      return isReadAlone(part) || value === '' ? value : `${formatConcept(part.code)}: ${value}`;
    })
    .filter((value) => value !== '')
    .join(' · ');
};

/** A reason or a curve may be of any part. */
const isReadAlone = ({ dataAbsentReason, valueSampledData }: ObservationComponent): boolean =>
  dataAbsentReason === undefined && valueSampledData === undefined;

const formatBare = (quantity: Quantity | undefined): string =>
  `${quantity?.comparator ?? ''}${formatNumber(quantity!.value!)}`;

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
