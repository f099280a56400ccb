// Timing: how often, at what times and for how long a medicine is taken, in words.
// https://hl7.org/fhir/R4/datatypes.html#Timing

import type { CodeableConcept, Quantity, Range, Timing, TimingRepeat } from 'fhir/r4';
import { formatConcept } from '../../format/coded.ts';
import { formatDate, formatDateTime } from '../../format/date.ts';
import { formatQuantity, formatRange } from '../../format/measure.ts';
import { fromTo, isTimeUnit, listed, timeOf, type DosageWords } from './words.ts';

export interface TimingInWords {
  /** "in the morning": the dose is said once for each. */
  readonly moments: readonly string[];
  /** "three times a day"; '' where the moments say it. */
  readonly rhythm: string;
  /** "on Mondays", "at 08:00", "each over 30 minutes" */
  readonly times: readonly string[];
  /** "for 5 days", "until 31 May 2026" */
  readonly bounds: readonly string[];
}

/** A code says all of it but the bounds; where it is one of the usual ones, it is said in words. */
export const timingInWords = (timing: Timing | undefined, words: DosageWords): TimingInWords => {
  const { code, event = [] } = timing ?? {};
  const meant = meantBy(code);
  const own = timing?.repeat ?? {};
  const repeat = { ...own, ...meant };
  const said = code === undefined || meant !== undefined ? '' : formatConcept(code);
  const moments = momentsOf(repeat, words);
  const areEnough = said === '' && areAll(repeat);
  return {
    moments: areEnough ? moments : [],
    rhythm: said || (areEnough ? '' : rhythmOf(repeat, words)),
    times: [
      listed(
        (repeat.dayOfWeek ?? []).map((day) => words.t(`dosage.day.${day}`)),
        words,
      ),
      areEnough ? '' : listed(moments, words),
      clockOf(repeat, words),
      event.length === 0 ? '' : words.t('dosage.on', { dates: datesOf(event, words) }),
      overOf(repeat, words),
      totalOf(repeat, words),
    ],
    bounds: boundsOf(own, words),
  };
};

/** The usual abbreviations. https://hl7.org/fhir/R4/valueset-timing-abbreviation.html */
const meantBy = (code: CodeableConcept | undefined): TimingRepeat | undefined => {
  const coding = code?.coding?.find(({ system }) => system?.endsWith('v3-GTSAbbreviation'));
  const abbreviation = coding?.code ?? '';
  // Other words of the author may say more, such as "BID with meals".
  if (code?.text !== undefined && code.text !== abbreviation) return undefined;
  return abbreviations[abbreviation];
};

const day = { period: 1, periodUnit: 'd' } as const;
const abbreviations: Readonly<Record<string, TimingRepeat>> = {
  QD: { frequency: 1, ...day },
  BID: { frequency: 2, ...day },
  TID: { frequency: 3, ...day },
  QID: { frequency: 4, ...day },
  QOD: { frequency: 1, period: 2, periodUnit: 'd' },
  Q4H: { frequency: 1, period: 4, periodUnit: 'h' },
  Q6H: { frequency: 1, period: 6, periodUnit: 'h' },
  AM: { frequency: 1, ...day, when: ['MORN'] },
  PM: { frequency: 1, ...day, when: ['AFT'] },
};

/** Each of them once a day is all that is said. "With a meal" is not, for there are several. */
const areAll = (repeat: TimingRepeat): boolean => {
  const { when = [], frequency = when.length, frequencyMax, period = 1, periodMax } = repeat;
  return (
    when.length > 0 &&
    frequency === when.length &&
    [frequencyMax, periodMax].every((most) => most === undefined) &&
    period === 1 &&
    (repeat.periodUnit ?? 'd') === 'd' &&
    !when.some((code) => ['C', 'AC', 'PC'].includes(code))
  );
};

