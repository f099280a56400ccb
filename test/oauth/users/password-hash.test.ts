// Passwords are kept as Argon2id, and time does not tell who has an account.

import { expect } from 'chai';
import { hashPassword, isOutdated, matchesPassword } from '#src/oauth/users/password-hash.ts';
import { goodPassword } from '../support/people.ts';

describe('the hash of a password', () => {
  it('is Argon2id with the parameters OWASP names, and a salt of its own', async () => {
    const [one, other] = await Promise.all([
      hashPassword(goodPassword),
      hashPassword(goodPassword),
    ]);

    expect(one).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.to.equal(other);
  });

  it('matches the password, however its letters were composed, and no other', async () => {
    const hash = await hashPassword('crème brûlée forever');

    expect(await matchesPassword('crème brûlée forever'.normalize('NFD'), hash)).to.be.true;
    expect(await matchesPassword('creme brulee forever', hash)).to.be.false;
  });

  it('costs the same for a user that does not exist', async function () {
    // A difference shows each time, a busy machine now and then.
    this.retries(3);
    const hash = await hashPassword(goodPassword);
    const time = async (kept: string | undefined): Promise<number> => {
      const from = performance.now();
      for (let i = 0; i < 5; i += 1) await matchesPassword('wrong password', kept);
      return performance.now() - from;
    };

    const [known, unknown] = [await time(hash), await time(undefined)];

    expect(unknown / known).to.be.within(0.3, 3);
  });

  it('matches nothing where there is no hash, not even the empty password', async () => {
    expect(await matchesPassword('', undefined)).to.be.false;
  });

  it('does not block the event loop', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);

    await Promise.all(Array.from({ length: 8 }, () => hashPassword(goodPassword)));
    clearInterval(timer);

    expect(ticks).to.be.greaterThan(5);
  });

  it('checks hashes made with other parameters, and says that they are outdated', async () => {
    const old = '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$';

    expect(isOutdated(`${old}AAAA`)).to.be.true;
    expect(isOutdated(await hashPassword(goodPassword))).to.be.false;
  });
});
