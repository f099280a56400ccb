// The request line, decoded.

import { expect } from 'chai';
import { readTarget } from '../../src/http/target.ts';

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

  it('takes an address that names the server, too', () => {
    expect(readTarget('http://host:8080/fhir/Patient?a=1', '/fhir', 10)).to.deep.equal(
      readTarget('/fhir/Patient?a=1', '/fhir', 10),
    );
  });

  const broken = ['/fhir/Patient/%E0%A4%A', '/fhir/Patient?name=%ff', '/fhir/Patient?name=%00'];
  for (const url of broken)
    it(`answers 400 for ${url}`, () => {
      expect(() => readTarget(url, '/fhir', 10))
        .to.throw()
        .with.property('status', 400);
    });
});
