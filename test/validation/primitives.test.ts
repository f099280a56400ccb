// Primitives take what the specification says and nothing else.
// https://hl7.org/fhir/R4/datatypes.html#primitive

import { expect } from 'chai';
import { errorsOf, readCases, validatorOf, withValue } from './validator.ts';

interface Primitive {
  readonly of: string;
  readonly set: string;
  readonly at: string;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

const bases = readCases('bases.yaml') as Readonly<Record<string, object>>;
const check = validatorOf();

/** The base without another type of the same choice. */
const baseFor = ({ of, set }: Primitive): unknown => {
  if (set.startsWith('extension'))
    return withValue(bases[of], 'extension.0.valueString', undefined);
  if (set.startsWith('value') && !set.includes('.'))
    return withValue(bases[of], 'valueQuantity', undefined);
  return bases[of];
};

for (const primitive of readCases('primitives.yaml') as readonly Primitive[])
  describe(`validation of ${primitive.at} (${primitive.set})`, () => {
    const { set, at, good, bad } = primitive;
    const base = baseFor(primitive);

    for (const value of good)
      it(`takes ${JSON.stringify(value)}`, async () => {
        expect(errorsOf(await check(withValue(base, set, value)))).to.deep.equal([]);
      });

    for (const value of bad)
      it(`refuses ${JSON.stringify(value)}`, async () => {
        const issues = errorsOf(await check(withValue(base, set, value)));

        expect(issues.map(({ expression }) => expression?.[0])).to.include(at);
      });
  });

describe('validation of a long base64Binary', () => {
  it('takes 50 MB in less than a second', async () => {
    const binary = { resourceType: 'Binary', contentType: 'a/b', data: 'QUJD'.repeat(12_500_000) };

    const start = performance.now();
    const issues = await check(binary);

    expect(issues).to.deep.equal([]);
    expect(performance.now() - start).to.be.lessThan(1000);
  });

  it('finds one wrong letter in it', async () => {
    const data = `${'QUJD'.repeat(1_000_000)}QU!D${'QUJD'.repeat(1_000_000)}`;

    const issues = await check({ resourceType: 'Binary', contentType: 'a/b', data });

    expect(issues[0]?.expression).to.deep.equal(['Binary.data']);
  });
});
