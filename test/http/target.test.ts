// The request line, decoded.

import { expect } from 'chai';
import { readQuery, readTarget } from '../../src/http/target.ts';

describe('http/target', () => {
  it('takes the path below the mount and the parameters in their order', () => {
    const target = readTarget('/fhir/Patient/1/?b=2&a=1&b=3', '/fhir', 10);

    expect(target).to.deep.equal({
      path: 'Patient/1',
      query: [
        ['b', '2'],
        ['a', '1'],
        ['b', '3'],
      ],
    });
  });

  it('decodes percent escapes and plus signs in parameters', () => {
    expect(readQuery('name=J%C3%BCrgen+M&a%5Cb=%2B', 10)).to.deep.equal([
      ['name', 'Jürgen M'],
      ['a\\b', '+'],
    ]);
  });

  it('gives a parameter without a sign an empty value', () => {
    expect(readQuery('__explain', 10)).to.deep.equal([['__explain', '']]);
  });

  const broken = ['/fhir/Patient/%E0%A4%A', '/fhir/Patient?name=%ff', '/fhir/Patient?name=%00'];
  for (const url of broken)
    it(`answers 400 for ${url}`, () => {
      expect(() => readTarget(url, '/fhir', 10))
        .to.throw()
        .with.property('status', 400);
    });

  it('refuses more parameters than the limit, and names it', () => {
    expect(() => readQuery('a=1&b=2&c=3', 2)).to.throw(/LIMIT_PARAMETERS/);
  });
});