/** "in the morning", "30 minutes before a meal" */
const momentsOf = ({ when = [], offset }: TimingRepeat, words: DosageWords): readonly string[] =>
  when.map((code) => {
    const moment = words.t(`dosage.when.${code.replace('.', '-')}`);
    if (offset === undefined || offset === 0) return moment;
    const time = timeOf(offset, 'min', words);
    return words.t('dosage.ahead', { time, when: moment });
  });

/** "twice a day", "2–3 times a day", "every 8 hours", "3 times every 2 days" */
const rhythmOf = (repeat: TimingRepeat, { t }: DosageWords): string => {
  const { frequency = 1, frequencyMax, period, periodMax, periodUnit } = repeat;
  const times = fromTo(frequency, frequencyMax);
  if (period === undefined || periodUnit === undefined)
    return repeat.frequency === undefined ? '' : t('dosage.times', { times, context: times });
  if (period === 1 && periodMax === undefined)
    return t(`dosage.per.${periodUnit}`, { times, context: times });
  const amount = fromTo(period, periodMax);
  const every = t(`dosage.every.${periodUnit}`, { count: periodMax ?? period, amount });
  return times === '1' ? every : t('dosage.timesEvery', { times, every });
};

const clockOf = ({ timeOfDay = [] }: TimingRepeat, words: DosageWords): string =>
  timeOfDay.length === 0
    ? ''
    : words.t('dosage.at', {
        times: listed(
          timeOfDay.map((time) => time.slice(0, 5)),
          words,
        ),
      });

const datesOf = (events: readonly string[], words: DosageWords): string =>
  listed(
    events.map((event) => formatDateTime(event, words.language)),
    words,
  );

/** How long each dose takes, not how long it is taken. */
const overOf = (
  { duration, durationMax, durationUnit }: TimingRepeat,
  words: DosageWords,
): string => {
  const longest = durationMax ?? duration;
  if (longest === undefined || durationUnit === undefined) return '';
  const least = duration === undefined || durationMax === undefined ? '' : `${String(duration)}–`;
  return words.t('dosage.over', { time: `${least}${timeOf(longest, durationUnit, words)}` });
};

/** "one single time", "10 times in all" */
const totalOf = ({ count, countMax }: TimingRepeat, { t }: DosageWords): string => {
  const amount = fromTo(count, countMax);
  return amount === '' ? '' : t('dosage.total', { amount, context: amount });
};

const boundsOf = (
  { boundsDuration, boundsRange, boundsPeriod }: TimingRepeat,
  words: DosageWords,
): readonly string[] => {
  const { t, language } = words;
  const { start, end } = boundsPeriod ?? {};
  return [
    durationOf(boundsDuration, words) || spanOf(boundsRange, words),
    start === undefined ? '' : t('dosage.from', { date: formatDate(start, language) }),
    end === undefined ? '' : t('dosage.until', { date: formatDate(end, language) }),
  ];
};

/** "for one week", "for 5–7 days" */
const spanOf = (range: Range | undefined, words: DosageWords): string => {
  const { low, high } = range ?? {};
  const areAlike = low === undefined || low.code === undefined || low.code === high?.code;
  if (high?.value !== undefined && areAlike) return durationOf(high, words, low?.value);
  const time = formatRange(range);
  return time && words.t('dosage.forTime', { time });
};

const durationOf = (duration: Quantity | undefined, { t }: DosageWords, least?: number): string => {
  const { value, code, unit = '' } = duration ?? {};
  if (value === undefined) return '';
  const named = code ?? timeWords[unit.replace(/s$/, '')];
  return isTimeUnit(named) && duration?.comparator === undefined
    ? t(`dosage.for.${named}`, { count: value, amount: fromTo(least, value) })
    : t('dosage.forTime', { time: formatQuantity(duration) });
};

const timeWords: Readonly<Record<string, string>> = {
  ...{ hour: 'h', day: 'd', week: 'wk', month: 'mo', year: 'a', minute: 'min' },
};
