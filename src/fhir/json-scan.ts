// One quick look over JSON text for what JSON.parse does not tell: depth, number of keys, numbers it would change.
// https://www.rfc-editor.org/rfc/rfc8259

export interface JsonScan {
  /** Of the deepest object or array. */
  readonly depth: number;
  /** Keys of all objects, equal ones counted each time. */
  readonly keys: number;
  /** Start and end, in turn, of the numbers that would print otherwise once they are JavaScript numbers. */
  readonly changing: readonly number[];
  /** A `\u` stands somewhere. */
  readonly hasUnicodeEscape: boolean;
}

const quote = 34;
const backslash = 92;
const colon = 58;

/** Meaningful for well-formed JSON; of anything else it only ends. Never recurses. */
export const scanJson = (text: string): JsonScan => {
  const end = text.length;
  let deepest = 0;
  let depth = 0;
  let keys = 0;
  const changing: number[] = [];
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === colon) keys += 1;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth -= 1;
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const start = at;
      while (at + 1 < end && isNumberPart(text.charCodeAt(at + 1))) at += 1;
      if (!printsAlike(text, start, at + 1)) changing.push(start, at + 1);
    }
  }
  return { depth: deepest, keys, changing, hasUnicodeEscape: text.includes('\\u') };
};

const endOfString = (text: string, start: number): number => {
  let at = text.indexOf('"', start + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at === -1 ? text.length : at;
};

const isEscaped = (text: string, at: number): boolean => {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
};

// 0-9 + - . E e
const isNumberPart = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  code === 46 ||
  code === 101 ||
  code === 69 ||
  code === 43 ||
  code === 45;

// Up to nine digits without sign, point and exponent are always alike; the rest is tried.
const printsAlike = (text: string, start: number, end: number): boolean => {
  if (end - start <= 9) {
    let at = start;
    while (at < end && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
    if (at === end) return true;
  }
  const source = text.slice(start, end);
  return String(Number(source)) === source;
};
