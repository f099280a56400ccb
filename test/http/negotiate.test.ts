// In which form to answer.

import { expect } from 'chai';
import { negotiate } from '../../src/http/negotiate.ts';

const fhirJson = 'application/fhir+json; charset=utf-8';

describe('http/negotiate', () => {
  const accepted: readonly (readonly [string | undefined, string | undefined, string])[] = [
    [undefined, undefined, fhirJson],
    ['*/*', undefined, fhirJson],
    ['application/fhir+json', undefined, fhirJson],
    ['application/fhir+json; fhirVersion=4.0', undefined, fhirJson],
    ['application/json', undefined, 'application/json; charset=utf-8'],
    ['text/json', undefined, 'text/json; charset=utf-8'],
    ['application/json+fhir', undefined, fhirJson],
    ['application/*', undefined, fhirJson],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', undefined, fhirJson],
    ['application/fhir+xml;q=0.5, application/fhir+json;q=0.9', undefined, fhirJson],
    ['application/fhir+xml', 'json', fhirJson],
    [undefined, 'application/fhir+json', fhirJson],
    [undefined, 'application/fhir json', fhirJson],
    [undefined, 'application/json', 'application/json; charset=utf-8'],
    [undefined, '', fhirJson],
    [
      'application/fhir+json; fhirVersion=3.0, application/fhir+json; fhirVersion=4.0; q=0.5',
      undefined,
      fhirJson,
    ],
    ['application/fhir+json; fhirVersion=3.0, */*; q=0.1', undefined, fhirJson],
  ];
  for (const [accept, format, expected] of accepted)
    it(`answers ${expected} to Accept ${String(accept)} and _format ${String(format)}`, () => {
      expect(negotiate(accept, format)).to.equal(expected);
    });

  const refused: readonly (readonly [string | undefined, string | undefined])[] = [
    ['application/fhir+xml', undefined],
    ['text/turtle', undefined],
    ['text/html', undefined],
    ['application/json;q=0', undefined],
    ['application/fhir+json; fhirVersion=3.0', undefined],
    [undefined, 'xml'],
    ['application/json', 'application/fhir+xml'],
    [undefined, 'ttl'],
  ];
  for (const [accept, format] of refused)
    it(`answers 406 to Accept ${String(accept)} and _format ${String(format)}`, () => {
      expect(() => negotiate(accept, format))
        .to.throw()
        .with.property('status', 406);
    });
});
