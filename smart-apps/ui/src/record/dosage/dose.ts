// Dose: how much is taken, how fast, and how much at most: "½ tablet", "1–2 puffs", "60,000 units", "at most 4 g in 1 day".
// https://hl7.org/fhir/R4/dosage.html

import type { Dosage, Quantity, Range, Ratio } from 'fhir/r4';
import { formatNumber, formatQuantity, formatRatio } from '../../format/measure.ts';
import { countedUnitOf, type CountedUnit } from './units.ts';
import { isTimeUnit, timeOf, type DosageWords } from './words.ts';

export const doseOf = (dosage: Dosage, words: DosageWords): string => {
  const { doseQuantity, doseRange } = ordered(dosage);
  return amountOf(doseQuantity, words) || rangeOf(doseRange, words);
};

/** "100 mL in 1 hour", "2 L/min" */
export const rateOf = (dosage: Dosage, words: DosageWords): string => {
  const { rateQuantity, rateRange, rateRatio } = ordered(dosage);
  return (
    amountOf(rateQuantity, words) || rangeOf(rateRange, words) || perTime(rateRatio, 'in', words)
  );
};

/** "at most 4 g in 24 hours, at most 1 g at once" */
export const mostOf = (dosage: Dosage, words: DosageWords): readonly string[] => {
  const { maxDosePerPeriod, maxDosePerAdministration, maxDosePerLifetime } = dosage;
  const atOnce = amountOf(maxDosePerAdministration, words);
  const ever = amountOf(maxDosePerLifetime, words);
  return [
    atOnce && words.t('dosage.mostAtOnce', { amount: atOnce }),
    perTime(maxDosePerPeriod, 'mostIn', words),
    ever && words.t('dosage.mostEver', { amount: ever }),
  ].filter((part) => part !== '');
};

/** What was ordered; what was reckoned besides, such as by weight, is the same dose said again. */
const ordered = ({ doseAndRate = [] }: Dosage) =>
  doseAndRate.find(({ type }) => type?.coding?.some(({ code }) => code === 'ordered')) ??
  doseAndRate[0] ??
  {};

/** '' where there is none. */
const amountOf = (quantity: Quantity | undefined, words: DosageWords): string => {
  if (quantity?.value === undefined) return '';
  const { value, comparator = '' } = quantity;
  const unit = countedUnitOf(quantity);
  const amount = `${comparator}${numberOf(value, unit, words)}`;
  if (unit !== undefined) return counted(amount, value, unit, words);
  // The unit as it is written everywhere else, behind the number as it is written here.
  const plain = formatQuantity({ ...quantity, value: 0 }).replace(`${comparator}0`, '');
  return `${amount}${plain}`;
};

const rangeOf = (range: Range | undefined, words: DosageWords): string => {
  const { low, high } = range ?? {};
  if (low?.value === undefined || high?.value === undefined) {
    const [least, most] = [amountOf(low, words), amountOf(high, words)];
    return (least && words.t('dosage.atLeast', { amount: least })) || upTo(most, words);
  }
  const unit = countedUnitOf(high);
  // 500 mg to 1 g are not 500 to 1 g.
  if (unitOf(low) !== '' && unitOf(low) !== unitOf(high))
    return `${amountOf(low, words)}–${amountOf(high, words)}`;
  const from = numberOf(low.value, unit, words);
  return `${from}–${amountOf(high, words)}`;
};

const unitOf = ({ code, unit }: Quantity): string => code ?? unit ?? '';

const upTo = (amount: string, { t }: DosageWords): string => amount && t('dosage.upTo', { amount });

/** "4 g in 24 hours" where the denominator is a time, else as it is written. */
const perTime = (ratio: Ratio | undefined, key: 'in' | 'mostIn', words: DosageWords): string => {
  const { numerator, denominator } = ratio ?? {};
  const { value, code, unit } = denominator ?? {};
  const time = code ?? unit;
  const amount = amountOf(numerator, words);
  if (value !== undefined && isTimeUnit(time) && amount !== '')
    return words.t(`dosage.${key}`, { amount, time: timeOf(value, time, words) });
  const plain = formatRatio(ratio);
  return key === 'in' || plain === '' ? plain : words.t('dosage.most', { amount: plain });
};

/** Up to one is one: "½ tablet". */
const counted = (amount: string, value: number, unit: CountedUnit, { t }: DosageWords): string =>
  t(`dosage.unit.${unit}`, { count: value <= 1 ? 1 : value, amount });

/**
 * Pieces are halved and quartered: "0.5" is read as 5 where the point is faint. Of large numbers the zeros are counted for the
 * reader: 60,000 and 600,000 look alike without a comma.
 */
const numberOf = (
  value: number,
  unit: CountedUnit | undefined,
  { language }: DosageWords,
): string => {
  const whole = Math.trunc(value);
  const fraction = fractions[value - whole];
  if (unit !== undefined && unit !== 'unit' && fraction !== undefined)
    return `${whole === 0 ? '' : String(whole)}${fraction}`;
  return value < 10_000
    ? formatNumber(value)
    : new Intl.NumberFormat(`${language}-IN-u-nu-latn`).format(value);
};

const fractions: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½', 0.75: '¾' };
