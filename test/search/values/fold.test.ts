import { expect } from 'chai';
import { fold } from '#src/search/values/fold.ts';

describe('fold', () => {
  const texts = [
    'Müller',
    'STRASSE',
    'Straße',
    'İzmir',
    'ISPARTA',
    'ısı',
    "O'Neil-Smith",
    '  a \t b ',
    'ΟΔΟΣ',
    'कि',
    'がく',
    '한국',
    '...',
    'ﬁn',
    'Ǆ',
    '\u0000x',
    '\ud800',
  ];

  for (const text of texts)
    it(`changes ${JSON.stringify(text)} only once`, () => {
      expect(fold(fold(text))).to.equal(fold(text));
    });

  it('gives the same for upper and lower case', () => {
    for (const text of texts) expect(fold(text.toLowerCase())).to.equal(fold(text.toUpperCase()));
  });

  it('is empty for blanks only', () => {
    expect(fold(' \t ')).to.equal('');
    expect(fold('.')).to.equal('.');
  });
});
