// escape: `,` `$` and `|` separate the parts of a search value unless a backslash stands before them.
// https://hl7.org/fhir/R4/search.html#escaping

import { invalid } from '../fhir/problem.ts';

/** Splits at every separator that is not escaped; the parts keep their escapes. */
export const split = (text: string, separator: ',' | '$' | '|'): readonly string[] => {
  if (!text.includes('\\')) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
};

/** The literal text. "The parameter value `xx\xx` is illegal." */
export const unescape = (text: string): string => {
  if (!text.includes('\\')) return text;
  if (text.replace(/\\[\\,$|]/g, '').includes('\\'))
    throw invalid(
      `In '${text}' a backslash stands before a character that needs none; a backslash itself is written '\\\\'.`,
    );
  return text.replace(/\\([\\,$|])/g, '$1');
};

/** A literal text as a part of a search value. */
export const escape = (text: string): string => text.replace(/[\\,$|]/g, '\\$&');
