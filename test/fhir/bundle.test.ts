// Bundles made of texts.

import { expect } from 'chai';
import { bundleText } from '../../src/fhir/bundle.ts';

describe('fhir/bundle', () => {
  it('puts texts in as they are', () => {
    const text = bundleText({
      type: 'searchset',
      id: 'b',
      total: 1,
      links: [{ relation: 'self', url: 'http://x/"' }],
      entries: [{ fullUrl: 'http://x/A/1', text: '{"v":1.10}', search: { mode: 'match' } }],
    });

    expect(text).to.equal(
      '{"resourceType":"Bundle","id":"b","type":"searchset","total":1,' +
        '"link":[{"relation":"self","url":"http://x/\\""}],' +
        '"entry":[{"fullUrl":"http://x/A/1","resource":{"v":1.10},"search":{"mode":"match"}}]}',
    );
  });

  it('leaves empty lists out', () => {
    expect(JSON.parse(bundleText({ type: 'history', entries: [] }))).to.deep.equal({
      resourceType: 'Bundle',
      type: 'history',
    });
  });
});
