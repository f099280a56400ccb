// FHIRPath tokens -> syntax tree.
// https://hl7.org/fhirpath/N1/grammar.html

import { PathError } from './error.ts';
import { readTokens, type Token } from './tokens.ts';

export type Syntax =
  | {
      readonly kind: 'literal';
      readonly type: LiteralType;
      readonly value: string | number | boolean;
    }
  | { readonly kind: 'quantity'; readonly value: number; readonly unit: string }
  | { readonly kind: 'empty' }
  /** `$this`, `$index`, `$total`. */
  | { readonly kind: 'special'; readonly name: string }
  /** `%resource`. */
  | { readonly kind: 'variable'; readonly name: string }
  /** An element name, or at the beginning of a path the name of a type. No `on`: of the input itself. */
  | { readonly kind: 'name'; readonly on?: Syntax; readonly name: string }
  | {
      readonly kind: 'call';
      readonly on?: Syntax;
      readonly name: string;
      readonly parameters: readonly Syntax[];
    }
  | { readonly kind: 'item'; readonly on: Syntax; readonly place: Syntax }
  | { readonly kind: 'sign'; readonly sign: string; readonly of: Syntax }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Syntax;
      readonly right: Syntax;
    }
  | {
      readonly kind: 'type';
      readonly operator: 'is' | 'as';
      readonly of: Syntax;
      readonly type: string;
    };

export type LiteralType =
  | 'System.Boolean'
  | 'System.String'
  | 'System.Integer'
  | 'System.Decimal'
  | 'System.Date'
  | 'System.DateTime'
  | 'System.Time';

/** Throws PathError when the expression breaks the grammar. */
export const parsePath = (expression: string): Syntax => {
  const reader = readerOf(readTokens(expression));
  const syntax = readExpression(reader, 0);
  if (reader.peek().kind !== 'end') throw unexpected(reader.peek());
  return syntax;
};

interface Reader {
  readonly peek: () => Token;
  readonly next: () => Token;
  /** Takes the token when it is this one. */
  readonly skip: (text: string) => boolean;
  readonly expect: (text: string) => void;
}

const readerOf = (tokens: readonly Token[]): Reader => {
  let at = 0;
  const peek = () => tokens[at]!;
  const next = () => tokens[at < tokens.length - 1 ? at++ : at]!;
  const skip = (text: string) => {
    const isThere = isOperator(peek(), text);
    if (isThere) next();
    return isThere;
  };
  const expect = (text: string) => {
    if (!skip(text)) throw unexpected(peek());
  };
  return { peek, next, skip, expect };
};

const isOperator = (token: Token, text: string): boolean =>
  (token.kind === 'symbol' || token.kind === 'word') && token.text === text;

// The higher, the tighter.
const precedence: Readonly<Record<string, number>> = {
  implies: 1,
  or: 2,
  xor: 2,
  and: 3,
  in: 4,
  contains: 4,
  '=': 5,
  '~': 5,
  '!=': 5,
  '!~': 5,
  '<': 6,
  '>': 6,
  '<=': 6,
  '>=': 6,
  '|': 7,
  is: 8,
  as: 8,
  '+': 9,
  '-': 9,
  '&': 9,
  '*': 10,
  '/': 10,
  div: 10,
  mod: 10,
};
const signPrecedence = 11;

const readExpression = (reader: Reader, tighterThan: number): Syntax => {
  let left = readSigned(reader);
  for (;;) {
    const token = reader.peek();
    const isNamed = token.kind === 'symbol' || token.kind === 'word';
    const own = isNamed && Object.hasOwn(precedence, token.text) ? precedence[token.text]! : 0;
    if (own <= tighterThan) return left;
    reader.next();
    if (token.text === 'is' || token.text === 'as')
      left = { kind: 'type', operator: token.text, of: left, type: readTypeName(reader) };
    else left = { kind: 'binary', operator: token.text, left, right: readExpression(reader, own) };
  }
};

