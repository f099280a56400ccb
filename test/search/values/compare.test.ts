import { expect } from 'chai';
import type { Prefix } from '#src/search/plan.ts';
import { meets, type Span } from '#src/search/values/compare.ts';

// The sentences of https://hl7.org/fhir/R4/search.html#prefix over sets of points, for every pair of small ranges.

const points = [0, 1, 2, 3, 4, 5];
const spans: readonly Span[] = points.flatMap((low) =>
  points.filter((high) => high > low).map((high) => ({ low, high })),
);
type Sentence = (target: readonly number[], asked: Span) => boolean;

describe('prefixes of dates, over all pairs of half open ranges', () => {
  const pointsOf = ({ low, high }: Span): readonly number[] =>
    points.filter((point) => point >= low && point < high);
  const contains: Sentence = (target, asked) =>
    target.every((point) => pointsOf(asked).includes(point));
  const above: Sentence = (target, { high }) => target.some((point) => point >= high);
  const below: Sentence = (target, { low }) => target.some((point) => point < low);
  const sentences: Readonly<Record<Prefix, Sentence>> = {
    eq: contains,
    ne: (target, asked) => !contains(target, asked),
    gt: above,
    lt: below,
    ge: (target, asked) => above(target, asked) || contains(target, asked),
    le: (target, asked) => below(target, asked) || contains(target, asked),
    sa: (target, { high }) => target.every((point) => point >= high),
    eb: (target, { low }) => target.every((point) => point < low),
    ap: (target, asked) => target.some((point) => pointsOf(asked).includes(point)),
  };

  for (const [prefix, sentence] of Object.entries(sentences))
    it(`${prefix} means what its sentence says`, () => {
      for (const entry of spans)
        for (const asked of spans)
          expect(
            meets(prefix as Prefix, entry, asked, 'date'),
            JSON.stringify({ entry, asked }),
          ).to.equal(sentence(pointsOf(entry), asked));
    });
});

describe('prefixes of numbers, over all pairs of closed ranges and search values', () => {
  const closed: readonly Span[] = [
    ...spans,
    ...points.map((point) => ({ low: point, high: point })),
  ];
  const exact: readonly Span[] = points.map((point) => ({ low: point, high: point }));
  const pointsOf = ({ low, high }: Span): readonly number[] =>
    points.filter((point) => point >= low && point <= high);
  const within: Sentence = (target, { low, high }) =>
    target.every((point) => point >= low && point < high);
  const cases: readonly (readonly [Prefix, readonly Span[], Sentence])[] = [
    ['eq', spans, within],
    ['ne', spans, (target, asked) => !within(target, asked)],
    ['ap', spans, (target, { low, high }) => target.some((point) => point >= low && point < high)],
    ['gt', exact, (target, { low }) => target.some((point) => point > low)],
    ['lt', exact, (target, { low }) => target.some((point) => point < low)],
    ['ge', exact, (target, { low }) => target.some((point) => point >= low)],
    ['le', exact, (target, { low }) => target.some((point) => point <= low)],
    ['sa', exact, (target, { low }) => target.every((point) => point > low)],
    ['eb', exact, (target, { low }) => target.every((point) => point < low)],
  ];

  for (const [prefix, values, sentence] of cases)
    it(`${prefix} means what its sentence says`, () => {
      for (const entry of closed)
        for (const asked of values)
          expect(meets(prefix, entry, asked, 'number'), JSON.stringify({ entry, asked })).to.equal(
            sentence(pointsOf(entry), asked),
          );
    });
});
