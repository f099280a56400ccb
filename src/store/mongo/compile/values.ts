// The condition a value leaf puts on one index value besides its param.

import type { StringLeaf, TokenLeaf, UriLeaf, ValueLeaf } from '../../../search/plan.ts';
import { compares } from './comparison.ts';

type Condition = Readonly<Record<string, unknown>>;

export const valueCondition = (leaf: ValueLeaf): Condition => {
  switch (leaf.op) {
    case 'token':
      return tokenCondition(leaf);
    case 'string':
      return stringCondition(leaf);
    case 'reference':
      return { t: oneOf(leaf.targets) };
    case 'uri':
      return uriCondition(leaf);
    case 'date':
      return compares('date', ends, leaf);
    case 'number':
      return { u: leaf.unit, ...compares('number', ends, leaf) };
  }
};

const ends = { low: 'l', high: 'h' };

/** A single value as itself: then an index in the order of keys streams. `$eq` keeps any text a text. */
export const oneOf = (values: readonly string[]): Condition =>
  values.length === 1 ? { $eq: values[0]! } : { $in: [...new Set(values)] };

const tokenCondition = ({ any }: TokenLeaf): Condition => {
  const bySystem = new Map<string | undefined, string[] | undefined>();
  for (const { system, code } of any) {
    const codes = bySystem.has(system) ? bySystem.get(system) : [];
    bySystem.set(system, code === undefined || codes === undefined ? undefined : [...codes, code]);
  }
  const alternatives = [...bySystem].map(([system, codes]) => ({
    ...(codes === undefined ? {} : { c: oneOf(codes) }),
    ...(system === undefined ? {} : { s: { $eq: system } }),
  }));
  if (alternatives.length === 1) return alternatives[0]!;
  const codes = any.flatMap(({ code }) => code ?? []);
  // All codes together are what the index can look up.
  return { ...(codes.length === any.length ? { c: oneOf(codes) } : {}), $or: alternatives };
};

const stringCondition = ({ match, text, folded }: StringLeaf): Condition => {
  switch (match) {
    case 'exact':
      return { ...(folded === undefined ? {} : { f: { $eq: folded } }), x: { $eq: text } };
    case 'starts':
      return text === '' ? { f: { $exists: true } } : { f: { $gte: text, $lt: afterPrefix(text) } };
    case 'contains':
      return text === '' ? { f: { $exists: true } } : { f: { $regex: literal(text) } };
  }
};

/** The end of all texts that begin like this: no text has a character above the last code point. */
const afterPrefix = (text: string): string => `${text}\u{10ffff}`;

/** Bytes of a pattern; the server takes none of 32 KiB or more. */
const longestPattern = 30_000;

/** The text of a leaf that is looked for within texts and is too long for a pattern. */
export const longContained = (leaf: ValueLeaf): string | undefined =>
  leaf.op === 'string' &&
  leaf.match === 'contains' &&
  Buffer.byteLength(literal(leaf.text)) > longestPattern
    ? leaf.text
    : undefined;

/** Every character that could mean something in a pattern means itself; a pattern cannot hold a NUL. */
const literal = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\0', '\\x00');

const uriCondition = ({ match, uri }: UriLeaf): Condition => {
  switch (match) {
    case 'equals':
      return { u: { $eq: uri } };
    case 'above':
      return { u: oneOf(uriAndAbove(uri)) };
    case 'below':
      // '0' is the character after '/'.
      return { $or: [{ u: { $eq: uri } }, { u: { $gte: `${uri}/`, $lt: `${uri}0` } }] };
  }
};

/** The uri and everything it begins with up to a '/'. */
const uriAndAbove = (uri: string): readonly string[] => [
  uri,
  ...[...uri.matchAll(/\//g)].map(({ index }) => uri.slice(0, index)),
];
