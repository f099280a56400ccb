// Links between entries: by urn, absolute, relative, with fragment and version.
// https://hl7.org/fhir/R4/bundle.html#references

import { expect } from 'chai';
import type { Entry } from '../../../src/interactions/bundle/read-entries.ts';
import { linksOf } from '../../../src/interactions/transaction/links.ts';

const base = 'https://here.example/fhir';
const entry = (
  method: 'POST' | 'PUT',
  path: string,
  parts: { fullUrl?: string; id?: string; url?: string } = {},
): Entry => {
  const { fullUrl, id, url } = parts;
  const plain = { resourceType: path.split('/')[0]!, ...(id && { id }), ...(url && { url }) };
  return {
    place: 0,
    ...(fullUrl === undefined ? {} : { fullUrl }),
    request: { method, path, base, query: [], headers: {}, body: { plain, exact: plain } },
  };
};

const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
const identity = { type: 'Patient', id: 'new', version: '3' };

describe('interactions/transaction/links', () => {
  const here = entry('POST', 'Observation');
  const there = entry('POST', 'Observation', {
    fullUrl: 'http://there.example/fhir/Observation/9',
  });
  const cases: readonly (readonly [string, Entry, string, Entry, string | undefined])[] = [
    ['a urn', entry('POST', 'Patient', { fullUrl: urn }), urn, here, 'Patient/new'],
    [
      'an oid',
      entry('POST', 'Patient', { fullUrl: 'urn:oid:1.2.3' }),
      'urn:oid:1.2.3',
      here,
      'Patient/new',
    ],
    [
      'a urn with a fragment',
      entry('POST', 'Patient', { fullUrl: urn }),
      `${urn}#name`,
      here,
      'Patient/new#name',
    ],
    [
      'a urn with a version',
      entry('POST', 'Patient', { fullUrl: urn }),
      `${urn}/_history/1`,
      here,
      'Patient/new/_history/3',
    ],
    [
      'an absolute address elsewhere',
      entry('POST', 'Patient', { fullUrl: 'http://there.example/fhir/Patient/1' }),
      'http://there.example/fhir/Patient/1',
      here,
      'Patient/new',
    ],
    [
      'a versioned address elsewhere',
      entry('POST', 'Patient', { fullUrl: 'http://there.example/fhir/Patient/1' }),
      'http://there.example/fhir/Patient/1/_history/7',
      here,
      'Patient/new/_history/3',
    ],
    [
      'a relative address from the same server',
      entry('POST', 'Patient', { fullUrl: 'http://there.example/fhir/Patient/1' }),
      'Patient/1',
      there,
      'Patient/new',
    ],
    [
      'no relative address from another server',
      entry('POST', 'Patient', { fullUrl: 'http://there.example/fhir/Patient/1' }),
      'Patient/1',
      here,
      undefined,
    ],
    [
      'an address on this server',
      entry('POST', 'Patient', { fullUrl: `${base}/Patient/1` }),
      `${base}/Patient/1`,
      here,
      'Patient/new',
    ],
    [
      'the same written relative',
      entry('POST', 'Patient', { fullUrl: `${base}/Patient/1` }),
      'Patient/1',
      here,
      'Patient/new',
    ],
    [
      'the id of an entry without fullUrl',
      entry('POST', 'Patient', { id: 'p' }),
      'Patient/p',
      here,
      'Patient/new',
    ],
    [
      'nothing for the id of an entry with a urn',
      entry('POST', 'Patient', { id: 'p', fullUrl: urn }),
      'Patient/p',
      here,
      undefined,
    ],
    [
      'the version of an updated resource',
      entry('PUT', 'Patient/new', { fullUrl: urn }),
      'Patient/new/_history/1',
      here,
      'Patient/new/_history/3',
    ],
    [
      'nothing for a resource outside',
      entry('POST', 'Patient', { fullUrl: urn }),
      'Patient/other',
      here,
      undefined,
    ],
    ['nothing for a fragment', entry('POST', 'Patient', { fullUrl: urn }), '#new', here, undefined],
  ];
  for (const [title, target, link, from, expected] of cases)
    it(`follows ${title}`, () => {
      const links = linksOf([{ entry: target, identity }], base);

      expect(links.follow(link, from)).to.equal(expected);
    });

  it('follows a canonical that is nothing but the urn of an entry', () => {
    const nameless = linksOf(
      [{ entry: entry('POST', 'Questionnaire', { fullUrl: urn }), identity }],
      base,
    );
    const named = linksOf(
      [{ entry: entry('POST', 'Questionnaire', { fullUrl: urn, url: urn }), identity }],
      base,
    );
    const address = 'http://there.example/fhir/Questionnaire/1';
    const elsewhere = linksOf(
      [{ entry: entry('POST', 'Questionnaire', { fullUrl: address }), identity }],
      base,
    );

    expect(nameless.followCanonical(urn)).to.equal('Patient/new');
    expect(named.followCanonical(urn)).to.equal(undefined);
    expect(elsewhere.followCanonical(address)).to.equal(undefined);
  });
});
