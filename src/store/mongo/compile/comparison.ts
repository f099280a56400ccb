// comparison: what the prefixes mean as a condition on the two ends of an index value.
// https://hl7.org/fhir/R4/search.html#prefix

import type { Comparison, Prefix } from '../../../search/plan.ts';

/** The fields of the two ends. With a `length` there is one field, and the value ends that much after it. */
export interface Ends {
  readonly low: string;
  readonly high: string;
  readonly length?: number;
}

type Condition = Readonly<Record<string, unknown>>;
type Test = readonly [
  end: 'low' | 'high',
  operator: '$lt' | '$lte' | '$gt' | '$gte',
  value: number,
];
/** Alternatives, each a list of tests that must all hold. */
type Relation = (asked: Comparison) => readonly (readonly Test[])[];

/** The same relations as `meets` of `search/values/compare`. */
export const compares = (kind: 'date' | 'number', ends: Ends, asked: Comparison): Condition => {
  const alternatives = (kind === 'date' ? dates : numbers)[asked.prefix](asked);
  const conditions = alternatives.map((tests) => conditionOf(tests, ends));
  return conditions.length === 1 ? conditions[0]! : { $or: conditions };
};

const conditionOf = (tests: readonly Test[], { low, high, length = 0 }: Ends): Condition => {
  const fields = new Map<string, Record<string, number>>();
  const clashes: Condition[] = [];
  for (const [end, operator, value] of tests) {
    const field = end === 'low' ? low : high;
    const compared = end === 'low' ? value : value - length;
    const tested = fields.get(field) ?? {};
    if (operator in tested) clashes.push({ [field]: { [operator]: compared } });
    else fields.set(field, { ...tested, [operator]: compared });
  }
  const condition = Object.fromEntries(fields);
  return clashes.length === 0 ? condition : { $and: [condition, ...clashes] };
};

const dates: Readonly<Record<Prefix, Relation>> = {
  eq: ({ low, high }) => [within(low, '$lte', high)],
  ne: ({ low, high }) => [[['low', '$lt', low]], [['high', '$gt', high]]],
  gt: ({ high }) => [[['high', '$gt', high]]],
  lt: ({ low }) => [[['low', '$lt', low]]],
  ge: ({ low, high }) => [[['high', '$gt', high]], within(low, '$lte', high)],
  le: ({ low, high }) => [[['low', '$lt', low]], within(low, '$lte', high)],
  sa: ({ high }) => [[['low', '$gte', high]]],
  eb: ({ low }) => [[['high', '$lte', low]]],
  ap: ({ low, high }) => [
    [
      ['low', '$lt', high],
      ['high', '$gt', low],
    ],
  ],
};

const numbers: Readonly<Record<Prefix, Relation>> = {
  eq: ({ low, high }) => [within(low, '$lt', high)],
  ne: ({ low, high }) => [[['low', '$lt', low]], [['high', '$gte', high]]],
  gt: ({ high }) => [[['high', '$gt', high]]],
  lt: ({ low }) => [[['low', '$lt', low]]],
  ge: ({ high }) => [[['high', '$gte', high]]],
  le: ({ low }) => [[['low', '$lte', low]]],
  sa: ({ high }) => [[['low', '$gt', high]]],
  eb: ({ low }) => [[['high', '$lt', low]]],
  ap: ({ low, high }) => [
    [
      ['low', '$lt', high],
      ['high', '$gte', low],
    ],
  ],
};

/** A value that lies within begins within as well: the second test narrows an index that begins with `low`. */
const within = (low: number, operator: '$lt' | '$lte', high: number): readonly Test[] => [
  ['low', '$gte', low],
  ['high', operator, high],
  ['low', '$lte', high],
];
