// Words: what the sentences of a dosage are made with, and how a list and a number stand in them.

export interface DosageWords {
  /** BCP 47. */
  readonly language: string;
  /** Texts of the namespace `ui`. */
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string;
}

/** "in the morning, at noon and at night"; what says nothing is left out. */
export const listed = (parts: readonly string[], { t }: DosageWords): string => {
  const said = parts.filter((part) => part !== '');
  if (said.length <= 1) return said[0] ?? '';
  return t('dosage.and', { one: said.slice(0, -1).join(', '), other: said.at(-1) });
};

/** "4–6", or the one that is known. */
export const fromTo = (from: number | undefined, to: number | undefined): string =>
  [...new Set([from, to])].filter((value) => value !== undefined).join('–');

/** "8 hours", "1 day", by the codes of UCUM that a Timing uses. */
export const timeOf = (amount: number, unit: TimeUnit, { language }: DosageWords): string =>
  new Intl.NumberFormat(`${language}-u-nu-latn`, {
    ...{ style: 'unit', unit: units[unit], unitDisplay: 'long' },
  }).format(amount);

export type TimeUnit = keyof typeof units;

export const isTimeUnit = (code: string | undefined): code is TimeUnit =>
  code !== undefined && Object.hasOwn(units, code);

/** https://hl7.org/fhir/R4/valueset-units-of-time.html */
const units = {
  ...{ s: 'second', min: 'minute', h: 'hour', d: 'day', wk: 'week', mo: 'month', a: 'year' },
} as const;
