// FHIRPath text -> tokens.
// https://hl7.org/fhirpath/N1/#lexical-elements

import { PathError } from './error.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'date' | 'time' | 'symbol' | 'end';
  /** Without quotes and with escapes resolved; of a date or time without `@` and `@T`. */
  readonly text: string;
  readonly offset: number;
}

/** All tokens, the last one `end`. Throws PathError where none begins. */
export const readTokens = (expression: string): readonly Token[] => {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    blank.lastIndex = offset;
    blank.test(expression);
    offset = blank.lastIndex;
    if (offset === expression.length) return [...tokens, { kind: 'end', text: '', offset }];
    if (tokens.length === mostTokens) throw new PathError('The FHIRPath expression is too long.');
    const token = readToken(expression, offset);
    tokens.push(token);
    offset = tokenPattern.lastIndex;
  }
};

// Parser and compiler recurse; the longest expression of R4 has some 150. Profiles are sent by clients.
const mostTokens = 1000;

const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;

const tokenPattern = new RegExp(
  [
    /(?<word>[A-Za-z_][A-Za-z0-9_]*)/,
    /`(?<quoted>(?:[^`\\]|\\.)*)`/,
    /'(?<string>(?:[^'\\]|\\[^])*)'/,
    /@T(?<time>\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?)/,
    /@(?<date>\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)/,
    /(?<number>\d+(?:\.\d+)?)/,
    /(?<symbol><=|>=|!=|!~|\$[a-z]+|[%.()[\]{},|&+\-*/<>=~])/,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'y',
);

const readToken = (expression: string, offset: number): Token => {
  tokenPattern.lastIndex = offset;
  // TypeScript does not say that the groups of the other alternatives are undefined.
  const groups: Readonly<Record<string, string | undefined>> =
    tokenPattern.exec(expression)?.groups ?? {};
  const found = Object.entries(groups).find(([, text]) => text !== undefined);
  if (found === undefined)
    throw new PathError(`FHIRPath has something unreadable at character ${String(offset + 1)}.`);
  const [kind, text] = found as [Token['kind'], string];
  const isQuoted = kind === 'string' || kind === 'quoted';
  return { kind, text: isQuoted ? unescapeText(text) : text, offset };
};

const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', f: '\f' };

const unescapeText = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, code?: string, character?: string) =>
    code === undefined
      ? (escapes[character!] ?? character!)
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
