// Which passwords may be chosen.

import { expect } from 'chai';
import { faultOfPassword } from '#src/oauth/users/password-rules.ts';

describe('the rules of passwords', () => {
  const own = ['mira.santos', 'Mira Santos', 'mira@example.org'];

  for (const [password, reason] of [
    ['short', /at least 12 characters/],
    ['x'.repeat(300), /at most 256/],
    ['Password1234', /first that would be guessed/],
    ['abababababab', /first that would be guessed/],
    ['abcdefghijklmn', /first that would be guessed/],
    ['Mira Santos 1!', /your name/],
    ['mira.santos2026', /your name/],
  ] as const)
    it(`refuse '${password.slice(0, 20)}'`, () => {
      expect(faultOfPassword(password, own)).to.match(reason);
    });

  for (const password of [
    'violin harbour teapot',
    'ünïcödé wörds',
    '😀😀🚑🏥🎻🫖🌉🚢⛵️🎺🥁🎸',
    '   spaces are fine   ',
  ])
    it(`allow '${password}'`, () => {
      expect(faultOfPassword(password, own)).to.be.undefined;
    });
});
