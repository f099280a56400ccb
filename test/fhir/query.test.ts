// Queries, of an address, a form or criteria.

import { expect } from 'chai';
import { readQuery } from '../../src/fhir/query.ts';

describe('fhir/query', () => {
  it('decodes percent escapes and plus signs', () => {
    expect(readQuery('name=J%C3%BCrgen+M&a%5Cb=%2B', 10, 'form')).to.deep.equal([
      ['name', 'Jürgen M'],
      ['a\\b', '+'],
    ]);
  });

  it('gives a parameter without a sign an empty value', () => {
    expect(readQuery('__explain', 10, 'form')).to.deep.equal([['__explain', '']]);
  });

  it('cuts at the first sign of equality only', () => {
    expect(readQuery('a=b=c&&d=', 10, 'form')).to.deep.equal([
      ['a', 'b=c'],
      ['d', ''],
    ]);
  });

  it('refuses more parameters than the limit, and names it', () => {
    expect(() => readQuery('a=1&b=2&c=3', 2, 'form')).to.throw(/form.*LIMIT_PARAMETERS/);
  });
});
