// fold: a text without what a string search does not look at: case, accents, punctuation, doubled blanks.
// https://hl7.org/fhir/R4/search.html#string

/**
 * "Insensitive to casing and included combining characters [...] Punctuation and non-significant whitespace should also be
 * ignored." A text of nothing but punctuation keeps it, so that no search folds to the empty text that begins everything.
 */
export const fold = (text: string): string => {
  const plain = ascii.test(text) ? text.toLowerCase() : foldLetters(text);
  if (simple.test(plain)) return plain;
  const bare = squeeze(plain.replace(punctuation, ''));
  return bare === '' ? squeeze(plain) : bare;
};

const ascii = /^[\x00-\x7f]*$/;
const simple = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const punctuation = /[\p{P}\p{S}]+/gu;

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Accents go as the combining marks they decompose into. Vowel signs of Indic scripts are letters to their readers and
 * stay, as do voiced Japanese syllables. Upper case first turns ß into ss and Turkish ı into i.
 */
const foldLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(marks, '')
    .toUpperCase()
    .toLowerCase()
    .replace(marks, '')
    .replace(strokes, (letter) => unstroked[letter] ?? letter)
    .normalize('NFC');

// Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs; joiners.
const marks = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u200b-\u200d\ufeff]/g;
const strokes = /[øłđħæœς]/g;
const unstroked: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};
