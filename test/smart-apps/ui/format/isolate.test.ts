// What keeps its own order in a text that is read from right to left.

import { expect } from 'chai';
import { isolate } from '../../../../smart-apps/ui/src/format/isolate.ts';

describe('what is shown in a text of another direction', () => {
  it('stands between the marks of an isolate', () => {
    expect(isolate('6.8 %', 'ur')).to.equal('\u20686.8 %\u2069');
  });

  it('is left as it is where the text runs as it does', () => {
    expect(['en', 'hi'].map((language) => isolate('6.8 %', language))).to.deep.equal([
      '6.8 %',
      '6.8 %',
    ]);
  });

  it('leaves nothing where there is nothing', () => {
    expect(isolate('', 'ur')).to.equal('');
  });
});
