// File name: what the name of a report tells by itself: `12345678901234_Sharma.pdf`, `12-3456-7890-1234 1980-02-03 ECG.pdf`.

import { readUhid } from '../patients/uhid.ts';

export interface NamedFile {
  /** 14 digits whose check digit fits, or ''. */
  readonly uhid: string;
  /** `1980-02-03`, or ''. */
  readonly birthDate: string;
  readonly family: string;
  /** What is left, for people to read. */
  readonly title: string;
}

export const readFileName = (name: string): NamedFile => {
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/, '');
  const digits = /(?<!\d)\d(?:[ -]?\d){13}(?!\d)/.exec(stem)?.[0] ?? '';
  const uhid = readUhid(digits);
  if (!uhid.ok) return { uhid: '', birthDate: '', family: '', title: tidy(stem) };
  const rest = stem.replace(digits, ' ');
  const date = /(?<!\d)((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(rest);
  const words = tidy(date === null ? rest : rest.replace(date[0], ' '));
  const family = isName(words) ? words : '';
  return {
    ...{ uhid: uhid.number, family, title: words || tidy(stem) },
    birthDate: date === null ? '' : date.slice(1).join('-'),
  };
};

const tidy = (text: string): string =>
  text
    .replace(/[_\s]+/g, ' ')
    .replace(/^[\s-]+|[\s-]+$/g, '')
    .trim();

/** One word with a capital, which is no kind of report. What is taken wrongly is seen in the row and never files a report with a stranger. */
const isName = (words: string): boolean =>
  /^\p{Lu}[\p{L}\p{M}'’-]+$/u.test(words) && !kinds.test(words);

const kinds =
  /^(report|result|lab|blood|urine|scan|x-?ray|ct|mri|ecg|ekg|echo|usg|ultrasound|discharge|summary|letter|bill|invoice|prescription|page|image|img|doc|document|file|test)s?$/i;
