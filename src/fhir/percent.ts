// percent: percent-encoded text of an address, a form or criteria, decoded strictly.
// https://www.rfc-editor.org/rfc/rfc3986#section-2.1

import { invalid } from './problem.ts';

/** `where` names the text in the 400 that is thrown when it is not percent-encoded UTF-8 or holds a NUL. */
export const decodePercent = (text: string, where: string): string => {
  const decoded = text.includes('%') ? decodeEscapes(text, where) : text;
  if (decoded.includes('\0')) throw invalid(`The ${where} holds a NUL character; FHIR has none.`);
  return decoded;
};

/** As in forms and queries, where a '+' is a blank. */
export const decodeForm = (text: string, where: string): string =>
  decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text, where);

const decodeEscapes = (text: string, where: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw invalid(`The ${where} is not percent-encoded UTF-8; write a '%' as '%25'.`);
  }
};
