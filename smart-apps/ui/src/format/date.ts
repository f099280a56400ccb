// Dates: FHIR's dates, partial or whole, in the words of a language. https://hl7.org/fhir/R4/datatypes.html#dateTime

/** `2024`, `2024-05` and `2024-05-17` stay as exact as they are; an instant is shown in this device's time zone. */
export const formatDate = (value: string, language: string): string => {
  // A browser would make a year of nearly any word.
  if (!/^\d{4}/.test(value)) return '';
  const [date = ''] = value.split('T');
  const parts = date.split('-').length;
  if (value.includes('T')) return show(new Date(value), language, dateParts(language)[3]);
  // A date without a time has no time zone: it is the same day everywhere.
  const options = { ...dateParts(language)[parts as 1 | 2 | 3], timeZone: 'UTC' };
  return show(new Date(padded[parts - 1]!(date)), language, options);
};

export const formatDateTime = (value: string, language: string, timeZone?: string): string =>
  value.includes('T')
    ? show(new Date(value), language, {
        ...dateParts(language)[3],
        ...timeParts(language),
        ...(timeZone === undefined ? {} : { timeZone }),
      })
    : formatDate(value, language);

export const formatTime = (value: string, language: string, timeZone?: string): string =>
  show(new Date(value), language, {
    ...timeParts(language),
    ...(timeZone === undefined ? {} : { timeZone }),
  });

/** With the day of the week, as one reads a calendar. */
export const formatDay = (value: string, language: string, timeZone?: string): string =>
  show(new Date(value), language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long' },
    ...(timeZone === undefined ? {} : { timeZone }),
  });

/** Whole years; below two years, months; below two months, days. */
export const formatAge = (birthDate: string, language: string, now = new Date()): string => {
  const born = new Date(padded[birthDate.split('-').length - 1]?.(birthDate) ?? birthDate);
  const months =
    (now.getFullYear() - born.getUTCFullYear()) * 12 +
    (now.getMonth() - born.getUTCMonth()) -
    (now.getDate() < born.getUTCDate() ? 1 : 0);
  if (months >= 24) return unit(Math.floor(months / 12), 'year', language);
  if (months >= 2) return unit(months, 'month', language);
  return unit(
    Math.max(0, Math.floor((now.getTime() - born.getTime()) / 86_400_000)),
    'day',
    language,
  );
};

const dateParts = (language: string): Readonly<Record<1 | 2 | 3, Intl.DateTimeFormatOptions>> => ({
  1: { year: 'numeric' },
  2: { year: 'numeric', month: 'long' },
  3: { year: 'numeric', month: wayOf(language).month, day: 'numeric' },
});

const timeParts = (language: string): Intl.DateTimeFormatOptions => ({
  ...{ hour: 'numeric', minute: '2-digit' },
  ...wayOf(language).ofTheDay,
});

const padded = [
  (date: string) => `${date}-01-01`,
  (date: string) => `${date}-01`,
  (date: string) => date,
];

const show = (date: Date, language: string, options: Intl.DateTimeFormatOptions): string =>
  Number.isNaN(date.getTime())
    ? ''
    : new Intl.DateTimeFormat(region(language), options).format(date);

const unit = (value: number, name: string, language: string): string =>
  new Intl.NumberFormat(region(language), {
    style: 'unit',
    unit: name,
    unitDisplay: 'long',
  }).format(value);

interface Way {
  readonly region: string;
  readonly month: 'short' | 'long';
  readonly ofTheDay?: Pick<Intl.DateTimeFormatOptions, 'dayPeriod'>;
}

/**
 * Days come before months, as people here write them, with the digits everybody reads. Where months are not shortened and an hour is
 * one of the morning or the evening, and not "am" or "pm", it is said so: "15 सितंबर", "शाम 4:05".
 */
const ways: Readonly<Record<string, Way>> = {
  en: { region: 'en-IN', month: 'short' },
  hi: { region: 'hi-IN-u-nu-latn', month: 'long', ofTheDay: { dayPeriod: 'short' } },
  ur: { region: 'ur-PK-u-nu-latn', month: 'long', ofTheDay: { dayPeriod: 'short' } },
};

const wayOf = (language: string): Way => ways[language] ?? { region: language, month: 'short' };

const region = (language: string): string => wayOf(language).region;
