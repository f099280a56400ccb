// Literal references.

import { expect } from 'chai';
import { isId, readReference, typeOfReference } from '#src/fhir/reference.ts';

const base = 'https://example.org/fhir';

describe('readReference', () => {
  it('reads a relative reference', () => {
    expect(readReference('Patient/1')).to.deep.equal({ type: 'Patient', id: '1' });
  });

  it('reads the version', () => {
    expect(readReference('Patient/a-b.c/_history/2')).to.deep.equal({
      type: 'Patient',
      id: 'a-b.c',
      version: '2',
    });
  });

  it('reads an absolute reference to our base', () => {
    expect(readReference(`${base}/Patient/1`, base)).to.deep.equal({ type: 'Patient', id: '1' });
  });

  const foreign = [
    '',
    '#contained',
    'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
    'https://other.org/fhir/Patient/1',
    'https://example.org/fhirish/Patient/1',
    'Patient',
    'Patient/',
    'Patient/1/name',
    'Patient?identifier=1',
    'Patient/1#x',
    'patient/1',
    'a/Patient/1',
    'Patient/1_2',
    `Patient/${'1'.repeat(65)}`,
    'Patient/1/_history/',
  ];
  for (const text of foreign)
    it(`leaves '${text}' alone`, () => {
      expect(readReference(text, base)).to.equal(undefined);
    });
});

describe('typeOfReference', () => {
  it('reads the type also from the url of another server', () => {
    expect(typeOfReference('http://other.org/fhir/Patient/1/_history/3')).to.equal('Patient');
  });

  for (const text of ['urn:oid:1.2.3', '#p', 'http://other.org/about', 'http://a/Patient/1?x=y'])
    it(`does not guess one from '${text}'`, () => {
      expect(typeOfReference(text)).to.equal(undefined);
    });
});

describe('isId', () => {
  for (const id of ['1', 'A-b.9', 'x'.repeat(64)])
    it(`takes '${id}'`, () => {
      expect(isId(id)).to.equal(true);
    });

  for (const id of ['', 'x'.repeat(65), 'a_b', 'a b', 'é', 'a/b', 'a\n', '$x'])
    it(`refuses ${JSON.stringify(id)}`, () => {
      expect(isId(id)).to.equal(false);
    });
});
