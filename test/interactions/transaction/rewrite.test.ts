// Rewriting links: where they are found, and what looks like one and stays.
// https://hl7.org/fhir/R4/http.html#trules

import { expect } from 'chai';
import { loadDefinitions } from '../../../src/fhir/definitions/load.ts';
import { parseDocument, stringify } from '../../../src/fhir/json.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { createRewrite } from '../../../src/interactions/transaction/rewrite.ts';

const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
const rewriteBy = createRewrite(loadDefinitions());

const follow = (link: string): string | undefined => (link === urn ? 'Patient/1' : undefined);
const rewrite = (resource: Resource): Resource =>
  rewriteBy(resource, { reference: follow, address: follow, canonical: follow });

describe('interactions/transaction/rewrite', () => {
  const rewritten: readonly (readonly [string, object, object])[] = [
    [
      'references',
      { subject: { reference: urn }, performer: [{ display: 'x' }, { reference: urn }] },
      {
        subject: { reference: 'Patient/1' },
        performer: [{ display: 'x' }, { reference: 'Patient/1' }],
      },
    ],
    [
      'references in extensions, also of primitives',
      {
        extension: [{ url: 'http://example.org/x', valueReference: { reference: urn } }],
        _status: { extension: [{ url: 'http://example.org/x', valueUri: urn }] },
      },
      {
        extension: [{ url: 'http://example.org/x', valueReference: { reference: 'Patient/1' } }],
        _status: { extension: [{ url: 'http://example.org/x', valueUri: 'Patient/1' }] },
      },
    ],
    [
      'references in contained resources',
      { contained: [{ resourceType: 'Provenance', target: [{ reference: urn }] }] },
      { contained: [{ resourceType: 'Provenance', target: [{ reference: 'Patient/1' }] }] },
    ],
    [
      'uris and urls of choices and lists',
      { instantiatesUri: [urn], extension: [{ url: 'http://example.org/x', valueUrl: urn }] },
      {
        instantiatesUri: ['Patient/1'],
        extension: [{ url: 'http://example.org/x', valueUrl: 'Patient/1' }],
      },
    ],
    [
      'a uuid, which becomes a uri',
      { extension: [{ id: 'a', url: 'http://example.org/x', valueUuid: urn }] },
      { extension: [{ id: 'a', url: 'http://example.org/x', valueUri: 'Patient/1' }] },
    ],
    [
      'links of the narrative, in either quotes and among other attributes',
      {
        text: {
          status: 'additional',
          div: `<div><a class="x" href="${urn}">a</a><a href='${urn}'>b</a><img alt="p" src="${urn}"/></div>`,
        },
      },
      {
        text: {
          status: 'additional',
          div: `<div><a class="x" href="Patient/1">a</a><a href='Patient/1'>b</a><img alt="p" src="Patient/1"/></div>`,
        },
      },
    ],
  ];
  for (const [title, before, after] of rewritten)
    it(`rewrites ${title}`, () => {
      const type = 'instantiatesUri' in before ? 'PlanDefinition' : 'Observation';
      const found = rewrite({
        resourceType: 'instantiatesUri' in before ? 'CarePlan' : type,
        ...before,
      });

      expect(found).to.deep.include(after);
    });

  const kept: readonly (readonly [string, Resource])[] = [
    ['a text', { resourceType: 'Observation', valueString: urn }],
    [
      'the value of an identifier',
      { resourceType: 'Patient', identifier: [{ system: 'urn:ietf:rfc:3986', value: urn }] },
    ],
    [
      'the system of a coding',
      { resourceType: 'Observation', code: { coding: [{ system: urn }] } },
    ],
    [
      'the name of an extension',
      { resourceType: 'Patient', extension: [{ url: urn, valueCode: 'x' }] },
    ],
    ['the name of a definition', { resourceType: 'Questionnaire', url: urn }],
    [
      'an element that FHIR does not have',
      { resourceType: 'Patient', subject: { reference: urn } },
    ],
    [
      'the text of the narrative',
      {
        resourceType: 'Patient',
        text: { div: `<div>href="${urn}" <b title='&lt;a href="${urn}"'>x</b></div>` },
      },
    ],
    [
      'an attribute that ends in href',
      {
        resourceType: 'Patient',
        text: { div: `<div><a data-href="${urn}" href="#x">x</a></div>` },
      },
    ],
    [
      'the inside of a document',
      {
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Observation', subject: { reference: urn } } }],
      },
    ],
    ['a fragment', { resourceType: 'Observation', subject: { reference: '#p' } }],
  ];
  for (const [title, resource] of kept)
    it(`keeps ${title}`, () => {
      expect(rewrite(resource)).to.equal(resource);
    });

  it('shares what it does not change and keeps the order of the elements', () => {
    const resource = {
      resourceType: 'Observation',
      code: { text: 'x' },
      subject: { reference: urn },
      status: 'final',
    };

    const found = rewrite(resource);

    expect(found['code']).to.equal(resource.code);
    expect(Object.keys(found)).to.deep.equal(Object.keys(resource));
    expect(resource.subject.reference).to.equal(urn);
  });

  it('keeps the digits of decimals', () => {
    const text = `{"resourceType":"Observation","subject":{"reference":"${urn}"},"valueQuantity":{"value":1.10}}`;

    const found = rewrite(parseDocument(text, 64).exact);

    expect(stringify(found)).to.equal(text.replace(urn, 'Patient/1'));
  });
});
