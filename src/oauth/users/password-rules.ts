// Password rules: long enough, not among the first guesses, not the person's own name. No rule on kinds of characters.
// https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver

import { commonPasswords } from './common-passwords.ts';

export const shortestPassword = 12;
const longestPassword = 256;

/** What is wrong with a new password, in a sentence with the remedy; undefined when nothing is. */
export const faultOfPassword = (
  password: string,
  own: readonly (string | undefined)[] = [],
): string | undefined => rules.find(({ breaks }) => breaks(password, own))?.text;

interface Rule {
  readonly breaks: (password: string, own: readonly (string | undefined)[]) => boolean;
  readonly text: string;
}

const rules: readonly Rule[] = [
  {
    breaks: (password) => lengthOf(password) < shortestPassword,
    text: `Use at least ${String(shortestPassword)} characters. Three or four words that do not belong together are easy to remember.`,
  },
  {
    breaks: (password) => lengthOf(password) > longestPassword,
    text: `Use at most ${String(longestPassword)} characters.`,
  },
  {
    breaks: (password) => commonPasswords.has(plain(password)) || isSimple(plain(password)),
    text: 'This password is one of the first that would be guessed. Choose another.',
  },
  {
    breaks: (password, own) => own.some((text) => isMostly(plain(password), text)),
    text: 'Your password must not be your name, user name or address. Choose another.',
  },
];

const lengthOf = (text: string): number => Array.from(text.normalize('NFKC')).length;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** One short piece again and again, or characters in the order of the alphabet. */
const isSimple = (text: string): boolean =>
  /^(.{1,4})\1+.{0,3}$/u.test(text) || isRun(text, 1) || isRun(text, -1);

const isRun = (text: string, step: number): boolean =>
  Array.from(text).every(
    (character, at, all) =>
      at === 0 || character.codePointAt(0)! - all[at - 1]!.codePointAt(0)! === step,
  );

/** The person's own text with less than six other characters around it. */
const isMostly = (password: string, own: string | undefined): boolean => {
  const text = plain(own ?? '').replaceAll(/\s/g, '');
  const bare = password.replaceAll(/\s/g, '');
  return text.length >= 4 && bare.includes(text) && bare.length - text.length < 6;
};
