// Codes of the second factor: each works once.

import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { newRecoveryCodes, withoutCode } from '#src/oauth/sign-in/recovery-codes.ts';
import { describeTotp, drawTotp, matchTotp, newTotpSecret } from '#src/oauth/sign-in/totp.ts';

describe('a code of an authenticator app', () => {
  // RFC 6238, appendix B: the SHA-1 rows, last six digits.
  const secret = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer })
    .base32;

  for (const [seconds, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ] as const)
    it(`agrees with the RFC at ${seconds} s`, () => {
      expect(matchTotp(secret, code, { now: seconds * 1000 })).to.equal(Math.floor(seconds / 30));
    });

  it('is refused the second time, and so is every older one', () => {
    const now = 1234567890_000;
    const step = matchTotp(secret, '005924', { now });

    expect(matchTotp(secret, '005924', { now, usedStep: step })).to.be.undefined;
    expect(matchTotp(secret, '005924', { now, usedStep: step! + 1 })).to.be.undefined;
  });

  it('may be half a minute early or late, not more', () => {
    const now = 1234567890_000;

    expect(matchTotp(secret, '005924', { now: now + 30_000 })).to.be.a('number');
    expect(matchTotp(secret, '005924', { now: now - 30_000 })).to.be.a('number');
    expect(matchTotp(secret, '005924', { now: now + 90_000 })).to.be.undefined;
  });

  for (const code of ['', '12345', '1234567', 'abcdef', '٣٣٣٣٣٣'])
    it(`is not '${code}'`, () => {
      expect(matchTotp(secret, code, { now: 59_000 })).to.be.undefined;
    });

  it('comes from a secret that is shown as a QR code drawn here', async () => {
    const made = newTotpSecret();
    const { uri, shown } = describeTotp(made, 'ada');
    const code = new TOTP({ secret: made }).generate({ timestamp: 59_000 });

    expect(uri).to.match(/^otpauth:\/\/totp\/Meridian:ada\?issuer=Meridian&secret=[A-Z2-7]{32}/);
    expect(shown.replaceAll(' ', '')).to.equal(made);
    expect(await drawTotp(uri)).to.match(/^<svg[^]+<\/svg>\s*$/);
    expect(matchTotp(made, code, { now: 59_000 })).to.equal(1);
  });
});

describe('a recovery code', () => {
  it('works once, however it is typed, and only for its user', () => {
    const { codes, hashes } = newRecoveryCodes('u1');
    const left = withoutCode(hashes, ` ${codes[3]!.toUpperCase().replaceAll('-', ' ')}`, 'u1');

    expect(codes).to.have.length(10);
    expect(left).to.have.length(9);
    expect(withoutCode(left!, codes[3]!, 'u1')).to.be.undefined;
    expect(withoutCode(hashes, codes[3]!, 'u2')).to.be.undefined;
  });

  it('is kept as a hash', () => {
    const { codes, hashes } = newRecoveryCodes('u1');

    for (const code of codes)
      expect(JSON.stringify(hashes)).not.to.include(code.replaceAll('-', ''));
  });
});
