// Isolate: a name or a value keeps its own order inside a text that is read from right to left: "6.8 %" would be "% 6.8" there.
// https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates

import { directionOf } from '../languages.ts';

const firstStrong = '\u2068';
const end = '\u2069';

export const isolate = (text: string, language: string): string =>
  text === '' || directionOf(language) === 'ltr' ? text : `${firstStrong}${text}${end}`;
