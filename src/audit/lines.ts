// Lines: what stands in a journal file besides rows, and how a line is read.
//
// A file begins with a `file` line. Rows come in batches: each batch is written at once and ends with a `link` line, whose
// hash covers the bytes of the batch (a `file` or `sign` line among them) and the hash before. What follows the last link
// was not finished, so no answer to it has left.

import { isObject } from '../fhir/resource.ts';
import type { Row } from './row.ts';

/** First line of a file: what comes before it. */
export interface FileLine {
  readonly j: 'file';
  readonly format: 1;
  readonly chain: string;
  /** 1, 2, … within the chain. */
  readonly file: number;
  readonly t: number;
  /** The last row before this file, and the hash after it; 0 and '' at the beginning of a chain. */
  readonly n: number;
  readonly h: string;
  /** In a chain's first file: where the chain of the process before ended. */
  readonly previous?: { readonly chain: string; readonly n: number; readonly h: string };
  /** The public key of the signatures. */
  readonly key: string;
}

/** Vouches for all up to row `n`. */
export interface SignLine {
  readonly j: 'sign';
  readonly n: number;
  readonly h: string;
  readonly t: number;
  readonly s: string;
}

export interface LinkLine {
  readonly j: 'link';
  /** The last row of the batch. */
  readonly n: number;
  readonly h: string;
}

export type Line = FileLine | SignLine | LinkLine | Row;

/** undefined when it is no line of a journal. */
export const readLine = (text: string): Line | undefined => {
  try {
    const line: unknown = JSON.parse(text);
    if (!isObject(line)) return undefined;
    return 'j' in line || typeof line['n'] === 'number' ? (line as unknown as Line) : undefined;
  } catch {
    return undefined;
  }
};

export const isRow = (line: Line): line is Row => !('j' in line);

/** How every link line begins: what looks for the last one need not read the others. */
export const linkStart = '{"j":"link",';

export const linkText = (n: number, h: string): string =>
  `${linkStart}"n":${String(n)},"h":"${h}"}\n`;