const readSigned = (reader: Reader): Syntax => {
  if (reader.skip('+'))
    return { kind: 'sign', sign: '+', of: readExpression(reader, signPrecedence) };
  if (reader.skip('-'))
    return { kind: 'sign', sign: '-', of: readExpression(reader, signPrecedence) };
  return readInvocations(reader, readTerm(reader));
};

const readInvocations = (reader: Reader, start: Syntax): Syntax => {
  let on = start;
  for (;;) {
    if (reader.skip('.')) on = readInvocation(reader, on);
    else if (reader.skip('[')) {
      on = { kind: 'item', on, place: readExpression(reader, 0) };
      reader.expect(']');
    } else return on;
  }
};

const readInvocation = (reader: Reader, on?: Syntax): Syntax => {
  const token = reader.next();
  if (token.kind === 'symbol' && token.text.startsWith('$'))
    return { kind: 'special', name: token.text };
  if (token.kind !== 'word' && token.kind !== 'quoted') throw unexpected(token);
  const isCall = token.kind === 'word' && reader.skip('(');
  const subject = on === undefined ? {} : { on };
  if (!isCall) return { kind: 'name', ...subject, name: token.text };
  return { kind: 'call', ...subject, name: token.text, parameters: readParameters(reader) };
};

const readParameters = (reader: Reader): readonly Syntax[] => {
  const parameters: Syntax[] = [];
  if (reader.skip(')')) return parameters;
  do parameters.push(readExpression(reader, 0));
  while (reader.skip(','));
  reader.expect(')');
  return parameters;
};

const readTerm = (reader: Reader): Syntax => {
  const token = reader.peek();
  if (token.kind === 'word' && (token.text === 'true' || token.text === 'false')) {
    reader.next();
    return { kind: 'literal', type: 'System.Boolean', value: token.text === 'true' };
  }
  if (reader.skip('(')) {
    const inner = readExpression(reader, 0);
    reader.expect(')');
    return inner;
  }
  if (reader.skip('{')) {
    reader.expect('}');
    return { kind: 'empty' };
  }
  if (reader.skip('%')) return { kind: 'variable', name: readVariableName(reader) };
  return readLiteral(reader, token) ?? readInvocation(reader);
};

const readVariableName = (reader: Reader): string => {
  const token = reader.next();
  if (!['word', 'quoted', 'string'].includes(token.kind)) throw unexpected(token);
  return token.text;
};

const readLiteral = (reader: Reader, token: Token): Syntax | undefined => {
  const literal = (type: LiteralType, value: string | number): Syntax => {
    reader.next();
    return { kind: 'literal', type, value };
  };
  switch (token.kind) {
    case 'string':
      return literal('System.String', token.text);
    case 'time':
      return literal('System.Time', token.text);
    case 'date':
      return token.text.includes('T')
        ? literal('System.DateTime', token.text.replace(/T$/, ''))
        : literal('System.Date', token.text);
    case 'number': {
      const type = token.text.includes('.') ? 'System.Decimal' : 'System.Integer';
      const number = literal(type, Number(token.text));
      const unit = readUnit(reader);
      return unit === undefined ? number : { kind: 'quantity', value: Number(token.text), unit };
    }
    case 'word':
    case 'quoted':
    case 'symbol':
    case 'end':
      return undefined;
  }
};

const calendarUnit = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;

const readUnit = (reader: Reader): string | undefined => {
  const token = reader.peek();
  const isUnit =
    token.kind === 'string' || (token.kind === 'word' && calendarUnit.test(token.text));
  return isUnit ? reader.next().text : undefined;
};

const readTypeName = (reader: Reader): string => {
  const names = [reader.next()];
  while (reader.skip('.')) names.push(reader.next());
  const wrong = names.find((token) => token.kind !== 'word' && token.kind !== 'quoted');
  if (wrong !== undefined) throw unexpected(wrong);
  return names.map((token) => token.text).join('.');
};

const unexpected = (token: Token): PathError =>
  new PathError(
    token.kind === 'end'
      ? 'The FHIRPath expression ends too early.'
      : `FHIRPath does not expect '${token.text}' at character ${String(token.offset + 1)}.`,
  );
