// What the Prefer header asks for.

import { expect } from 'chai';
import { preferredHandling, preferredReturn } from '../../src/interactions/prefer.ts';

describe('interactions/prefer', () => {
  const returns: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'representation'],
    ['return=minimal', 'minimal'],
    ['return="minimal"', 'minimal'],
    ['handling=lenient, return=OperationOutcome', 'OperationOutcome'],
    ['respond-async; return=minimal', 'minimal'],
    ['return=something', 'representation'],
    // "Preference tokens are case insensitive" (RFC 7240, 2).
    ['Return = minimal', 'minimal'],
  ];
  for (const [prefer, expected] of returns)
    it(`answers ${expected} to '${String(prefer)}'`, () => {
      expect(preferredReturn(prefer)).to.equal(expected);
    });

  it('is strict unless told to be lenient', () => {
    expect(preferredHandling(undefined)).to.equal('strict');
    expect(preferredHandling('handling=strict')).to.equal('strict');
    expect(preferredHandling('return=minimal,handling=lenient')).to.equal('lenient');
  });
});
