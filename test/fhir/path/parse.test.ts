// FHIRPath's grammar.

import { expect } from 'chai';
import { PathError } from '#src/fhir/path/error.ts';
import { parsePath, type Syntax } from '#src/fhir/path/parse.ts';

/** The tree in prefix form, so that a test shows what binds to what. */
const show = (syntax: Syntax): string => {
  switch (syntax.kind) {
    case 'literal':
      return JSON.stringify(syntax.value);
    case 'quantity':
      return `${String(syntax.value)}'${syntax.unit}'`;
    case 'empty':
      return '{}';
    case 'special':
      return syntax.name;
    case 'variable':
      return `%${syntax.name}`;
    case 'name':
      return syntax.on === undefined ? syntax.name : `${show(syntax.on)}.${syntax.name}`;
    case 'call': {
      const call = `${syntax.name}(${syntax.parameters.map(show).join(', ')})`;
      return syntax.on === undefined ? call : `${show(syntax.on)}.${call}`;
    }
    case 'item':
      return `${show(syntax.on)}[${show(syntax.place)}]`;
    case 'sign':
      return `(${syntax.sign} ${show(syntax.of)})`;
    case 'binary':
      return `(${syntax.operator} ${show(syntax.left)} ${show(syntax.right)})`;
    case 'type':
      return `(${syntax.operator} ${show(syntax.of)} ${syntax.type})`;
  }
};

const trees: readonly (readonly [expression: string, tree: string])[] = [
  ['1 + 2 * 3', '(+ 1 (* 2 3))'],
  ['a or b and c', '(or a (and b c))'],
  ['a implies b or c', '(implies a (or b c))'],
  ['a = b | c', '(= a (| b c))'],
  ['a > 1 = true', '(= (> a 1) true)'],
  ['a in b | c and d', '(and (in a (| b c)) d)'],
  ['a - b - c', '(- (- a b) c)'],
  ['-1.x()', '(- 1.x())'],
  ['-a * b', '(* (- a) b)'],
  ['1 > 2 is Boolean', '(> 1 (is 2 Boolean))'],
  ['(a as FHIR.Quantity).value', '(as a FHIR.Quantity).value'],
  ['a.as(Quantity).contains.is.in', 'a.as(Quantity).contains.is.in'],
  ["where(as(canonical) = '#')", 'where((= as(canonical) "#"))'],
  ['a[0].b[1 + 1]', 'a[0].b[(+ 1 1)]'],
  ['`given name`.`a\\`b`', 'given name.a`b'],
  ["'it\\'s \\u0041\\n'", '"it\'s A\\n"'],
  ["4 'mg' + 2 days", "(+ 4'mg' 2'days')"],
  ['2 days.x', "2'days'.x"],
  ['@2014-01-25', '"2014-01-25"'],
  ['@2014T', '"2014"'],
  ['@2014-01-25T14:30:14.559+05:00', '"2014-01-25T14:30:14.559+05:00"'],
  ['@T14:30', '"14:30"'],
  ["%resource.a + %`vs-x` + %'ext-y'", '(+ (+ %resource.a %vs-x) %ext-y)'],
  ['$this.a // end', '$this.a'],
  ['a /* within */ .b', 'a.b'],
  ['{}', '{}'],
];

const wrong = [
  '',
  'a.',
  '.a',
  '(a',
  'a)',
  'a b',
  '2 + ',
  "'open",
  'a..b',
  'a[',
  'f(',
  'f(a,)',
  '#',
  'a is',
  '2 /* x',
];

describe('parsePath', () => {
  for (const [expression, tree] of trees)
    it(`reads ${expression} as ${tree}`, () => {
      expect(show(parsePath(expression))).to.equal(tree);
    });

  for (const expression of [
    '('.repeat(100_000),
    `a${'.a'.repeat(100_000)}`,
    `1${'+1'.repeat(900)}`,
  ])
    it(`refuses an expression of ${String(expression.length)} characters without overflowing`, () => {
      expect(() => parsePath(expression)).to.throw(PathError);
    });

  for (const expression of wrong)
    it(`refuses '${expression}'`, () => {
      expect(() => parsePath(expression)).to.throw(PathError);
    });
});
