// latin: a name in the plain letters a to z, from whichever of the scripts below it was written in.

import { fold } from '../../search/values/fold.ts';

/** Lower case, without accents, punctuation and digits; parts of a name stay apart by one blank. */
export const toLatin = (name: string): string => {
  const folded = fold(name.replace(joiners, ' '));
  if (plain.test(folded)) return folded;
  return spellOut(folded)
    .replace(/[^a-z ]/g, '')
    .replace(/ +/g, ' ')
    .trim();
};

const plain = /^[a-z]+(?: [a-z]+)*$/;
// A double name is two parts, an apostrophe is none.
const joiners = /[-\u2010-\u2015.,/_]/g;

const spellOut = (text: string): string => {
  let spelt = '';
  let isOpen = false;
  for (const letter of text.normalize('NFD')) {
    const consonant = devanagariConsonants[letter];
    const sign = devanagariSigns[letter];
    // An Indic consonant carries an 'a' unless a vowel sign follows; at the end of a word it is silent.
    if (isOpen && sign === undefined && (consonant !== undefined || letter === '\u0902'))
      spelt += 'a';
    spelt += consonant ?? sign ?? letters[letter] ?? letter;
    isOpen = consonant !== undefined || (isOpen && letter === '\u093c');
  }
  return spelt;
};

/** `from` and `to` in the same order, `to` separated by blanks. */
const table = (from: string, to: string): Readonly<Record<string, string>> => {
  const spellings = to.split(' ');
  return Object.fromEntries(
    Array.from(from, (letter, at) => [letter, (spellings[at] ?? '').replace('_', '')]),
  );
};

const letters: Readonly<Record<string, string>> = {
  ...table(
    'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ',
    'a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i i e g',
  ),
  ...table('αβγδεζηθικλμνξοπρστυφχψωσ', 'a v g d e z i th i k l m n x o p r s t y f ch ps o s'),
  ...table('अआइईउऊऋएऐओऔंः', 'a a i i u u ri e ai o au n h'),
};

const devanagariConsonants = table(
  'कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह',
  'k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h',
);
const devanagariSigns = table('ािीुूृेैोौ्', 'a i i u u ri e ai o au _');
